import { expect, type Page, test } from "playwright/test";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import { launchOptions } from "../scripts/chromium.mjs";
import { buildPage, startServer } from "./lifeServer.ts";

// Playwright turns the back/forward cache off. Some of these tests need it.
test.use({ launchOptions: { ...launchOptions(), ignoreDefaultArgs: ["--disable-back-forward-cache"] } });

let built: Awaited<ReturnType<typeof buildPage>>;
let server: Awaited<ReturnType<typeof startServer>>;
/** Whether this browser has a back/forward cache. Headless shells have none. */
let hasPageCache = false;

test.beforeAll(async ({ browser }) => {
  test.skip(test.info().project.name !== "spec", "starts its own sandboxes");
  built = await buildPage();
  server = await startServer(built);
  const page = await browser.newPage();
  await page.goto(`${server.url}/goodbye`);
  await page.evaluate(() => Reflect.set(globalThis, "isCached", true));
  await page.goto(`${server.url}/goodbye?again`);
  await page.goBack({ waitUntil: "commit" });
  hasPageCache = await page.evaluate(() => Reflect.has(globalThis, "isCached"));
  await page.close();
  server.close();
});
test.beforeEach(async () => {
  server = await startServer(built);
});
test.afterEach(() => server.close());

const known = "Case conference";
const desk = (page: Page) => page.locator(".coviu-front-desk");
/** Visible text of the app around the kit. */
const appText = "LeaveAnother clinicSign out";
/** Visible text of the page. */
const visibleText = (page: Page) => page.locator("body").innerText();

async function open(page: Page, path = "north"): Promise<void> {
  await page.goto(`${server.url}/${path}`);
  await expect(page.getByRole("button", { name: known })).toBeVisible();
}

test("signing out clears the other tabs of the clinic within a second, sends nothing more, and does not affect another clinic", async ({
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

  expect(await Promise.all([one, two].map(readWithOldClient))).toEqual(["auth_required", "auth_required"]);
  expect(server.state.requests).toBe(requests);

  await elsewhere.getByRole("button", { name: known }).click();
  await expect(elsewhere.locator(".coviu-session-details").getByRole("heading", { name: known })).toBeVisible();
});

/** Sends a request with the page's client, and returns "response" or the error code. */
function readWithOldClient(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    Reflect.get(globalThis, "oldClient")
      .http("sessions")
      .then(
        () => "response",
        (error: { code?: string }) => error.code,
      ),
  );
}

/** Types into the form and leaves the page. Without a page cache, it only dispatches `pagehide`. */
async function typeAndLeave(page: Page): Promise<void> {
  await open(page);
  // An announcement stays in the page for a few seconds.
  await expect(page.locator("body > [aria-live=polite]")).toHaveText(/upcoming sessions/);
  await page.getByRole("button", { name: "Book a session" }).click();
  await page.getByLabel("Session name").fill("Half a draft");
  if (!hasPageCache) {
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    return;
  }
  // A real click can't reach the link behind the dialog.
  await page.evaluate(() => document.querySelector("a")?.click());
  await expect(page.getByRole("heading", { name: "Goodbye" })).toBeVisible();
}

/** Goes back to the page. */
async function back(page: Page): Promise<void> {
  if (hasPageCache) await page.goBack({ waitUntil: "commit" });
  else await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
}

test("going back shows no data until the sign-in is confirmed, and then the typed text", async ({ page }) => {
  await typeAndLeave(page);
  server.hold();
  const { requests } = server.state;
  await back(page);
  await expect.poll(() => server.state.requests).toBeGreaterThan(requests);
  expect(await visibleText(page)).toBe(appText);
  await expect(page.getByLabel("Session name")).toBeHidden();
  server.release();
  await expect(page.getByLabel("Session name")).toBeVisible();
  await expect(page.getByLabel("Session name")).toHaveValue("Half a draft");
  expect(await page.content()).toContain(known);
});

test("going back after the sign-in has ended shows no data and removes the front desk", async ({ page }) => {
  await typeAndLeave(page);
  server.state.signedIn = false;
  server.hold();
  const { requests } = server.state;
  await back(page);
  await expect.poll(() => server.state.requests).toBeGreaterThan(requests);
  expect(await visibleText(page)).toBe(appText);
  server.release();
  await expect(desk(page)).toHaveCount(0);
  expect(await page.content()).not.toContain(known);
  expect(await page.content()).not.toContain("Half a draft");
  await expect(page.locator("html")).not.toHaveAttribute("data-coviu-away");
});

test("going back without a connection shows no data until there is one", async ({ page }) => {
  await page.clock.install();
  await typeAndLeave(page);
  server.state.reached = false;
  const { requests } = server.state;
  await back(page);
  await expect.poll(() => server.state.requests).toBeGreaterThan(requests);
  expect(await visibleText(page)).toBe(appText);
  server.state.reached = true;
  await expect(async () => {
    await page.clock.fastForward(5000);
    await expect(page.getByLabel("Session name")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(page.getByLabel("Session name")).toHaveValue("Half a draft");
});

test("going back after signing out shows no data of the last user", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: known }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(desk(page)).toHaveCount(0);
  server.state.signedIn = false;
  await page.getByRole("link", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { name: "Goodbye" })).toBeVisible();
  await page.goBack({ waitUntil: "commit" });
  // A cached page is empty. A reloaded page gets 401.
  if (hasPageCache) await expect(desk(page)).toHaveCount(0);
  else await expect(page.getByText("You’re not signed in", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(known);
});

test("going back after signing out in another tab shows no data", async ({ page, context }) => {
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
  // The page is reloaded without data, and its request gets 401.
  await expect(desk(page)).toBeVisible();
  expect(await page.content()).not.toContain(known);
  server.release();
  await expect(page.getByText("You’re not signed in", { exact: true })).toBeVisible();
  expect(await page.content()).not.toContain(known);
});

/** Heap snapshot of the page as text. */
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

for (const button of ["Sign out", "Another clinic"]) {
  test(`after “${button}” names, entry links and the token are removed from the page’s memory within five seconds`, async ({
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
    // An entry link ends with the participant id.
    const linkId = booked?.participants?.[0]?.participant_id ?? "no entry link";
    const secrets = ["QUOKKA", linkId, ...(button === "Sign out" ? [server.token] : [])];
    const secretsInHeap = async () => {
      const text = await heap(page);
      return secrets.filter((secret) => text.includes(secret));
    };
    expect(await secretsInHeap()).toEqual(secrets);
    await page.getByRole("button", { name: button }).click();
    await expect.poll(secretsInHeap, { timeout: 5000 }).toEqual([]);
  });
}
