import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";

import { listSessions } from "../../src/core.ts";
import { renderWithCoviu } from "../render.tsx";
import { react18 } from "../tags.ts";

const isBlank = () => document.documentElement.hasAttribute("data-coviu-away");

afterEach(() => {
  vi.useRealTimers();
});

/** A page that was left and is shown again as it was, with the service answering so, until it has been asked. */
async function comeBack(answer?: { status: number; times?: number }) {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { sandbox } = renderWithCoviu(<p>Ana Lee</p>);
  await act(() => vi.advanceTimersByTimeAsync(100));
  window.dispatchEvent(new Event("pagehide"));
  expect(isBlank()).toBe(true);
  if (answer) sandbox.faults.next(answer);
  sandbox.log.clear();
  window.dispatchEvent(new Event("pageshow"));
  expect(isBlank()).toBe(true);
  await waitFor(() => expect(sandbox.log.count({ operation: "getSessionPage" })).toBeGreaterThan(0));
  return sandbox;
}

it("shows the page after the response to one small request", react18, async () => {
  const sandbox = await comeBack();
  await waitFor(() => expect(isBlank()).toBe(false));
  expect(screen.getByText("Ana Lee")).toBeInTheDocument();
  const asked = sandbox.log.entries().filter(({ operation }) => operation !== "token");
  expect(asked).toMatchObject([{ operation: "getSessionPage", query: { page_size: "1" } }]);
});

it("treats a user who may not read the list as signed in", async () => {
  const sandbox = await comeBack({ status: 403 });
  await waitFor(() => expect(isBlank()).toBe(false));
  expect(sandbox.log.count({ operation: "getSessionPage" })).toBe(1);
});

it.each([408, 500, 503])("stays blank after %i, which says nothing, and asks again", async (status) => {
  const sandbox = await comeBack({ status });
  await act(() => vi.advanceTimersByTimeAsync(1000));
  expect(isBlank()).toBe(true);
  await act(() => vi.advanceTimersByTimeAsync(5000));
  await waitFor(() => expect(isBlank()).toBe(false));
  expect(sandbox.log.count({ operation: "getSessionPage" })).toBe(2);
});

it("clears the page that was left without a sign-in, also after another sign-in", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { sandbox, client } = renderWithCoviu(<p>Ana Lee</p>);
  await act(() => vi.advanceTimersByTimeAsync(100));
  sandbox.faults.next({ status: 401, times: Infinity });
  await listSessions(client).catch(() => {});
  expect(client.connection.state).toBe("signed-out");
  window.dispatchEvent(new Event("pagehide"));
  sandbox.faults.clear();
  sandbox.log.clear();
  window.dispatchEvent(new Event("pageshow"));
  await waitFor(() => expect(screen.queryByText("Ana Lee")).not.toBeInTheDocument());
  await waitFor(() => expect(isBlank()).toBe(false));
  expect(sandbox.log.count()).toBe(0);
});

it("clears the page that was left when the sign-in has ended", async () => {
  await comeBack({ status: 401, times: Infinity });
  await waitFor(() => expect(screen.queryByText("Ana Lee")).not.toBeInTheDocument());
  await waitFor(() => expect(isBlank()).toBe(false));
});
