import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import { listSessions } from "../../src/api/sessions.ts";
import { FrontDesk } from "../../src/components/FrontDesk/FrontDesk.tsx";
import { sessionListMessages } from "../../src/components/SessionList/messages.ts";
import { SessionRow } from "../../src/components/SessionList/SessionRow.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { managedFields, translatable } from "../marks.ts";
import { renderWithCoviu, testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

const session = "Speech therapy with interpreter";

/** Does to the page what translators of browsers do: each text is taken out, and stands in two elements of its own. */
function translate(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Node[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts) {
    const parent = text.parentElement;
    if (!text.nodeValue?.trim() || !parent || parent.closest("[translate=no], font, script, style, textarea")) continue;
    const outer = document.createElement("font");
    const inner = document.createElement("font");
    inner.textContent = text.nodeValue.toUpperCase();
    outer.append(inner);
    text.parentNode?.replaceChild(outer, text);
  }
}

/** The text of an element, whether or not it is translated. */
function textOf(selector: string): string {
  return document.querySelector(selector)?.textContent?.toUpperCase() ?? "";
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a page that the browser translates", () => {
  it("keeps working, and shows no old text", react18, async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const problem = vi.spyOn(console, "error");
    const sandbox = createSandbox({ now: testNow });
    renderWithCoviu(<FrontDesk />, { sandbox, now: () => sandbox.clock.now() });
    await screen.findAllByText(session);
    translate();
    const tabs = () => screen.getAllByRole("tab");
    const open = (name: string) => {
      const found = [...document.querySelectorAll<HTMLElement>("button.coviu-session-open")];
      const one = found.find((button) => button.textContent === name);
      if (!one) throw new Error(`no row ${name}`);
      fireEvent.click(one);
    };

    const before = textOf(".coviu-summary");
    for (const index of [2, 3, 1, 0]) {
      fireEvent.click(tabs()[index] ?? document.body);
      // oxlint-disable-next-line no-await-in-loop -- one view after the other
      await act(() => vi.advanceTimersByTimeAsync(1000));
      translate();
    }
    await waitFor(() => expect(textOf(".coviu-summary")).toContain(before.slice(0, 8)));

    const search = screen.getByRole("searchbox");
    fireEvent.change(search, { target: { value: "nobody of this name" } });
    await act(() => vi.advanceTimersByTimeAsync(1000));
    translate();
    fireEvent.change(search, { target: { value: "nobody else" } });
    expect(document.body.textContent?.toUpperCase()).toContain("NOBODY ELSE");
    expect(document.body.textContent?.toUpperCase()).not.toContain("NOBODY OF THIS NAME");
    fireEvent.change(search, { target: { value: "" } });
    await waitFor(() => expect(document.querySelectorAll("button.coviu-session-open").length).toBeGreaterThan(3));

    open(session);
    await waitFor(() => expect(textOf(".coviu-session-details h2")).toContain(session.toUpperCase()));
    await act(() => vi.advanceTimersByTimeAsync(1000));
    translate();
    const left = textOf(".coviu-session-details .coviu-status");
    sandbox.clock.advance(20 * 60_000);
    await act(() => vi.advanceTimersByTimeAsync(61_000));
    translate();
    expect(textOf(".coviu-session-details .coviu-status")).not.toBe(left || "-");
    const other = [...document.querySelectorAll<HTMLElement>("button.coviu-session-open")].find(
      (button) => button.textContent !== session,
    );
    open(other?.textContent ?? "");
    await act(() => vi.advanceTimersByTimeAsync(1000));
    translate();
    const cancel = within(document.body)
      .getAllByRole("button")
      .find((button) => button.textContent?.toUpperCase() === "CANCEL SESSION");
    if (cancel) fireEvent.click(cancel);
    await act(() => vi.advanceTimersByTimeAsync(1000));
    translate();
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
    await act(() => vi.advanceTimersByTimeAsync(1000));

    expect(screen.getByRole("searchbox")).toBeVisible();
    expect(problem).not.toHaveBeenCalled();
  });

  it("takes in who is new in a row and who has gone", () => {
    const problem = vi.spyOn(console, "error");
    let change: (names: string[]) => void = () => {};
    function Row() {
      const [names, setNames] = useState(["Ana", "Ben", "Cem", "Dan", "Eve"]);
      change = setNames;
      const participants = names.map((name) => ({ participant_id: name, display_name: name, role: "GUEST" }));
      const times = { start_time: "2026-01-12T00:00:00.000Z", end_time: "2026-01-12T00:30:00.000Z" };
      return (
        <SessionRow
          session={{ session_id: "s-1", session_name: session, ...times, participants }}
          status="scheduled"
          minutes={68}
          isDuplicate={false}
          isCurrent={false}
          onOpen={undefined}
          text={sessionListMessages}
        />
      );
    }
    const { container } = renderWithCoviu(<Row />);
    for (const names of [["Ana"], ["Ana", "Ben", "Cem", "Dan"], [], ["Ana", "Ben"]]) {
      translate();
      act(() => change(names));
    }
    expect(container).toHaveTextContent("Ana, Ben");
    expect(problem).not.toHaveBeenCalled();
  });

  it("leaves names and times alone", async () => {
    renderWithCoviu(<FrontDesk />, { sandbox: createSandbox({ now: testNow }) });
    await screen.findAllByText(session);
    translate();
    expect(screen.getAllByText(session).length).toBeGreaterThan(0);
    for (const time of document.querySelectorAll("time")) expect(time.textContent).toMatch(/\d:\d\d\s[ap]m$/);
  });

  // Every story is checked in the same way after its play function (.storybook/preview.tsx).
  it("leaves every name, day and time of the desk alone, and password managers every field", async () => {
    const sandbox = createSandbox({ now: testNow });
    const client = createCoviuClient(sandbox);
    const { content: sessions } = await listSessions(client, {});
    const names = sessions.flatMap(({ session_name, participants }) => [
      session_name ?? "",
      ...(participants ?? []).map(({ display_name }) => display_name ?? ""),
    ]);
    expect(names.length).toBeGreaterThan(20);
    const expectMarks = () =>
      expect({ texts: translatable(document, names), fields: managedFields(document) }).toEqual({
        texts: [],
        fields: [],
      });
    renderWithCoviu(<FrontDesk />, { sandbox, client });
    fireEvent.click(await screen.findByRole("button", { name: session }));
    fireEvent.click(await screen.findByRole("button", { name: "Cancel session" }));
    await screen.findByRole("alertdialog");
    expectMarks();
    fireEvent.click(screen.getByRole("button", { name: "Keep session" }));
    fireEvent.click(screen.getByRole("button", { name: "Reschedule" }));
    await screen.findByRole("dialog");
    expectMarks();
    fireEvent.change(screen.getByLabelText("Start"), { target: { value: "1 am" } });
    fireEvent.click(screen.getByRole("button", { name: "Move session" }));
    expectMarks();
    fireEvent.click(screen.getByRole("button", { name: /^Keep / }));
    fireEvent.click(await screen.findByRole("button", { name: "Book a session" }));
    const [more] = await screen.findAllByRole("button", { name: /^More about/ });
    fireEvent.click(more ?? document.body);
    expectMarks();
  });
});
