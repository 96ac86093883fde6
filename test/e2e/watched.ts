import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { type BrowserContext, expect, type Page, type Request, test as unwatched } from "playwright/test";

import { isAllowed } from "../../src/sandbox/canaries/allowed.ts";
import type { Observation } from "../../src/sandbox/canaries/observation.ts";
import { type Canary, createSearch } from "../../src/sandbox/canaries/search.ts";
import { type Api, foundInLog, secretsOf } from "./secrets.ts";

export { expect };

export interface Canaries {
  /** What was found outside of its place so far, in the browser and in the server's log. */
  found(): Promise<string[]>;
  /** What is looked for, as the server holds it now. */
  secrets(): Promise<readonly Canary[]>;
  /** Starts anew: for the tests of the watch itself. */
  forget(): void;
}

/** Every test is watched: it fails if a name, a link, an id or a token is anywhere but in its place. */
export const test = unwatched.extend<{ canaries: Canaries; api: Api }, { script: string }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from it
  api: async ({}, give, { project }) => give(project.metadata),
  script: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from it
    async ({}, use) => {
      const entryPoints = [fileURLToPath(new URL("inPage.ts", import.meta.url))];
      const { outputFiles } = await build({ entryPoints, bundle: true, format: "iife", write: false });
      await use(outputFiles[0]?.text ?? "");
    },
    { scope: "worker" },
  ],
  canaries: [
    // By way of the page, which then stays open until it has been looked at.
    async ({ page, script, api }, use) => {
      const canaries = await watch(page.context(), script, api);
      lookBeforeLeaving(page);
      await use(canaries);
      expect(await canaries.found(), "secrets outside of their places").toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * Looks at a page before a test leaves it. The page itself reports when it is left, but a browser may close the way to the
 * test before the report has arrived.
 */
function lookBeforeLeaving(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (...target) => {
    if (page.url() !== "about:blank") await page.evaluate(() => window.lookForCanaries());
    return goto(...target);
  };
}

async function watch(context: BrowserContext, script: string, api: Api): Promise<Canaries> {
  let began = new Date().toISOString();
  const observations: Observation[] = [];
  const tokens = new Set<string>();
  const reading: Promise<unknown>[] = [];
  const see = (observation: Observation) => void observations.push(observation);

  function seeHeaders(request: Request, headers: Record<string, string>): void {
    const token = /^Bearer (.+)/.exec(headers["authorization"] ?? "")?.[1];
    if (token) tokens.add(token);
    for (const [name, text] of Object.entries(headers)) {
      if (name === "referer") see({ channel: "referrer", where: `of ${request.method()} ${request.url()}`, text });
      else seePart(request, name, text);
    }
  }

  /** With what the browser itself added, referrer and cookies, which is known once there is an answer. */
  async function seeSentHeaders(request: Request): Promise<void> {
    try {
      await request.response();
      seeHeaders(request, await request.allHeaders());
    } catch {
      // Given up with its page; what it was to send has been seen.
    }
  }

  function seePart(request: Request, part: string, text: string): void {
    const { origin, pathname } = new URL(request.url());
    const url = origin + pathname;
    see({ channel: "request", where: `${request.method()} ${url}, ${part}`, text, request: { url, part } });
  }

  context.on("request", (request) => {
    const { origin, pathname, search, hash } = new URL(request.url());
    seePart(request, "address", origin + pathname);
    seePart(request, "query", search + hash);
    seePart(request, "body", request.postData() ?? "");
    seeHeaders(request, request.headers());
    reading.push(seeSentHeaders(request));
  });
  context.on("console", (message) => see({ channel: "console", where: message.type(), text: message.text() }));
  context.on("weberror", (error) => see({ channel: "error", where: "an error", text: String(error.error().stack) }));
  await context.exposeBinding("reportObservations", (_, seen: Observation[]) => void observations.push(...seen));
  await context.addInitScript({ content: script });

  /** As the browser tells it, whatever the page's own code was told. */
  async function lookAtStorage(): Promise<void> {
    const { cookies, origins } = await context.storageState({ indexedDB: true });
    for (const cookie of cookies) see({ channel: "cookie", where: cookie.name, text: JSON.stringify(cookie) });
    for (const { origin, localStorage, ...rest } of origins) {
      for (const { name, value } of localStorage)
        see({ channel: "localStorage", where: `of ${origin}`, text: `${name} ${value}` });
      // Databases, which its type leaves out.
      see({ channel: "indexedDB", where: `of ${origin}`, text: JSON.stringify(rest) });
    }
  }

  async function secrets(): Promise<Canary[]> {
    const { token, canaries } = await secretsOf(api);
    tokens.add(token);
    return [...canaries, ...[...tokens].map((value) => ({ kind: "token", value }))];
  }

  return {
    secrets,
    async found() {
      const pages = context.pages().filter((page) => page.url() !== "about:blank");
      await Promise.all(pages.map((page) => page.evaluate(() => window.lookForCanaries())));
      await lookAtStorage();
      await Promise.all(reading);
      const canaries = await secrets();
      const search = createSearch(canaries);
      const found = observations.flatMap((observation) =>
        search
          .find(observation.text)
          .filter(({ kind }) => !isAllowed(kind, observation, api["proxy"] ?? api["api"]))
          .map(({ kind, form }) => `${observation.channel}: ${kind} in ${search.redact(observation.where)} (${form})`),
      );
      return [...new Set([...found, ...foundInLog(api, canaries, began)])];
    },
    forget() {
      observations.length = 0;
      began = new Date().toISOString();
    },
  };
}
