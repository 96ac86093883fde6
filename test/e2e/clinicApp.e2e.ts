import { createAccessTokenSource } from "coviu-react/server";
import { build } from "esbuild";
import type { Locator, Page } from "playwright/test";

import {
  createCoviuClient,
  fromWallClock,
  listSessions,
  type Participant,
  type Session,
  toWallClock,
} from "../../src/core.ts";
import { createSearch } from "../../src/sandbox/canaries/search.ts";
import { type FaultProxy, faultProxy, type ProxyFault } from "../harness/faultProxy.ts";
import { installApp, startApp, startServer } from "./clinicApp.mjs";
import { expect, test as watched } from "./watched.ts";

/** Clinic app. `url` is the address of the fault proxy `line` in front of it. */
type App = Awaited<ReturnType<typeof startApp>> & { line: FaultProxy };

/** Runs the clinic's server and the session service as processes, and a fault proxy between browser and clinic. */
const test = watched.extend<object, { app: App }>({
  app: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from it
    async ({}, use) => {
      await installApp();
      const app = await startApp({ log: ".out/e2e-clinic.jsonl" });
      const line = await faultProxy(Number(new URL(app.url).port));
      await use({ ...app, line, url: `http://127.0.0.1:${line.port}` });
      await line.close();
      await app.stop();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  api: ({ app }, give) => give({ ...app.api, proxy: `${app.url}/api/coviu` }),
  baseURL: ({ app }, give) => give(app.url),
});
test.skip(() => test.info().project.name !== "spec", "starts its own sandbox");

const rows = (page: Page) => page.locator(".coviu-session-row:has(button)");

type Server = Pick<App, "url" | "passwordOf">;

async function signIn(page: Page, app: Server, login: string): Promise<void> {
  await page.goto(app.url);
  await page.getByLabel("User name").fill(login);
  await page.getByLabel("Password").fill(app.passwordOf(login));
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(rows(page).first()).toBeVisible();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("status")).toHaveText("You have signed out.");
}

/** All sessions of the session service. */
async function allSessions({ api: { api, key, secret } }: App): Promise<Session[]> {
  const getAccessToken = createAccessTokenSource({ apiKey: key, apiSecret: secret, baseUrl: api });
  const client = createCoviuClient({ baseUrl: api, getAccessToken });
  const sessions: Session[] = [];
  for (let page = 0, more = true; more; page += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each page says whether another follows
    const result = await listSessions(client, { page, include_canceled: true, deleted_participants: true });
    sessions.push(...result.content);
    more = result.more;
  }
  return sessions;
}

const isOf = (state: string) => (session: Session) =>
  session.participants?.some((participant) => participant.state === state) ?? false;

/** Ids, entry links and patient names, which only participants may see. */
function privateOf(sessions: readonly Session[]): string[] {
  return sessions.flatMap(({ session_id, participants = [] }) => [
    session_id,
    ...participants.flatMap(({ participant_id, entry_url, display_name, role }) => [
      participant_id,
      entry_url ?? participant_id,
      ...(role === "GUEST" && display_name ? [display_name] : []),
    ]),
  ]);
}

/** Records the response texts that the page's code receives. Playwright can't read them after a navigation. */
async function recordResponses(page: Page): Promise<() => string> {
  let texts = "";
  await page.exposeBinding("reportResponse", (_, text: string) => {
    texts += text;
  });
  await page.addInitScript(() => {
    const { fetch } = globalThis;
    const report: (text: string) => Promise<void> = Reflect.get(globalThis, "reportResponse");
    globalThis.fetch = async (...request) => {
      const response = await fetch(...request);
      await report(await response.clone().text());
      return response;
    };
  });
  return () => texts;
}

test("a clinician receives only their own sessions, and reception receives all", async ({ page, app }) => {
  const responses = await recordResponses(page);
  const sessions = await allSessions(app);
  for (const [login, state, name] of [
    ["chen", "clinician-chen", "Mei-Ling Chen"],
    ["okafor", "clinician-okafor", "Dr Amara Okafor"],
  ] as const) {
    const before = responses().length;
    // oxlint-disable no-await-in-loop -- one user after the other
    await signIn(page, app, login);
    await expect(page.locator(".clinic-user")).toHaveText(name);
    for (const view of ["Upcoming", "Past", "Canceled"]) {
      await page.getByRole("tab", { name: new RegExp(`^${view}`) }).click();
      await expect(rows(page).first()).toBeVisible();
      for (const row of await rows(page).all()) await expect(row).toContainText(name);
    }
    const received = responses().slice(before);
    await signOut(page);
    const own = privateOf(sessions.filter(isOf(state)));
    const others = privateOf(sessions.filter((session) => !isOf(state)(session))).filter((text) => !own.includes(text));
    expect(others.length).toBeGreaterThan(50);
    expect(others.filter((text) => received.includes(text))).toEqual([]);
    expect(own.filter((text) => received.includes(text)).length).toBeGreaterThan(10);
    // oxlint-enable no-await-in-loop
  }
  await signIn(page, app, "reception");
  for (const name of ["Mei-Ling Chen", "Dr Amara Okafor", "Dr Rajiv Menon", "Siobhán O’Neill"]) {
    await expect(rows(page).filter({ hasText: name }).first()).toBeVisible();
  }
});

