import { expect, type Page, test } from "playwright/test";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import { launchOptions } from "../scripts/chromium.mjs";
import { buildPage, startServer } from "./lifeServer.ts";

// Playwright turns the back/forward cache off; it is what some of these tests are about.
test.use({ launchOptions: { ...launchOptions(), ignoreDefaultArgs: ["--disable-back-forward-cache"] } });

let built: Awaited<ReturnType<typeof buildPage>>;
let server: Awaited<ReturnType<typeof startServer>>;
/** Whether this browser keeps a page that was left; the small ones without a window do not. */
let keepsPages = false;

test.beforeAll(async ({ browser }) => {
  test.skip(test.info().project.name !== "spec", "speaks to sandboxes of its own");
  built = await buildPage();
  server = await startServer(built);
  const page = await browser.newPage();
  await page.goto(`${server.url}/goodbye`);
  await page.evaluate(() => Reflect.set(globalThis, "kept", true));
  await page.goto(`${server.url}/goodbye?again`);
  await page.goBack({ waitUntil: "commit" });
  keepsPages = await page.evaluate(() => Reflect.has(globalThis, "kept"));
  await page.close();
  server.close();
});
test.beforeEach(async () => {
  server = await startServer(built);
});
test.afterEach(() => server.close());

const known = "Case conference";
const desk = (page: Page) => page.locator(".coviu-front-desk");
/** What can be seen of the page that is not the kit’s. */
const ofTheHost = "LeaveAnother clinicSign out";
/** What can be seen, without what is hidden. */
const seen = (page: Page) => page.locator("body").innerText();

async function open(page: Page, path = "north"): Promise<void> {
  await page.goto(`${server.url}/${path}`);
  await expect(page.getByRole("button", { name: known })).toBeVisible();
}

test("signing out empties the other tabs of the clinic within a second, sends nothing more, and no other clinic hears it", async ({
  context,
}) => {
  const [one, two, elsewhere] = await Promise.all([context.newPage(), context.newPage(), context.newPage()]);
  await open(one);
  await open(two);
  await open(elsewhere, "south");
  const clicked = one.evaluate(
    () => new Promise<number>((resolve) => addEventListener("click", () => resolve(Date.now()), { capture: true })),
  );
  const emptied = two.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const watch = () => document.querySelector(".coviu") ?? resolve(Date.now());
        new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
      }),
  );
  const { requests } = server.state;
  await one.getByRole("button", { name: "Sign out" }).click();
  expect((await emptied) - (await clicked)).toBeLessThan(1000);
  await expect(desk(one)).toHaveCount(0);
  await expect(desk(two)).toHaveCount(0);
  expect(await two.content()).not.toContain(known);

  expect(await Promise.all([one, two].map(readAgain))).toEqual(["auth_required", "auth_required"]);
  expect(server.state.requests).toBe(requests);

  await elsewhere.getByRole("button", { name: known }).click();
  await expect(elsewhere.locator(".coviu-session-details").getByRole("heading", { name: known })).toBeVisible();
});

/** A call with the client that a page had; its answer, or why it was refused. */
function readAgain(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    Reflect.get(globalThis, "keptClient")
      .http("sessions")
      .then(
        () => "answered",
        (error: { code?: string }) => error.code,
      ),
  );
}

/** Types something and leaves the page: for good, or where no page is kept as far as the page can tell. */
async function leave(page: Page): Promise<void> {
  await open(page);
  // What was said for screen readers stays for a while.
  await expect(page.locator("body > [aria-live=polite]")).toHaveText(/upcoming sessions/);
  await page.getByRole("button", { name: "Book a session" }).click();
  await page.getByLabel("Session name").fill("Half a draft");
  if (!keepsPages) {
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    return;
  }
  // A click would have to get past the dialog.
  await page.evaluate(() => document.querySelector("a")?.click());
  await expect(page.getByRole("heading", { name: "Goodbye" })).toBeVisible();
}

/** Comes back to the page as it was left. */
async function back(page: Page): Promise<void> {
  if (keepsPages) await page.goBack({ waitUntil: "commit" });
  else await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
}

