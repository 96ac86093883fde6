// npm run engines: every story of the built Storybook in Firefox ESR, WebKitGTK and Chromium.
//   -- firefox webkit     only these engines (firefox, webkit, chromium, chromium116)
//   --story dialog        only stories whose id contains this
//   --smoke               only play functions and page errors, left to right, and a short rendering check on a dark page
//   --storybook folder    uses this built Storybook instead of building one
// Debian packages: firefox-esr webkit2gtk-driver xvfb poppler-utils. An engine that is missing is skipped with a line.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { chromium, chromium116 } from "./chromium.mjs";
import { checkClipboard } from "./clipboard.mjs";
import { firefox } from "./firefox.mjs";
import { canReadPdf, printStories } from "./print.mjs";
import { checkRendering } from "./rendering.mjs";
import { serve } from "./serve.mjs";
import { runStory } from "./stories.mjs";
import { checkTimes } from "./times.mjs";
import { webkit } from "./webkit.mjs";

/** @typedef {import("./stories.mjs").Found} Found */

const root = fileURLToPath(new URL("../..", import.meta.url));
const out = join(root, ".out/engines");
/** @type {Record<string, import("./page.d.ts").Engine>} */
const engines = { firefox, webkit, chromium, chromium116 };
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    story: { type: "string", default: "" },
    smoke: { type: "boolean", default: false },
    storybook: { type: "string" },
  },
});
const unknown = positionals.filter((name) => !engines[name]);
if (unknown.length > 0)
  throw new Error(`no engine ${unknown.join(", ")}; there are ${Object.keys(engines).join(", ")}`);

const storybook = options.storybook ?? join(root, ".out/storybook");
if (!options.storybook) {
  execFileSync("npm", ["run", "--silent", "build-storybook", "--", "--quiet"], { cwd: root, stdio: "ignore" });
}
/** @type {{ entries: Record<string, { id: string, type: string }> }} */
const { entries } = JSON.parse(readFileSync(join(storybook, "index.json"), "utf8"));
const ids = Object.values(entries).flatMap(({ id, type }) =>
  type === "story" && id.includes(options.story) ? [id] : [],
);

/** Runs the stories in two browsers with one queue. @param {import("./page.d.ts").Engine} engine @param {string} origin */
async function runEngine(engine, origin) {
  const startedAt = Date.now();
  const queue = [...ids];
  const total = { stories: 0, axeRuns: 0, found: /** @type {Found[]} */ ([]) };
  let version = "";
  const work = async () => {
    let page = await engine.open();
    version = page.version;
    for (let id = queue.shift(); id; id = queue.shift()) {
      try {
        const { stories, axeRuns, found } = await runStory(page, origin, id, options);
        total.stories += stories;
        total.axeRuns += axeRuns;
        total.found.push(...found);
        process.stderr.write(`${engine.name} ${total.stories}/${ids.length} ${id}: ${found.length}\n`);
      } catch (error) {
        // A browser that hangs or has crashed is replaced, so that the other stories run.
        total.found.push({ story: id, rule: "browser", target: String(error).slice(0, 300) });
        await page.close().catch(() => {});
        page = await engine.open();
      }
    }
    return page;
  };
  const pages = await Promise.all([work(), work()]);
  const [page] = pages;
  if (page && !options.story) {
    const { axeRuns, found } = await checkRendering(page, origin);
    total.axeRuns += axeRuns;
    total.found.push(...found);
  }
  if (page && !options.story) {
    total.found.push(...(await checkClipboard(page, origin)), ...(await checkTimes(page, origin)));
  }
  const canPrint = page?.pdf && !options.smoke && !options.story && canReadPdf();
  if (page && canPrint) total.found.push(...(await printStories(page, origin, join(out, engine.name))));
  for (const page of pages) await page.close();
  return {
    engine: `${engine.name} ${version}`,
    ...total,
    canPrint,
    seconds: Math.round((Date.now() - startedAt) / 1000),
  };
}

/** Prints a finding of several stories in one line. @param {Found[]} found */
function printFindings(found) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const { story, rule, target } of found) {
    const key = `${rule}: ${target}`;
    groups.set(key, [...(groups.get(key) ?? []), story]);
  }
  for (const [key, stories] of [...groups].toSorted(([a], [b]) => a.localeCompare(b))) {
    console.log(`  ${key}\n      ${stories.length} times: ${stories.slice(0, 3).join("; ")}`);
  }
}

const server = await serve(storybook);
mkdirSync(out, { recursive: true });
const rows = [];
for (const [key, engine] of Object.entries(engines)) {
  if (positionals.length > 0 && !positionals.includes(key)) continue;
  const missing = engine.missing();
  if (missing) {
    console.log(`${engine.name}: skipped, not installed (${missing})`);
    continue;
  }
  const result = await runEngine(engine, server.origin);
  rows.push(result);
  console.log(`${result.engine}: ${result.found.length} findings`);
  printFindings(result.found);
}
server.close();
writeFileSync(join(out, "result.json"), JSON.stringify(rows, undefined, 2));

const of = (/** @type {Found[]} */ found, /** @type {string[]} */ ...rules) =>
  found.filter(({ rule }) => rules.includes(rule)).length;
const layoutRules = ["scrolls-by-a-pixel", "box-scrolls-sideways", "page-scrolls-sideways", "direction"];
const tabRules = ["tab-stop-without-function", "no-focus-ring"];
console.log("\nengine                    stories  play  axe runs  axe  layout  tab  copy  times  print  seconds");
for (const { engine, stories, axeRuns, found, canPrint, seconds } of rows) {
  const play = of(found, "play", "browser");
  const [layout, tab, print] = [of(found, ...layoutRules), of(found, ...tabRules), of(found, "print")];
  const times = of(found, "time");
  const copy = of(found, "clipboard");
  const axe = found.length - play - layout - tab - copy - times - print;
  const numbers = [stories, play, axeRuns, axe, layout, tab, copy, times, canPrint ? print : "–", seconds];
  const columns = [7, 4, 8, 3, 6, 3, 4, 5, 5, 7];
  console.log(engine.padEnd(25), ...numbers.map((n, i) => String(n).padStart((columns[i] ?? 0) + (i ? 1 : 0))));
}
process.exit(rows.some(({ found }) => found.length > 0) ? 1 : 0);
