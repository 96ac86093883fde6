// Renders the screens in a separate process without a browser, in another time zone, and prints a report.
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
  // Without this, esbuild would follow the paths in tsconfig.json.
  tsconfigRaw: {},
  alias: Object.fromEntries(["react", "react-dom"].map((name) => [name, fileURLToPath(new URL(react + name, here))])),
});

// Newer versions of Node have a navigator.
Reflect.deleteProperty(globalThis, "navigator");
globalThis.fetch = () => Promise.reject(new Error("A server renders without a request."));

const text = outputFiles[0]?.text ?? "";

/** Renders with a separate copy of all modules per mode, since React warns of a context that two renderers have used.
 * @param {"string" | "stream"} mode */
function render(mode) {
  /** @type {{ exports: { renderAll?: (way: string) => Promise<unknown> } }} */
  const bundled = { exports: {} };
  // oxlint-disable-next-line typescript/no-implied-eval -- the code was built above from this folder
  new Function("require", "module", "exports", text)(createRequire(import.meta.url), bundled, bundled.exports);
  return bundled.exports.renderAll?.(mode);
}

const report = { string: await render("string"), stream: await render("stream") };
// React keeps a message channel open.
process.stdout.write(JSON.stringify(report), () => process.exit());
