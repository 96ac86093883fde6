// Chromium with Playwright: the installed one, and the oldest supported one.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium as playwright } from "playwright";

import { launchOptions, packedChromium } from "../scripts/chromium.mjs";

const folder116 = fileURLToPath(new URL("chromium116", import.meta.url));

/** Chromium that the other tests use. @type {import("./page.d.ts").Engine} */
export const chromium = { name: "Chromium", missing: () => undefined, open: () => open(launchOptions()) };

/** Chromium 116 is in a separate package of 64 MB, which is installed on demand.
 * @type {import("./page.d.ts").Engine} */
export const chromium116 = {
  name: "Chromium 116",
  missing() {
    if (process.platform !== "linux" || process.arch !== "x64") return "packed for Linux on x64 only";
    const modules = join(folder116, "node_modules");
    if (!existsSync(modules)) execFileSync("npm", ["ci", "--silent"], { cwd: folder116, stdio: "ignore" });
    return packedChromium(modules) ? undefined : "npm ci in test/engines/chromium116";
  },
  open: () => open(launchOptions(packedChromium(join(folder116, "node_modules")))),
};

/** @param {import("playwright").LaunchOptions} options @returns {Promise<import("./page.d.ts").EnginePage>} */
async function open(options) {
  const browser = await playwright.launch(options);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await context.newPage();
  page.setDefaultTimeout(180_000);
  return {
    version: browser.version(),
    goto: async (url) => void (await page.goto(url)),
    setWidth: (width) => page.setViewportSize({ width, height: 900 }),
    evaluate: (run, ...args) => page.evaluate(`(${String(run)})(...${JSON.stringify(args)})`),
    press: (key) => page.keyboard.press(key),
    clickAt: (x, y) => page.mouse.click(x, y),
    screenshot: () => page.screenshot(),
    pdf: () => page.pdf({ format: "A4" }),
    close: () => browser.close(),
  };
}
