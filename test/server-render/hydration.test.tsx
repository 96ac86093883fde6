import { act, screen, waitFor, within } from "@testing-library/react";
import { version } from "react";
import * as dom from "react-dom";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { react18 } from "../tags.ts";
import { clinic, sessionName } from "./clinic.ts";
import { type ScreenName, screenOf } from "./screens.tsx";
import { serverRender } from "./serverRender.ts";

const react = version.startsWith("18") ? "18" : "19";
const { screens } = serverRender(react).string;

/** Hydrates the server's markup of a screen, and returns the recovered errors. */
async function hydrate(name: ScreenName) {
  const opened = await clinic();
  const tree = screenOf(name, opened.client, opened.session);
  const container = document.createElement("div");
  container.innerHTML = screens[name].html;
  document.body.append(container);
  const recovered: unknown[] = [];
  const [node] = container.querySelectorAll("section, main, ul");
  const root = await act(async () =>
    hydrateRoot(container, tree, { onRecoverableError: (error) => recovered.push(error) }),
  );
  unmount = () => {
    act(() => root.unmount());
    container.remove();
  };
  return { ...opened, container, recovered, tree, isReused: container.contains(node ?? null) };
}

let unmount = () => {};
const printed = vi.spyOn(console, "error").mockReturnValue();
const warned = vi.spyOn(console, "warn").mockReturnValue();

beforeAll(() => {
  // The server used UTC.
  process.env.TZ = "America/Los_Angeles";
});

afterEach(() => {
  unmount();
  unmount = () => {};
  const calls = [...printed.mock.calls, ...warned.mock.calls];
  printed.mockClear();
  warned.mockClear();
  // oxlint-disable-next-line vitest/no-standalone-expect -- applies to every test
  expect(calls).toEqual([]);
});

describe("hydration", react18, () => {
  it("is tested with the React of the project's name, in another zone than the server's", ({ task }) => {
    expect(version).toMatch(task.file.projectName?.includes("react18") ? /^18\.3\./ : /^19\./);
    expect(dom.version).toBe(version);
    expect(serverRender(react).string.react).toBe(version);
    expect(new Date(0).getHours()).toBe(16);
  });

  it.each(["desk", "parts", "hooks"] as const)("first renders the %s as the server did", async (name) => {
    const { client, session, sandbox } = await clinic();
    expect(renderToString(screenOf(name, client, session))).toBe(screens[name].html);
    expect(sandbox.log.entries()).toEqual([]);
    // React 18 warns of layout effects when server markup is rendered in a browser, as only this test does.
    expect(printed.mock.calls.filter(([text]) => !String(text).includes("useLayoutEffect"))).toEqual([]);
    printed.mockClear();
  });

  it("of the front desk has no mismatch, then the day and its sessions are shown", async () => {
    const { recovered, isReused, sandbox } = await hydrate("desk");
    expect(await screen.findByRole("heading", { level: 1, name: "Monday 12 January 2026" })).toBeVisible();
    expect(await screen.findByRole("button", { name: sessionName })).toBeVisible();
    expect({ recovered, isReused }).toEqual({ recovered: [], isReused: true });
    expect(sandbox.log.count({ operation: "getSessionPage" })).toBe(sandbox.log.count());
  });

  it("of every other component has no mismatch, then data is shown", async () => {
    const { recovered, isReused, container } = await hydrate("parts");
    const main = await screen.findByRole("main", { hidden: true });
    expect(container).toContainElement(main);
    await waitFor(() => {
      for (const name of ["session-list", "session-details", "participant-list"]) {
        expect(container.querySelector(`.coviu-${name}`)).not.toHaveAttribute("data-state", "pending");
      }
    });
    expect({ recovered, isReused }).toEqual({ recovered: [], isReused: true });
  });

  it("of every hook has no mismatch, then time, status and data are returned", async () => {
    const { recovered, isReused } = await hydrate("hooks");
    const list = within(screen.getByRole("list", { name: "Hooks" }));
    for (const text of ["hydrated", "at 2026-01-11T22:52:00.000Z", "is scheduled", "all writes idle"]) {
      expect(list.getByText(text)).toBeVisible();
    }
    for (const name of ["sessions", "pages", "session", "participants", "participant"]) {
      expect(await list.findByText(`${name} success`)).toBeVisible();
    }
    expect({ recovered, isReused }).toEqual({ recovered: [], isReused: true });
  });

  it("of suspense hooks sends their requests in the browser after the server has streamed fallbacks", async () => {
    const { recovered, isReused, session } = await hydrate("suspense");
    const list = within(screen.getByRole("list", { name: "Suspense" }));
    expect(await list.findByText(`session ${sessionName}`)).toBeVisible();
    expect(await list.findByText(`${session.participants?.length} participants`)).toBeVisible();
    expect(await list.findByText(/^\d+ sessions$/)).toBeVisible();
    expect(await list.findByText("1 page")).toBeVisible();
    expect(await list.findByText(/^participant \w/)).toBeVisible();
    // React reports each boundary that the server did not render, and no other error.
    expect(recovered).toHaveLength(5);
    expect(isReused).toBe(true);
  });
});
