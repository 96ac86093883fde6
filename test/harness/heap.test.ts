import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

import { launchOptions } from "../scripts/chromium.mjs";
import { heapSnapshotArgs, heldInHeap } from "./heap.ts";

// Put together in the page: what is sent there in one piece is held by the script that it came in.
const planted = "canary-7d3f1c52 Zoë Quillfeather";
const halves = [planted.slice(0, 12), planted.slice(12)] as const;

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

const hold: [string, string][] = [
  ["in a field", "window.kept = { name: [a, b].join('') }"],
  ["in a closure", "const name = [a, b].join(''); window.kept = () => name"],
  ["in two halves", "window.kept = `${a}${b}`"],
  [
    "far into a long text in many pieces",
    "window.kept = 'x'; for (let i = 0; i < 20_000; i += 1) window.kept += i; window.kept += a + b",
  ],
  [
    "in a promise that never ends",
    "const name = [a, b].join(''); window.kept = new Promise(() => {}); kept.then(() => name)",
  ],
];

async function run(code: string): Promise<void> {
  await page.evaluate(`((a, b) => { ${code} })(...${JSON.stringify(halves)})`);
}

it.each(hold)("finds a text that is held %s", async (_, code) => {
  await run(code);
  expect(await heldInHeap(page, [planted, "a text that nobody holds"])).toEqual([planted]);
});

it("finds nothing once it has been let go of", async () => {
  await run("window.kept = { name: [a, b].join('') }");
  expect(await heldInHeap(page, [planted])).toEqual([planted]);
  await run("window.kept = undefined");
  expect(await heldInHeap(page, [planted])).toEqual([]);
});
