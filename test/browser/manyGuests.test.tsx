import "../../src/styles/index.css";
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";

import { createCoviuClient, createSession, FrontDesk } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow } from "../render.tsx";

const session = "Grief support group";
const host = "Dr Amara Okafor";
const guests = Array.from({ length: 60 }, (_, index) => `Alexandra Konstantinopoulos-${index + 1}`);

/** Renders FrontDesk with a session of 60 guests at 11 am. Dr Okafor is the host. */
async function renderDesk() {
  const sandbox = createSandbox({ now: testNow });
  const client = createCoviuClient(sandbox);
  await createSession(client, {
    session_name: session,
    start_time: "2026-01-12T00:07:00.000Z",
    end_time: "2026-01-12T01:00:00.000Z",
    participants: [
      { display_name: host, role: "HOST" },
      ...guests.map((display_name) => ({ display_name, role: "GUEST" })),
    ],
  });
  return renderWithCoviu(<FrontDesk />, { sandbox, client });
}

const heightOf = (element: Element) => element.getBoundingClientRect().height;
/** Height of so many lines. A line of text has 20 px, a line of a button 17.5 px. */
const lines = (count: number, padding = 12) => count * 21 + padding;

describe.each([
  [1280, 3, 7],
  [390, 4, 12],
])("with 60 guests at %i px", (width, buttonLines, textLines) => {
  it(`buttons have at most ${buttonLines} lines, questions ${textLines}, and no announcement lists all names`, async () => {
    await page.viewport(width, 800);
    await renderDesk();
    const announcements: string[] = [];
    const watch = new MutationObserver(() => {
      for (const region of document.querySelectorAll("[aria-live]")) announcements.push(region.textContent ?? "");
    });
    watch.observe(document.body, { childList: true, subtree: true, characterData: true });

    const expectFew = () => {
      const tooHigh = (selector: string, maxHeight: number) =>
        [...document.querySelectorAll(selector)].flatMap((element) =>
          heightOf(element) > maxHeight ? [`${heightOf(element)} px: ${element.textContent}`] : [],
        );
      expect(tooHigh(".coviu-button", lines(buttonLines))).toEqual([]);
      expect(tooHigh(".coviu-dialog .coviu-text, .coviu-notice", lines(textLines, 30))).toEqual([]);
      for (const text of document.querySelectorAll("[aria-label]"))
        expect(text.getAttribute("aria-label")?.match(/Konstantinopoulos/g)?.length ?? 0).toBeLessThanOrEqual(3);
      for (const text of document.querySelectorAll(".coviu-dialog .coviu-text, .coviu-notice"))
        expect(text.textContent?.match(/Konstantinopoulos/g)?.length ?? 0).toBeLessThanOrEqual(3);
    };

    const row = await screen.findByRole("button", { name: session });
    expect(heightOf(row.closest("li") ?? row)).toBeLessThanOrEqual(lines(textLines));
    await userEvent.click(row);
    await userEvent.click(await screen.findByRole("button", { name: "Cancel session" }));
    const question = await screen.findByRole("alertdialog");
    expect(question).toHaveTextContent("and 57 others");
    expect(within(question).getByRole("button", { name: /^Cancel 11:07/ })).toHaveTextContent("and 57 others");
    expectFew();
    await userEvent.keyboard("{Escape}");

    await userEvent.click(await screen.findByRole("button", { name: `Copy host link for ${host}` }));
    expect(await screen.findByRole("alertdialog")).toHaveTextContent("and 57 others");
    expectFew();
    await userEvent.keyboard("{Escape}");

    if (width > 1000) {
      await userEvent.click(screen.getByRole("button", { name: "Book a session" }));
      const form = await screen.findByRole("dialog");
      await userEvent.fill(within(form).getByRole("textbox", { name: "Start" }), "11:30 am");
      await userEvent.fill(within(form).getByRole("textbox", { name: "Name of person 1" }), host);
      await waitFor(() => expect(form).toHaveTextContent(`${host} already has a session then`));
      expectFew();
    }
    watch.disconnect();
    expect(announcements.length).toBeGreaterThan(0);
    for (const text of announcements) expect(text.match(/Konstantinopoulos/g)?.length ?? 0).toBeLessThanOrEqual(3);
  });
});
