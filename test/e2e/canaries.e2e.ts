import { readdirSync, readFileSync } from "node:fs";

import type { Page } from "playwright/test";

import { type Canaries, expect, test } from "./watched.ts";

async function open(page: Page, api: string): Promise<void> {
  await page.goto(`/?api=${encodeURIComponent(api)}`);
  await expect(page.getByRole("button", { name: "Case conference" })).toBeVisible();
}

async function firstOf(canaries: Canaries, kind: string): Promise<string> {
  return (await canaries.secrets()).find((canary) => canary.kind === kind)?.value ?? "";
}

/** Types into the search without input events. The text is in no attribute and is lost with the page. */
async function typeWithoutEvents(page: Page, text: string): Promise<void> {
  await page.evaluate(
    (value) => document.querySelector<HTMLInputElement>("input[type=search]")?.setRangeText(value),
    text,
  );
}

test("a leak is found in every channel", async ({ page, canaries }, { project }) => {
  await open(page, project.metadata.api);
  expect(await canaries.found()).toEqual([]);
  const id = await firstOf(canaries, "participant-id");
  const name = await firstOf(canaries, "name");

  await page.evaluate(
    async ({ id, name }) => {
      console.info("%o", { id });
      setTimeout(() => {
        throw new Error(id);
      });
      localStorage.setItem("leak", btoa(JSON.stringify({ id })));
      sessionStorage.setItem("leak", id);
      document.cookie = `leak=${id}`;
      const cache = await caches.open("leak");
      await cache.put("/leak", new Response(id));
      await new Promise((resolve, reject) => {
        const opening = indexedDB.open("leak", 1);
        opening.addEventListener("error", reject);
        opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("leak").put(id, "leak"));
        opening.addEventListener("success", resolve);
      });
      document.body.dataset["leak"] = name;
      document.body.append(Object.assign(document.createElement("p"), { textContent: id }));
      document.title = name;
      await fetch(`/leak?${new URLSearchParams({ name })}`, { method: "POST", headers: { "x-leak": id }, body: name });
      history.replaceState({ id }, "", `/?participant=${id}`);
      await fetch("/after");
    },
    { id, name },
  );
  const found = await canaries.found();
  canaries.forget();
  const { origin } = new URL(page.url());
  expect(found).toEqual(
    expect.arrayContaining([
      "console: participant-id in console.info (plain)",
      expect.stringMatching(/^error: participant-id in /),
      'localStorage: participant-id in localStorage "leak" (base64)',
      `localStorage: participant-id in of ${origin} (base64)`,
      `indexedDB: participant-id in of ${origin} (plain)`,
      'sessionStorage: participant-id in sessionStorage "leak" (plain)',
      "cookie: participant-id in document.cookie (plain)",
      "cookie: participant-id in leak (plain)",
      'cacheStorage: participant-id in cache "leak" (plain)',
      'indexedDB: participant-id in store "leak" of database "leak" (plain)',
      "attribute: name in body[data-leak] (plain)",
      "text: participant-id in p (plain)",
      "title: name in document.title (plain)",
      `request: name in POST ${origin}/leak, query (escaped)`,
      `request: name in POST ${origin}/leak, body (plain)`,
      `request: participant-id in POST ${origin}/leak, x-leak (plain)`,
      `request: participant-id in GET ${origin}/after, cookie (plain)`,
      "history: participant-id in history.replaceState (plain)",
      "location: participant-id in location (plain)",
      `referrer: participant-id in of GET ${origin}/after (plain)`,
    ]),
  );
  expect(found.join("\n")).not.toContain(id);
  await page.evaluate(async () => {
    localStorage.clear();
    sessionStorage.clear();
    indexedDB.deleteDatabase("leak");
    await caches.delete("leak");
    document.cookie = "leak=; max-age=0";
  });
  await page.goto("about:blank");
  canaries.forget();
});

test("a leak on an earlier page is found", async ({ page, canaries }, { project }) => {
  await open(page, project.metadata.api);
  const id = await firstOf(canaries, "participant-id");
  await typeWithoutEvents(page, id);
  await page.goto("/next");
  const found = await canaries.found();
  canaries.forget();
  expect(found).toEqual(["attribute: participant-id in input.coviu-input[value] (plain)"]);
});

test("ids in paths and names in bodies are allowed in the server's log, other secrets are reported", async ({
  page,
  canaries,
}, { project }) => {
  const { api } = project.metadata;
  await open(page, api);
  const id = await firstOf(canaries, "participant-id");
  const name = await firstOf(canaries, "name");
  const token = await firstOf(canaries, "token");
  // Without a token the sandbox logs no body.
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  await fetch(`${api}/participants/${id}`, { method: "PUT", headers, body: JSON.stringify({ display_name: name }) });
  expect(await canaries.found()).toEqual([]);
  await fetch(`${api}/sessions?state=${encodeURIComponent(name)}&token=${token}`);
  await fetch(`${api}/sessions`, { method: "POST", headers, body: JSON.stringify({ id }) });
  const found = await canaries.found();
  canaries.forget();
  expect(found.toSorted()).toEqual([
    "createSession: participant-id in body",
    "getSessionPage: name in query",
    "getSessionPage: token in query",
  ]);
});

test("a leak fails the test in which it occurs", async ({ page, canaries }, { project }) => {
  test.fail(true, "The fixture fails this test on purpose.");
  await open(page, project.metadata.api);
  await typeWithoutEvents(page, await firstOf(canaries, "participant-id"));
});

test("every end-to-end test uses the fixture that searches for canaries", () => {
  // One reads the page's memory, which would contain the recorded secrets. The other has its API in the page.
  const unwatched = ["life.e2e.ts", "plainHttp.e2e.ts"];
  const files = readdirSync(import.meta.dirname).filter(
    (file) => file.endsWith(".e2e.ts") && !unwatched.includes(file),
  );
  const watched = files.filter((file) => {
    const text = readFileSync(`${import.meta.dirname}/${file}`, "utf8");
    return text.includes('from "./watched.ts"') && !/import \{[^}]*\btest\b[^}]*\} from "playwright/.test(text);
  });
  expect(watched).toEqual(files);
});
