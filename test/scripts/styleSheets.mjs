// Builds the two style sheets that the package ships from the one source in src/styles.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { transform } from "esbuild";

const source = fileURLToPath(new URL("../../src/styles/", import.meta.url));

/** Returns the source with its imports replaced by the files, in their order. */
function joined() {
  const index = readFileSync(`${source}index.css`, "utf8");
  return index.replace(/@import "\.\/(.+?)";/g, (_, name) => readFileSync(source + name, "utf8"));
}

/** @param {string} css */
async function minified(css) {
  const target = ["chrome116", "firefox124", "safari17.4"];
  const { code } = await transform(css, { loader: "css", minify: true, target });
  return code;
}

/**
 ** Builds both sheets: `styles.css` without a layer, `styles.layer.css` with the same rules in `@layer coviu`.
 * @returns {Promise<Record<"styles.css" | "styles.layer.css", string>>}
 */
export async function styleSheets() {
  const css = joined();
  return { "styles.css": await minified(css), "styles.layer.css": await minified(`@layer coviu {\n${css}\n}`) };
}

/**
 ** Emits both sheets into the package. Tests and stories that import `src/styles/index.css` get the built `styles.css`, so
 * that they show the shipped sheet.
 * @returns {import("vite").Plugin}
 */
export function styleSheetsPlugin() {
  return {
    name: "coviu-style-sheets",
    enforce: "pre",
    async load(id) {
      if (!id.split("?")[0]?.endsWith("/src/styles/index.css")) return null;
      return (await styleSheets())["styles.css"];
    },
    async generateBundle() {
      if (!this.environment.config.build.lib) return;
      for (const [fileName, code] of Object.entries(await styleSheets())) {
        this.emitFile({ type: "asset", fileName, source: code });
      }
    },
  };
}
