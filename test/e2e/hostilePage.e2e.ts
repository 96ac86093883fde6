import { type Locator, type Page } from "playwright/test";

import { getSession, listParticipants, listSessions, toWallClock } from "../../src/core.ts";
import { serverOf } from "./serverOf.ts";
import { expect, test } from "./watched.ts";

const hasFocus = (element: Element) => {
  const root = element.getRootNode();
  return (root instanceof ShadowRoot || root instanceof Document) && root.activeElement === element;
};

/** Presses Tab until the target has the focus. */
async function tabTo(target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate(hasFocus)) return;
    await target.page().keyboard.press("Tab");
  }
  throw new Error(`${String(target)} can't be reached with Tab`);
}

async function press(page: Page, role: "button" | "tab", name: string | RegExp): Promise<void> {
  await tabTo(page.getByRole(role, { name, exact: true }));
  await page.keyboard.press("Enter");
}

async function type(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page.getByRole("textbox", { name, exact: true }));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

test("booking, copying, editing, moving and canceling work by keyboard inside a hostile app", async ({
  page,
  context,
}, { project }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { api = "" } = project.metadata;
  const server = serverOf(project.metadata);
  await page.goto(`/hostile.html?api=${encodeURIComponent(api)}`);
  await expect(page.getByRole("button", { name: "Case conference" })).toBeVisible();
  const { keyboard } = page;
  const reachedApp = () => page.evaluate(() => window.reachedApp);

  // A row has the full width, and its own font size and letter spacing.
  const row = await page
    .locator(".coviu-session-row")
    .first()
    .evaluate((element) => {
      const { fontSize, textTransform, letterSpacing, textIndent, fontStyle } = getComputedStyle(element);
      const width = element.getBoundingClientRect().width;
      return { fontSize, textTransform, letterSpacing, textIndent, fontStyle, width };
    });
  expect(row).toMatchObject({ fontSize: "14px", textTransform: "none", letterSpacing: "normal" });
  expect(row).toMatchObject({ textIndent: "0px", fontStyle: "normal" });
  expect(row.width).toBeGreaterThan(700);

  // Enter in the search does not submit the app's form.
  await tabTo(page.getByRole("searchbox", { name: "Search names" }));
  await keyboard.press("Enter");

  // Escape asks before it discards what was typed, and does not close the app's dialog.
  await press(page, "button", "Book a session");
  const form = page.getByRole("dialog", { name: "Book a session" });
  await expect(page.getByRole("textbox", { name: "Session name" })).toBeFocused();
  const name = `Hostile ${project.name}`;
  await keyboard.type(name);
  await keyboard.press("Escape");
  const discard = page.getByRole("alertdialog");
  await expect(discard).toBeVisible();
  await keyboard.press("Escape");
  await expect(discard).toBeHidden();
  await expect(page.getByRole("textbox", { name: "Session name" })).toHaveValue(name);
  // No other element covers the dialog.
  expect(
    await form.evaluate((element) => {
      const { left, top, width } = element.getBoundingClientRect();
      const root = element.getRootNode();
      const hit = root instanceof ShadowRoot ? root.elementFromPoint(left + width / 2, top + 8) : null;
      return element.contains(hit);
    }),
  ).toBe(true);

  const day = toWallClock(new Date(Date.now() + 72 * 3_600_000), "Australia/Sydney");
  await type(page, "Day", String(day.day));
  await type(page, "Month", String(day.month));
  await type(page, "Year", String(day.year));
  await type(page, "Start", "9:30 am");
  await type(page, "Name of person 1", "Dr Amara Okafor");
  await type(page, "Name of person 2", "Layla Haddad");
  await keyboard.press("Enter");
  await expect(form).toBeHidden();
  await expect(page.getByRole("heading", { name })).toBeFocused();
  const sessions = async () =>
    (await listSessions(server.client, { start_time: new Date().toISOString() })).content.filter(
      ({ session_name }) => session_name === name,
    );
  const [booked] = await sessions();
  const sessionId = booked?.session_id ?? "";

  await press(page, "button", "Copy link for Layla Haddad");
  await expect(page.getByText("Link for Layla Haddad (guest) copied").first()).toBeVisible();
  const participants = async () => (await listParticipants(server.client, sessionId)).content;
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    (await participants()).find(({ display_name }) => display_name === "Layla Haddad")?.entry_url,
  );

  await press(page, "button", "Edit Layla Haddad");
  await expect(page.locator(".coviu-dialog")).toBeVisible();
  await type(page, "Name", "Layla Haddad-Park");
  await keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Edit Layla Haddad-Park" })).toBeFocused();

  await press(page, "button", "Reschedule");
  await expect(page.locator(".coviu-dialog")).toBeVisible();
  await type(page, "Start", "11:00 am");
  await keyboard.press("Enter");
  await expect(page.locator(".coviu-dialog")).toBeHidden();
  const moved = await getSession(server.client, sessionId);
  expect(Date.parse(moved.start_time) - Date.parse(booked?.start_time ?? "")).toBe(90 * 60_000);

  await press(page, "button", "Cancel session");
  await expect(page.getByRole("button", { name: "Keep session" })).toBeFocused();
  await press(page, "button", /^Cancel .* with/);
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expect.poll(async () => (await sessions()).length).toBe(0);

  expect(server.writes().map(({ operation, status }) => `${operation} ${status}`)).toEqual([
    "createSession 200",
    "updateSessionParticipant 200",
    "updateSession 200",
    "deleteSession 200",
  ]);
  expect(await reachedApp(), "events for the kit that reached the app").toEqual([]);
  expect(await page.locator("dialog.app-dialog").evaluate((element) => element.matches(":modal"))).toBe(true);
});