const known = "Knee check under a policy";
const zone = "Australia/Sydney";

/** The day after tomorrow at the clinic. */
function soon() {
  const today = toWallClock(new Date(), zone);
  const noon = new Date(Date.UTC(today.year, today.month - 1, today.day + 2, 12));
  return { day: noon.getUTCDate(), month: noon.getUTCMonth() + 1, year: noon.getUTCFullYear() };
}

function at(hour: number, minute: number): string {
  const reading = fromWallClock({ ...soon(), hour, minute }, zone);
  if (reading.kind !== "instant") throw new Error("clocks in Sydney do not change after 6 am");
  return reading.instant;
}

/** Copies with a button of the page, and returns the text in the clipboard. */
async function copyLink(page: Page, button: Locator): Promise<string> {
  await button.click();
  const question = page.getByRole("alertdialog").getByRole("button", { name: /^Copy host link/ });
  if (await question.isVisible()) await question.click();
  await expect(page.getByText(/^Link for .* copied$/).first()).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

test("a clinician books, copies entry links, edits participants, moves and cancels without a violation of the strict CSP", async ({
  page,
  context,
  app,
  canaries,
}) => {
  const violations: string[] = [];
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await context.exposeBinding("reportViolation", (_, text: string) => void violations.push(text));
  await context.addInitScript(() => {
    const report: (text: string) => void = Reflect.get(globalThis, "reportViolation");
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
      report(`${violatedDirective} ${blockedURI} ${sourceFile}`),
    );
  });
  page.on("console", (message) => message.type() === "error" && violations.push(message.text()));
  page.on("pageerror", (error) => violations.push(error.message));
  await signIn(page, app, "chen");

  // The booking form has the clinician as host.
  const { day, month, year } = soon();
  await page.getByRole("button", { name: "Book a session" }).click();
  const form = page.getByRole("dialog", { name: "Book a session" });
  await expect(form.getByLabel("Name of person 1")).toHaveValue("Mei-Ling Chen");
  await form.getByLabel("Session name").fill(known);
  await form.getByLabel("Day").fill(String(day));
  await form.getByLabel("Month").fill(String(month));
  await form.getByLabel("Year").fill(String(year));
  await form.getByLabel("Start", { exact: true }).fill("6:15");
  await form.getByLabel("Name of person 2").fill("Kirra Walker");
  await form.getByRole("button", { name: "Book session" }).click();
  await expect(form).toBeHidden();
  const details = page.locator(".coviu-session-details");
  await expect(details.getByRole("heading", { name: known })).toBeVisible();
  const stored = async () => (await allSessions(app)).filter(({ session_name }) => session_name === known);
  const [booked, ...more] = await stored();
  expect(more).toEqual([]);
  expect(booked).toMatchObject({ start_time: at(6, 15), end_time: at(6, 45) });
  expect(booked && isOf("clinician-chen")(booked)).toBe(true);

  // Each copied entry link is the participant's own. A host's link needs a confirmation.
  for (const { display_name = "", entry_url } of booked?.participants ?? []) {
    const button = details.getByRole("button", { name: new RegExp(`^Copy (host )?link for ${display_name}$`) });
    // oxlint-disable-next-line no-await-in-loop -- there is one clipboard
    expect(await copyLink(page, button)).toBe(entry_url);
  }

  // Add, edit and remove a participant.
  const dialog = page.getByRole("dialog");
  await details.getByRole("button", { name: "Add people" }).click();
  await dialog.getByLabel("Name").fill("Jarrah Walker");
  await dialog.getByRole("button", { name: "Add person" }).click();
  await details.getByRole("button", { name: "Edit Jarrah Walker" }).click();
  await dialog.getByLabel("Name").fill("Jarrah Walker-Li");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await details.getByRole("button", { name: "Remove Jarrah Walker-Li" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove Jarrah Walker-Li" }).click();
  await expect(details.getByRole("button", { name: "Edit Jarrah Walker-Li" })).toHaveCount(0);

  // Move it. Escape asks before it discards what was typed.
  await details.getByRole("button", { name: "Reschedule" }).click();
  const move = page.getByRole("dialog", { name: `Reschedule ${known}` });
  await move.getByLabel("Start", { exact: true }).fill("6:30");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Keep editing" }).click();
  await move.getByRole("button", { name: "Move session" }).click();
  await expect(move).toBeHidden();
  expect(await stored()).toMatchObject([{ start_time: at(6, 30), end_time: at(7, 0) }]);

  await details.getByRole("button", { name: "Cancel session" }).click();
  const question = page.getByRole("alertdialog", { name: "Cancel this session?" });
  await question.getByRole("button", { name: /^Cancel .* with/ }).click();
  await expect(question).toBeHidden();
  const [canceled] = await stored();
  expect(Date.parse(canceled?.canceled_time ?? "")).toBeGreaterThan(Date.now() - 60_000);
  await signOut(page);

  expect(violations).toEqual([]);
  // The audit log has the operations, and no secret.
  const lines = app
    .output()
    .split("\n")
    .filter((line) => line.startsWith("{"));
  for (const operation of ["createSession", "updateSession", "deleteSession", "addSessionParticipant"]) {
    expect(lines.filter((line) => line.includes(`"${operation}"`))).not.toEqual([]);
  }
  expect(createSearch(await canaries.secrets()).find(lines.join("\n"))).toEqual([]);
});

test("with entryUrls: on-demand, responses contain only the id and entry link that were requested", async ({
  page,
  context,
  app,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const server = await startServer(app.api, { entryUrls: "on-demand" });
  const responses = await recordResponses(page);
  const sessions = (await allSessions(app)).filter(isOf("clinician-chen"));
  const secrets = sessions.flatMap(({ participants = [] }) =>
    participants.flatMap(({ participant_id, entry_url = participant_id }) => [participant_id, entry_url]),
  );
  await signIn(page, server, "chen");
  await rows(page).first().getByRole("button").first().click();
  const details = page.locator(".coviu-session-details");
  const button = details.getByRole("button", { name: /^Copy link for / }).first();
  await expect(button).toBeVisible();
  expect(secrets.length).toBeGreaterThan(20);
  expect(secrets.filter((text) => responses().includes(text))).toEqual([]);

  const link = await copyLink(page, button);
  const owner = sessions.flatMap(({ participants = [] }) => participants).find(({ entry_url }) => entry_url === link);
  expect(await button.getAttribute("aria-label")).toBe(`Copy link for ${owner?.display_name}`);
  expect(secrets.filter((text) => responses().includes(text))).toEqual([owner?.participant_id, link]);

  // The join URL redirects the user of the handle. Another user gets 404.
  const [person = "{}"] = /\{[^{}]*"participant_id"[^{}]*\}/.exec(responses()) ?? [];
  const handle: Participant = JSON.parse(person);
  const join = () =>
    context.request.get(`${server.url}/api/coviu/participants/${handle.participant_id}/join`, {
      maxRedirects: 0,
      headers: { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate" },
    });
  const joined = await join();
  expect(joined.status()).toBe(303);
  const target = joined.headers()["location"];
  expect(
    sessions.flatMap(({ participants = [] }) => participants).find(({ entry_url }) => entry_url === target),
  ).toMatchObject({ display_name: handle.display_name });
  await signOut(page);
  expect((await join()).status()).toBe(401);
  await signIn(page, server, "okafor");
  expect((await join()).status()).toBe(404);
  await server.stop();
});

test("requests with ids of another clinician's session get 404 with none of its data", async ({ page, app }) => {
  const target = (await allSessions(app)).find(
    (session) => isOf("clinician-okafor")(session) && !session.canceled_time && session.session_name !== "",
  );
  const before = await allSessions(app);
  const participants = target?.participants ?? [];
  await signIn(page, app, "chen");
  const responses = await page.evaluate(
    async ({ session, ids }) => {
      const paths = [
        `sessions/${session}`,
        `sessions/${session}/participants`,
        ...ids.map((id) => `participants/${id}`),
      ];
      const participant = { display_name: "Taken", role: "HOST", state: "clinician-chen" };
      const bodyOf = (method: string, path: string) =>
        method === "PUT" && path.startsWith("sessions/")
          ? { session_name: "Taken" }
          : method === "PUT" || method === "POST"
            ? participant
            : undefined;
      const requests = ["GET", "PUT", "POST", "DELETE"].flatMap((method) => paths.map((path) => ({ method, path })));
      return Promise.all(
        requests.map(async ({ method, path }) => {
          const body = bodyOf(method, path);
          const response = await fetch(`/api/coviu/${path}`, {
            method,
            headers: {
              "coviu-kit": "1",
              ...(method !== "GET" && { "idempotency-key": crypto.randomUUID() }),
              ...(body && { "content-type": "application/json" }),
            },
            ...(body && { body: JSON.stringify(body) }),
          });
          return { status: response.status, text: await response.text() };
        }),
      );
    },
    { session: target?.session_id ?? "", ids: participants.map(({ participant_id }) => participant_id) },
  );
  expect(responses).toHaveLength(4 * (2 + participants.length));
  expect(participants.length).toBeGreaterThan(1);
  expect([...new Set(responses.map(({ status }) => status))]).toEqual([404]);
  const received = responses.map(({ text }) => text).join("\n");
  const own = [target?.session_name ?? "", "Okafor", ...privateOf(target ? [target] : [])];
  expect(own.filter((text) => received.includes(text))).toEqual([]);
  expect(await allSessions(app)).toEqual(before);
});

test("signing out clears the screen and the other tab within a second, and going back shows no data", async ({
  page,
  context,
  app,
}) => {
  await signIn(page, app, "okafor");
  const other = await context.newPage();
  await other.goto("/");
  await expect(rows(other).first()).toBeVisible();
  const emptied = other.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const watch = () => document.querySelector(".coviu-front-desk, .clinic-user") ?? resolve(Date.now());
        new MutationObserver(watch).observe(document.body, { childList: true, subtree: true });
      }),
  );
  const cleared = page.waitForResponse((response) => response.url().endsWith("/logout"));
  const clicked = Date.now();
  await signOut(page);
  expect((await emptied) - clicked).toBeLessThan(1000);
  await expect(other.getByRole("heading", { name: "You are signed out" })).toBeVisible();
  expect(await other.content()).not.toContain("Okafor");
  expect(await (await cleared).headerValue("clear-site-data")).toBe('"cache", "storage"');

  const status = await other.evaluate(
    async () => (await fetch("/api/coviu/sessions", { headers: { "coviu-kit": "1" } })).status,
  );
  expect(status).toBe(401);
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  expect(await page.content()).not.toContain("Okafor");
});

/** Faults of a connection. After the commit, the service has done the write and the response is lost. */
const cuts: ProxyFault[] = [
  { reset: "before-commit" },
  { reset: "after-commit" },
  { close: "before-commit" },
  { close: "after-commit" },
  { response: { status: 408, headers: { connection: "close" } } },
  { response: { status: 408, headers: { connection: "close" }, commit: true } },
];

test("200 bookings whose connections are cut, and which the browser repeats, create 200 sessions", async ({
  page,
  app,
}) => {
  const { line } = app;
  const { outputFiles } = await build({
    stdin: { contents: 'export * from "coviu-react/core"', resolveDir: ".out/clinic" },
    bundle: true,
    write: false,
    format: "iife",
    globalName: "kit",
    // The package name resolves to the installed package, not to the paths of the type checker.
    tsconfigRaw: {},
  });
  await signIn(page, app, "chen");
  await page.evaluate(outputFiles[0]?.text ?? "");
  line.clear();
  for (let booking = 0; booking < 200; booking += 1) {
    line.next({ ...cuts[booking % cuts.length], method: "POST", path: "/api/coviu/sessions", reused: true });
  }
  const failures = await page.evaluate(async () => {
    const { createCoviuClient, createSession }: typeof import("coviu-react/core") = Reflect.get(globalThis, "kit");
    const client = createCoviuClient({ baseUrl: "/api/coviu" });
    const failed: string[] = [];
    for (let booking = 0; booking < 200; booking += 1) {
      const start = Date.now() + (24 + booking) * 3_600_000;
      // oxlint-disable-next-line no-await-in-loop -- each is sent on a reused connection
      await createSession(client, {
        session_name: `Cut ${booking}`,
        start_time: new Date(start).toISOString(),
        end_time: new Date(start + 1_800_000).toISOString(),
        participants: [{ display_name: "Mei-Ling Chen", role: "HOST", state: "clinician-chen" }],
      }).catch((error: unknown) => failed.push(`${booking}: ${String(error)}`));
    }
    return failed;
  });
  const posts = { method: "POST", path: "/api/coviu/sessions" };
  expect(failures).toEqual([]);
  // Every booking was cut once and repeated.
  expect(line.arrivals(posts)).toBe(400);
  expect(line.arrivals({ ...posts, reused: true, committed: false })).toBe(100);
  const created = (await allSessions(app)).filter(({ session_name }) => session_name?.startsWith("Cut "));
  expect(created).toHaveLength(200);
  expect(new Set(created.map(({ session_name }) => session_name)).size).toBe(200);
});