test("going back shows nothing until the sign-in is confirmed, and then all that was typed", async ({ page }) => {
  await leave(page);
  server.hold();
  const { requests } = server.state;
  await back(page);
  await expect.poll(() => server.state.requests).toBeGreaterThan(requests);
  expect(await seen(page)).toBe(ofTheHost);
  await expect(page.getByLabel("Session name")).toBeHidden();
  server.letGo();
  await expect(page.getByLabel("Session name")).toBeVisible();
  await expect(page.getByLabel("Session name")).toHaveValue("Half a draft");
  expect(await page.content()).toContain(known);
});

test("going back after the sign-in is over shows nothing and ends what was left", async ({ page }) => {
  await leave(page);
  server.state.signedIn = false;
  server.hold();
  const { requests } = server.state;
  await back(page);
  await expect.poll(() => server.state.requests).toBeGreaterThan(requests);
  expect(await seen(page)).toBe(ofTheHost);
  server.letGo();
  await expect(desk(page)).toHaveCount(0);
  expect(await page.content()).not.toContain(known);
  expect(await page.content()).not.toContain("Half a draft");
  await expect(page.locator("html")).not.toHaveAttribute("data-coviu-away");
});

test("going back without a connection stays blank until there is one", async ({ page }) => {
  await page.clock.install();
  await leave(page);
  server.state.reached = false;
  const { requests } = server.state;
  await back(page);
  await expect.poll(() => server.state.requests).toBeGreaterThan(requests);
  expect(await seen(page)).toBe(ofTheHost);
  server.state.reached = true;
  await expect(async () => {
    await page.clock.fastForward(5000);
    await expect(page.getByLabel("Session name")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.getByLabel("Session name")).toHaveValue("Half a draft");
});

test("going back after signing out shows nothing of the last user", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: known }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(desk(page)).toHaveCount(0);
  server.state.signedIn = false;
  await page.getByRole("link", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { name: "Goodbye" })).toBeVisible();
  await page.goBack({ waitUntil: "commit" });
  // Kept, the page is empty; a new one is refused.
  if (keepsPages) await expect(desk(page)).toHaveCount(0);
  else await expect(page.getByText("You’re not signed in", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(known);
});

test("a page that was left is not shown again once its clinic is signed out in another tab", async ({
  page,
  context,
}) => {
  await open(page);
  await page.getByRole("link", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { name: "Goodbye" })).toBeVisible();
  const other = await context.newPage();
  await open(other);
  await other.getByRole("button", { name: "Sign out" }).click();
  await expect(desk(other)).toHaveCount(0);
  server.state.signedIn = false;
  server.hold();
  await page.goBack({ waitUntil: "commit" });
  // A new page, which knows nothing yet and is refused.
  await expect(desk(page)).toBeVisible();
  expect(await page.content()).not.toContain(known);
  server.letGo();
  await expect(page.getByText("You’re not signed in", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(known);
});

/** Everything that is text in the page's memory. */
async function heap(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  return chunks.join("");
}

for (const way of ["Sign out", "Another clinic"]) {
  test(`after “${way}” names, links and the token are out of the page’s memory within five seconds`, async ({
    page,
  }) => {
    await open(page, "north?token");
    await page.getByRole("button", { name: known }).click();
    await page.getByRole("button", { name: "Book a session" }).click();
    await page.getByLabel("Session name").fill("QUOKKA review");
    await page.getByLabel("Name of person 1").fill("QUOKKA doctor");
    await page.getByRole("button", { name: "Book session" }).click();
    await expect(page.locator(".coviu-session-details").getByRole("heading", { name: "QUOKKA review" })).toBeVisible();
    expect(server.clinics.north.log.count({ operation: "createSession" })).toBe(1);
    const { content } = await listSessions(createCoviuClient(server.clinics.north));
    const booked = content.find(({ session_name }) => session_name === "QUOKKA review");
    // The last part of the link.
    const link = booked?.participants?.[0]?.participant_id ?? "no link";
    const secrets = ["QUOKKA", link, ...(way === "Sign out" ? [server.token] : [])];
    const left = async () => {
      const text = await heap(page);
      return secrets.filter((secret) => text.includes(secret));
    };
    expect(await left()).toEqual(secrets);
    await page.getByRole("button", { name: way }).click();
    await expect.poll(left, { timeout: 5000 }).toEqual([]);
  });
}
