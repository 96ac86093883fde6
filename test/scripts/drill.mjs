// npm run drill: a line per row of the fault table: id, distinct scenarios, runs, broken invariants.
//   --seed 7    starts with another seed        --times 20    runs each random scenario 20 times as often
//   --row T1    only rows with this id prefix   --bugs        adds seeded bugs, each of which must turn rows red
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { seededBugs } from "../drill/seededBugs.mjs";

/** Text of each file with scenarios, by path. */
const files = new Map(
  readdirSync(new URL("../drill", import.meta.url))
    .filter((name) => /drill\.tsx?$/.test(name))
    .map((name) => [`test/drill/${name}`, readFileSync(new URL(`../drill/${name}`, import.meta.url), "utf8")]),
);

/** Lists the files whose scenarios belong to rows of this pattern.
 * @param {string} pattern */
function filesOf(pattern) {
  const row = new RegExp(`faultRow\\(\\s*"(${pattern.replace(":", "")})"`);
  return [...files].filter(([, text]) => row.test(text)).map(([path]) => path);
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const report = join(root, ".out/drill.json");
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    times: { type: "string", default: "5" },
    row: { type: "string" },
    bugs: { type: "boolean", default: false },
  },
});

/** @typedef {{ row: string, seeds: number[], broken: { seed: number, invariant: string }[] }} DrillResult */

/**
 ** Runs the drill, and returns a summary by row.
 * @param {Record<string, string>} env @param {string | undefined} pattern @param {string} times
 */
function drill(env, pattern, times) {
  rmSync(report, { force: true });
  mkdirSync(join(root, ".out"), { recursive: true });
  const only = pattern ? ["-t", `^${pattern}`, ...filesOf(pattern)] : [];
  const { status, stderr } = spawnSync(
    "npx",
    [
      "--no-install",
      "vitest",
      "run",
      "--project",
      "drill*",
      "--reporter=json",
      "--outputFile.json=.out/drill.json",
      ...only,
    ],
    {
      cwd: root,
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
      env: {
        ...process.env,
        VITE_DRILL_SEED: values.seed,
        VITE_DRILL_TIMES: times,
        PROXY_RUNS: String(1000 * Number(times)),
        ...env,
      },
    },
  );
  /** @type {Map<string, { scenarios: number, runs: number, broken: string[] }>} */
  const rows = new Map();
  let crashed = "";
  try {
    const { testResults } = JSON.parse(readFileSync(report, "utf8"));
    for (const file of testResults) {
      if (file.status === "failed" && file.assertionResults.length === 0) crashed += `${file.message}\n`;
      for (const { meta, status: outcome, title } of file.assertionResults) {
        /** @type {DrillResult | undefined} */
        const result = meta.drill;
        // The proxy's fuzzed requests and histories belong to no row.
        if (!result && outcome === "failed") crashed += `"${title}" failed\n`;
        if (outcome === "skipped" || outcome === "pending" || !result) continue;
        const row = rows.get(result.row) ?? { scenarios: 0, runs: 0, broken: [] };
        row.scenarios += 1;
        row.runs += result.seeds.length;
        row.broken.push(...result.broken.map(({ seed, invariant }) => `${invariant} in "${title}", seed ${seed}`));
        if (outcome === "failed" && result.broken.length === 0) row.broken.push(`"${title}" did not end`);
        rows.set(result.row, row);
      }
    }
  } catch {
    crashed = stderr;
  }
  return { rows, crashed, ok: status === 0 && !crashed };
}

/** @param {string} id */
function order(id) {
  return "TNJWDLXPUHM".indexOf(id[0] ?? "") * 1000 + Number(id.slice(1));
}

if (values.bugs) {
  let missed = 0;
  for (const { name, rows: about } of seededBugs) {
    const { rows, crashed } = drill({ SEEDED_BUG: name }, about, "1");
    const red = [...rows].filter(([, { broken }]) => broken.length > 0).map(([id]) => id);
    if (red.length === 0) missed += 1;
    console.log(`${name}: ${red.length > 0 ? `red in ${red.join(", ")}` : `NOT NOTICED ${crashed}`}`);
  }
  process.exit(missed ? 1 : 0);
}

const { rows, crashed, ok } = drill({}, values.row, values.times);
console.log(`seeds from ${values.seed}; random scenarios ${values.times} times as often as in npm test\n`);
console.log("row   scenarios     runs  broken");
let scenarios = 0;
for (const [id, row] of [...rows].toSorted(([a], [b]) => order(a) - order(b))) {
  scenarios += row.scenarios;
  console.log(
    `${id.padEnd(5)} ${String(row.scenarios).padStart(9)} ${String(row.runs).padStart(8)}  ${row.broken.length}`,
  );
  for (const broken of row.broken.slice(0, 5)) console.log(`        ${broken}`);
}
if (crashed) console.log(crashed);
console.log(`\n${rows.size} rows, ${scenarios} distinct scenarios`);
process.exit(ok ? 0 : 1);
