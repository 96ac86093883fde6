// Checks that the kit parses every time that it or the engine formats, with the engine's locale data.
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const entryPoints = [fileURLToPath(new URL("times.ts", import.meta.url))];

/** Builds the check as a script for a page. */
export async function timesScript() {
  const { outputFiles } = await build({ entryPoints, bundle: true, format: "iife", target: "es2022", write: false });
  return outputFiles[0]?.text ?? "";
}

/** @param {import("./page.d.ts").EnginePage} page @param {string} origin
 * @returns {Promise<import("./stories.mjs").Found[]>} */
export async function checkTimes(page, origin) {
  await page.goto(`${origin}/times.html`);
  const { locales, texts, wrong } = await page.evaluate(() => window.unreadable());
  if (texts < 1_000) wrong.push(`only ${texts} texts in ${locales} locales`);
  return wrong.map((target) => ({ story: `${texts} times in ${locales} locales`, rule: "time", target }));
}
