import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

import { launchOptions } from "../scripts/chromium.mjs";
import { heapSnapshotArgs, heldInHeap } from "./heap.ts";

// The page joins the halves: a whole string would be held by the script that contains it.
const secret = "canary-7d3f1c52 Zoë Quillfeather";
const halves = [secret.slice(0, 12), secret.slice(12)] as const;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const { args, ...options } = launchOptions();
  browser = await chromium.launch({ ...options, args: [...args, ...heapSnapshotArgs] });
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.newPage();
  await page.goto("about:blank");
});

const cases: [string, string][] = [
  ["in a field", "window.held = { name: [a, b].join('') }"],
  ["in a closure", "const name = [a, b].join(''); window.held = () => name"],
  ["as a concatenated string", "window.held = `${a}${b}`"],
  [
    "at the end of a long string of many parts",
    "window.held = 'x'; for (let i = 0; i < 20_000; i += 1) window.held += i; window.held += a + b",
  ],
  [
    "in a promise that never ends",
    "const name = [a, b].join(''); window.held = new Promise(() => {}); held.then(() => name)",
  ],
];

async function run(code: string): Promise<void> {
  await page.evaluate(`((a, b) => { ${code} })(...${JSON.stringify(halves)})`);
}

it.each(cases)("finds a text that is held %s", async (_, code) => {
  await run(code);
  expect(await heldInHeap(page, [secret, "a text that is not held"])).toEqual([secret]);
});

it("finds nothing after the reference is removed", async () => {
  await run("window.held = { name: [a, b].join('') }");
  expect(await heldInHeap(page, [secret])).toEqual([secret]);
  await run("window.held = undefined");
  expect(await heldInHeap(page, [secret])).toEqual([]);
});
