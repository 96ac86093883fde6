import { fileURLToPath } from "node:url";

import { build } from "esbuild";
import { type BrowserContext, expect, type Page, type Request, test as unwatched } from "playwright/test";

import { isAllowed } from "../../src/sandbox/canaries/allowed.ts";
import type { Observation } from "../../src/sandbox/canaries/observation.ts";
import { type Canary, createSearch } from "../../src/sandbox/canaries/search.ts";
import { type Api, foundInLog, secretsOf } from "./secrets.ts";

export { expect };

export interface Canaries {
  /** Canaries found so far where they must not be, in the browser and in the server's log. */
  found(): Promise<string[]>;
  /** Canaries that the server has now. */
  secrets(): Promise<readonly Canary[]>;
  /** Drops all findings, for tests of this fixture. */
  forget(): void;
}

/** Test that fails if a name, an entry link, an id or a token is found where it must not be. */
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
    // Depends on the page fixture, so that the page is open until it was searched.
    async ({ page, script, api }, use) => {
      const canaries = await watch(page.context(), script, api);
      reportBeforeNavigation(page);
      await use(canaries);
      expect(await canaries.found(), "secrets where they must not be").toEqual([]);
    },
    { auto: true },
  ],
});

/**
 ** Reports a page's observations before the test navigates. The page itself reports on `beforeunload`, but the browser may
 * close its connection to the test before the report has arrived.
 */
function reportBeforeNavigation(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (...target) => {
    if (page.url() !== "about:blank") await page.evaluate(() => window.reportPage());
    return goto(...target);
  };
}

async function watch(context: BrowserContext, script: string, api: Api): Promise<Canaries> {
  let startedAt = new Date().toISOString();
  const observations: Observation[] = [];
  const tokens = new Set<string>();
  const reading: Promise<unknown>[] = [];
  const record = (observation: Observation) => void observations.push(observation);

  function recordHeaders(request: Request, headers: Record<string, string>): void {
    const token = /^Bearer (.+)/.exec(headers["authorization"] ?? "")?.[1];
    if (token) tokens.add(token);
    for (const [name, text] of Object.entries(headers)) {
      if (name === "referer") record({ channel: "referrer", where: `of ${request.method()} ${request.url()}`, text });
      else recordPart(request, name, text);
    }
  }

  /** Records headers that the browser has added, such as referrer and cookies. They are known after the response. */
  async function recordSentHeaders(request: Request): Promise<void> {
    try {
      await request.response();
      recordHeaders(request, await request.allHeaders());
    } catch {
      // The request ended with its page. Its own headers were recorded before.
    }
  }

  function recordPart(request: Request, part: string, text: string): void {
    const { origin, pathname } = new URL(request.url());
    const url = origin + pathname;
    record({ channel: "request", where: `${request.method()} ${url}, ${part}`, text, request: { url, part } });
  }

  context.on("request", (request) => {
    const { origin, pathname, search, hash } = new URL(request.url());
    recordPart(request, "address", origin + pathname);
    recordPart(request, "query", search + hash);
    recordPart(request, "body", request.postData() ?? "");
    recordHeaders(request, request.headers());
    reading.push(recordSentHeaders(request));
  });
  context.on("console", (message) => record({ channel: "console", where: message.type(), text: message.text() }));
  context.on("weberror", (error) => record({ channel: "error", where: "an error", text: String(error.error().stack) }));
  await context.exposeBinding(
    "reportObservations",
    (_, reported: Observation[]) => void observations.push(...reported),
  );
  await context.addInitScript({ content: script });

  /** Records cookies and storage as the browser reports them. */
  async function recordStorage(): Promise<void> {
    const { cookies, origins } = await context.storageState({ indexedDB: true });
    for (const cookie of cookies) record({ channel: "cookie", where: cookie.name, text: JSON.stringify(cookie) });
    for (const { origin, localStorage, ...rest } of origins) {
      for (const { name, value } of localStorage)
        record({ channel: "localStorage", where: `of ${origin}`, text: `${name} ${value}` });
      // Databases, which the type does not include.
      record({ channel: "indexedDB", where: `of ${origin}`, text: JSON.stringify(rest) });
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
      await Promise.all(pages.map((page) => page.evaluate(() => window.reportPage())));
      await recordStorage();
      await Promise.all(reading);
      const canaries = await secrets();
      const search = createSearch(canaries);
      const found = observations.flatMap((observation) =>
        search
          .find(observation.text)
          .filter(({ kind }) => !isAllowed(kind, observation, api["proxy"] ?? api["api"]))
          .map(({ kind, form }) => `${observation.channel}: ${kind} in ${search.redact(observation.where)} (${form})`),
      );
      return [...new Set([...found, ...foundInLog(api, canaries, startedAt)])];
    },
    forget() {
      observations.length = 0;
      startedAt = new Date().toISOString();
    },
  };
}
