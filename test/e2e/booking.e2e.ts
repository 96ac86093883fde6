import type { Locator, Page } from "playwright/test";

import { fromWallClock, getSession, listParticipants, listSessions, toWallClock } from "../../src/core.ts";
import { serverOf } from "./serverOf.ts";
import { expect, test } from "./watched.ts";

const zone = "Australia/Sydney";

/** Tomorrow's date in the clinic's time zone. */
function tomorrow() {
  const today = toWallClock(new Date(), zone);
  const noon = new Date(Date.UTC(today.year, today.month - 1, today.day + 1, 12));
  return { day: noon.getUTCDate(), month: noon.getUTCMonth() + 1, year: noon.getUTCFullYear() };
}

function at(hour: number, minute: number): string {
  const reading = fromWallClock({ ...tomorrow(), hour, minute }, zone);
  if (reading.kind !== "instant") throw new Error("tomorrow morning is not a clock change in Sydney");
  return reading.instant;
}

async function copyLink(page: Page, button: Locator): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText("nothing yet"));
  await button.click();
  const confirm = page.getByRole("alertdialog").getByRole("button", { name: /^Copy host link/ });
  if (await confirm.isVisible()) await confirm.click();
  await expect(page.getByText(/^Link for .* copied$/).first()).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

test("a receptionist books, copies entry links, edits participants, moves and cancels, and the API has exactly these changes", async ({
  page,
  context,
}, { project }) => {
  const { api = "" } = project.metadata;
  const server = serverOf(project.metadata);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const consoleErrors: string[] = [];
  page.on("console", (message) => message.type() === "error" && consoleErrors.push(message.text()));
  page.on("pageerror", (error) => consoleErrors.push(error.message));
  const referers: Promise<string | undefined>[] = [];
  page.on("requestfinished", (request) => {
    if (request.url().startsWith(api)) referers.push(request.allHeaders().then(({ referer }) => referer));
  });
  await page.goto(`/?api=${encodeURIComponent(api)}`);
  await expect(page.getByRole("button", { name: "Case conference" })).toBeVisible();

  // Book tomorrow 10:00 with one host and two guests.
  const name = `Knee check ${project.name}`;
  const { day, month, year } = tomorrow();
  await page.getByRole("button", { name: "Book a session" }).click();
  const form = page.getByRole("dialog", { name: "Book a session" });
  await form.getByLabel("Session name").fill(name);
  await form.getByLabel("Day").fill(String(day));
  await form.getByLabel("Month").fill(String(month));
  await form.getByLabel("Year").fill(String(year));
  await form.getByLabel("Start", { exact: true }).fill("10");
  await expect(form.getByText(/10:00 – 10:30\sam, Sydney time/)).toBeVisible();
  await form.getByLabel("Name of person 1").fill("Dr Amara Okafor");
  await form.getByLabel("Role of Dr Amara Okafor").selectOption("Host");
  await form.getByLabel("Name of person 2").fill("Ana Lee");
  await form.getByRole("button", { name: "Add a person" }).click();
  await form.getByLabel("Name of person 3").fill("Kwame Mensah");
  await form.getByRole("button", { name: "Book session" }).click();
  await expect(form).toBeHidden();
  const details = page.locator(".coviu-session-details");
  await expect(details.getByRole("heading", { name })).toBeVisible();

  const booked = (await listSessions(server.client, { start_time: at(10, 0), end_time: at(10, 0) })).content.filter(
    (session) => session.session_name === name,
  );
  expect(booked).toHaveLength(1);
  const [session] = booked;
  const sessionId = session?.session_id ?? "";
  expect(session).toMatchObject({ start_time: at(10, 0), end_time: at(10, 30) });
  const participants = async () => (await listParticipants(server.client, sessionId)).content;
  const namesAndRoles = async () =>
    (await participants()).map(({ display_name, role }) => `${display_name} ${role}`).toSorted();
  expect(await namesAndRoles()).toEqual(["Ana Lee GUEST", "Dr Amara Okafor HOST", "Kwame Mensah GUEST"]);

  await expect(page.getByText("Session booked").first()).toBeVisible();

  // Each copied entry link is the one that the server has for the participant.
  const entryUrls = new Map((await participants()).map(({ display_name, entry_url }) => [display_name, entry_url]));
  expect(new Set(entryUrls.values()).size).toBe(3);
  await expect(details.getByText(String(entryUrls.get("Ana Lee")))).toHaveCount(0);
  for (const [displayName, url] of entryUrls) {
    const button = details.getByRole("button", { name: new RegExp(`^Copy (host )?link for ${displayName}$`) });
    expect(await copyLink(page, button)).toBe(url);
  }

  // Rename a guest, change a role, remove a guest.
  await details.getByRole("button", { name: "Edit Ana Lee" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Ana Lee-Park");
  await page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();
  await expect(details.getByRole("button", { name: "Edit Ana Lee-Park" })).toBeVisible();
  await details.getByRole("button", { name: "Edit Ana Lee-Park" }).click();
  await page.getByRole("dialog").getByText("Host", { exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save changes" }).click();
  await expect(details.getByRole("button", { name: "Copy host link for Ana Lee-Park" })).toBeVisible();
  await details.getByRole("button", { name: "Remove Kwame Mensah" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove Kwame Mensah" }).click();
  // While the dialog is open, the page behind it has no accessible buttons.
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expect(details.getByRole("button", { name: "Edit Kwame Mensah" })).toHaveCount(0);
  expect(await namesAndRoles()).toEqual(["Ana Lee-Park HOST", "Dr Amara Okafor HOST"]);
  expect((await participants()).find(({ display_name }) => display_name === "Ana Lee-Park")?.entry_url).toBe(
    entryUrls.get("Ana Lee"),
  );

  // Move it by 30 minutes.
  await details.getByRole("button", { name: "Reschedule" }).click();
  const move = page.getByRole("dialog", { name: `Reschedule ${name}` });
  await move.getByLabel("Start", { exact: true }).fill("10:30");
  await move.getByRole("button", { name: "Move session" }).click();
  await expect(move).toBeHidden();
  await expect(details.getByText(/10:30 – 11:00\sam/).first()).toBeVisible();
  // The notice of the booking is hidden after the move.
  await expect(page.getByText("Session booked")).toBeHidden();
  expect(await getSession(server.client, sessionId)).toMatchObject({ start_time: at(10, 30), end_time: at(11, 0) });

  // Cancel another one.
  const upcoming = await listSessions(server.client, {
    start_time: new Date(Date.now() + 3 * 3_600_000).toISOString(),
  });
  const other = upcoming.content.find((row) => row.session_id !== sessionId && row.participants?.length === 2);
  const guest = other?.participants?.find(({ role }) => role === "GUEST")?.display_name ?? "";
  await page.getByRole("searchbox", { name: "Search names" }).fill(guest);
  await page
    .locator(".coviu-session-row", { hasText: guest })
    .getByRole("button", { name: other?.session_name ?? "" })
    .first()
    .click();
  await details.getByRole("button", { name: "Cancel session" }).click();
  const question = page.getByRole("alertdialog", { name: "Cancel this session?" });
  await expect(question.getByRole("button", { name: "Keep session" })).toBeFocused();
  await expect(question).toContainText(guest);
  await question.getByRole("button", { name: /^Cancel .* with/ }).click();
  await expect(question).toBeHidden();
  const canceled = (await listSessions(server.client, { include_canceled: true })).content.filter(
    (row) => row.session_id === other?.session_id,
  );
  expect(canceled).toHaveLength(1);
  expect(Date.parse(canceled[0]?.canceled_time ?? "")).toBeGreaterThan(Date.now() - 60_000);

  // After a reload the page shows the server's data.
  await page.reload();
  await expect(page.getByRole("button", { name, exact: true })).toBeVisible();
  await expect(page.locator(".coviu-session-row", { hasText: name })).toContainText(/10:30\sam/);
  await page.getByRole("tab", { name: /^Canceled/ }).click();
  await expect(page.locator(".coviu-session-row", { hasText: guest }).first()).toBeVisible();

  // The server received one request per action, with only the changed fields.
  expect(server.writes().map(({ operation, status }) => `${operation} ${status}`)).toEqual([
    "createSession 200",
    "updateSessionParticipant 200",
    "updateSessionParticipant 200",
    "deleteSessionParticipant 200",
    "updateSession 200",
    "deleteSession 200",
  ]);
  const [created, renamed, promoted, , moved] = server.writes().map(({ body }) => body);
  expect(created).toEqual({
    session_name: name,
    start_time: at(10, 0),
    end_time: at(10, 30),
    participants: [
      { display_name: "Dr Amara Okafor", role: "HOST" },
      { display_name: "Ana Lee", role: "GUEST" },
      { display_name: "Kwame Mensah", role: "GUEST" },
    ],
  });
  expect(renamed).toEqual({ display_name: "Ana Lee-Park" });
  expect(promoted).toEqual({ role: "HOST" });
  expect(moved).toEqual({ start_time: at(10, 30), end_time: at(11, 0) });
  const sentReferers = await Promise.all(referers);
  expect(sentReferers.length).toBeGreaterThan(10);
  expect(sentReferers.filter(Boolean), "the address of the page").toEqual([]);
  expect(consoleErrors.filter((text) => !text.includes("404") && !text.includes("401"))).toEqual([]);
});
