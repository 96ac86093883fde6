// Costs of a list of sessions, beside TanStack Table + TanStack Virtual and a hand-written window over rows.
// All in one run and in turns, in Chromium, from a production build. Measures the processor time of the main thread from an
// action until everything that follows from it is done, announcements included. ROUNDS: number of repetitions.
//
// mount: the first time in a page, with the sessions in the query cache. change: another name for one session in the query
// cache. key: one key in the search, mean of the four of "knee". SessionList renders up to 80 rows, the others those in view.
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { chromium } from "playwright";
import { build } from "vite";

import { launchOptions } from "../scripts/chromium.mjs";
import { styleSheetsPlugin } from "../scripts/styleSheets.mjs";

const rounds = Number(process.env.ROUNDS ?? "5");
const counts = [200, 1000, 10_000];
const lists = /** @type {const} */ (["kit", "tanstack", "window"]);
const actions = /** @type {const} */ (["mount", "change", "key"]);
/** An announcement waits 500 ms for the text to settle. */
const settleMs = 700;
const letters = ["k", "n", "e", "e"];
const changes = 4;

/** @typedef {(typeof lists)[number]} List */
/** @typedef {(typeof actions)[number]} Action */
/** @typedef {Record<"task" | "script" | "layout", number>} Cost in ms */

const root = fileURLToPath(new URL("list", import.meta.url));
const outDir = fileURLToPath(new URL("../../.out/bench-list", import.meta.url));
await build({
  root,
  configFile: false,
  logLevel: "error",
  mode: "production",
  plugins: [styleSheetsPlugin()],
  build: { outDir, emptyOutDir: true, target: "es2022", modulePreload: false },
});
const app = new Hono().use(serveStatic({ root: outDir }));
const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
await once(server, "listening");
const address = server.address();
if (!address || typeof address === "string") throw new Error("The server has no port");
const origin = `http://127.0.0.1:${address.port}`;
const browser = await chromium.launch(launchOptions());

/** Costs of the actions on one list in a new page. @param {List} list @param {number} count */
async function measure(list, count) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("pageerror", (error) => {
    throw error;
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto(`${origin}/?list=${list}&count=${count}`);
  await page.waitForFunction(() => "table" in window);

  /** @returns {Promise<Cost>} */
  async function total() {
    const { metrics } = await session.send("Performance.getMetrics");
    const ms = (/** @type {string} */ name) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? NaN);
    return {
      task: ms("TaskDuration"),
      script: ms("ScriptDuration"),
      layout: ms("LayoutDuration") + ms("RecalcStyleDuration"),
    };
  }

  /** @param {() => Promise<void>} action @returns {Promise<Cost>} */
  async function costOf(action) {
    const before = await total();
    await action();
    await new Promise((resolve) => {
      setTimeout(resolve, settleMs);
    });
    const after = await total();
    return {
      task: after.task - before.task,
      script: after.script - before.script,
      layout: after.layout - before.layout,
    };
  }

  await new Promise((resolve) => {
    setTimeout(resolve, settleMs);
  });
  const mount = await costOf(() =>
    page.evaluate(() => window.table?.mount(document.querySelector("#root") ?? document.body)),
  );
  /** @type {Cost[]} */
  const change = [];
  for (let turn = 0; turn < changes; turn += 1) {
    const name = `Changed ${turn}`;
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    change.push(await costOf(() => page.evaluate((text) => window.table?.change(text), name)));
    // oxlint-disable-next-line no-await-in-loop
    await page.getByText(name, { exact: true }).waitFor({ timeout: 5000 });
  }
  await page.getByRole("searchbox").focus();
  /** @type {Cost[]} */
  const key = [];
  for (const letter of letters) {
    // oxlint-disable-next-line no-await-in-loop
    key.push(await costOf(() => page.keyboard.press(letter)));
  }
  const found = await page.getByRole("button", { name: "Knee rehab follow-up" }).count();
  const rows = await page.locator(".coviu-session-row").count();
  if (!found || found !== rows) throw new Error(`${list}: ${found} of ${rows} rows match the search`);
  await page.close();
  return { mount, change: mean(change), key: mean(key) };
}

/** @param {Cost[]} costs @returns {Cost} */
function mean(costs) {
  const of = (/** @type {keyof Cost} */ part) => costs.reduce((sum, cost) => sum + cost[part], 0) / costs.length;
  return { task: of("task"), script: of("script"), layout: of("layout") };
}

/** @param {number[]} values */
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** @type {Map<string, Cost[]>} */
const measured = new Map();
const costsOf = (/** @type {Action} */ action, /** @type {List} */ list, /** @type {number} */ count) =>
  measured.get(`${action} ${list} ${count}`) ?? [];
try {
  for (let round = 0; round < rounds; round += 1) {
    for (const count of counts) {
      for (let turn = 0; turn < lists.length; turn += 1) {
        const list = lists[(round + turn) % lists.length] ?? "kit";
        // oxlint-disable-next-line no-await-in-loop -- in turns, each round in another order
        const costs = await measure(list, count);
        for (const action of actions) {
          measured.set(`${action} ${list} ${count}`, [...costsOf(action, list, count), costs[action]]);
        }
      }
    }
  }
} finally {
  await browser.close();
  server.close();
}

const titles = { kit: "SessionList", tanstack: "TanStack", window: "by hand" };
/** Median in ms. @param {Action} action @param {List} list @param {number} count @param {keyof Cost} part */
const medianOf = (action, list, count, part = "task") => median(costsOf(action, list, count).map((cost) => cost[part]));
console.log(
  `\nms of processor time on the main thread, median of ${rounds} rounds (of which script, style and layout)`,
);
console.log(`× to TanStack Table + Virtual with the same number of sessions; last column: the last to the first\n`);
const line = (/** @type {string[]} */ cells) =>
  console.log(cells.map((cell, index) => (index < 2 ? cell.padEnd(12) : cell.padStart(30))).join(""));
line(["", "", ...counts.map((count) => `${count} read`), "growth"]);
for (const action of actions) {
  for (const list of lists) {
    const cells = counts.map((count) => {
      const [task, script, layout] = /** @type {const} */ (["task", "script", "layout"]).map((part) =>
        medianOf(action, list, count, part).toFixed(1),
      );
      const ratio = medianOf(action, list, count) / medianOf(action, "tanstack", count);
      return `${task} (${script}, ${layout})  ${ratio.toFixed(2)}×`;
    });
    const growth = medianOf(action, list, counts.at(-1) ?? 0) / medianOf(action, list, counts[0] ?? 0);
    line([action, titles[list], ...cells, `${growth.toFixed(2)}×`]);
  }
}
