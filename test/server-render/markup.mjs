// Renders the screens in a process of its own, which has no browser and is in another time zone, and prints a report.
// `node test/server-render/markup.mjs 18` does so with React 18.3.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const react = process.argv[2] === "18" ? "../react18/node_modules/" : "../../node_modules/";
const here = new URL(".", import.meta.url);

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("server.tsx", here))],
  bundle: true,
  write: false,
  platform: "node",
  format: "cjs",
  jsx: "automatic",
  // The package's own paths would be followed otherwise.
  tsconfigRaw: {},
  alias: Object.fromEntries(["react", "react-dom"].map((name) => [name, fileURLToPath(new URL(react + name, here))])),
});

// Newer Nodes have one.
Reflect.deleteProperty(globalThis, "navigator");
globalThis.fetch = () => Promise.reject(new Error("A server renders without a request."));

const text = outputFiles[0]?.text ?? "";

/** A copy of everything per way: React warns of a context that two of its renderers have used.
 * @param {"string" | "stream"} way */
function render(way) {
  /** @type {{ exports: { renderAll?: (way: string) => Promise<unknown> } }} */
  const bundled = { exports: {} };
  // oxlint-disable-next-line typescript/no-implied-eval -- the text was made a moment ago, from this folder
  new Function("require", "module", "exports", text)(createRequire(import.meta.url), bundled, bundled.exports);
  return bundled.exports.renderAll?.(way);
}

const report = { string: await render("string"), stream: await render("stream") };
// React keeps a channel open for its work.
process.stdout.write(JSON.stringify(report), () => process.exit());
