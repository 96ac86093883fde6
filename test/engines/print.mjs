// Prints stories to PDF and reads the text of the pages back with pdftotext (poppler-utils).
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { storyUrl } from "./stories.mjs";

/** What stands on paper, and on how many A4 pages at most. */
const papers = [
  { id: "screens-frontdesk--ready", pages: 3, words: ["Speech therapy with interpreter"] },
  { id: "screens-frontdesk--session-chosen", pages: 4, words: ["Speech therapy with interpreter", "People"] },
  { id: "components-sessionlist--ready", pages: 3, words: ["Speech therapy with interpreter"] },
  { id: "components-sessiondetails--ready", pages: 2, words: ["People"] },
];

export const canReadPdf = () => existsSync("/usr/bin/pdftotext");

/** @param {import("./page.d.ts").EnginePage} page @param {string} origin @param {string} folder for the PDF files
 * @returns {Promise<import("./stories.mjs").Found[]>} */
export async function printStories(page, origin, folder) {
  mkdirSync(folder, { recursive: true });
  /** @type {import("./stories.mjs").Found[]} */
  const found = [];
  for (const { id, pages, words } of papers) {
    for (const direction of ["ltr", "rtl"]) {
      await page.setWidth(1280);
      await page.goto(storyUrl(origin, id, direction));
      await page.evaluate(() => window.probe.whenFinished());
      const file = join(folder, `${id}-${direction}.pdf`);
      writeFileSync(file, (await page.pdf?.()) ?? "");
      const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
      const report = (/** @type {string} */ target) =>
        found.push({ story: `${id} ${direction}`, rule: "print", target });

      // Each page ends with a form feed.
      const count = text.split("\f").length - 1;
      if (count > pages) report(`${count} pages, at most ${pages} expected`);
      const lines = text.split("\n").map((line) => line.trim());
      const short = lines.filter((line) => /^\p{L}$/u.test(line)).length;
      if (short > 3) report(`${short} lines of a single letter`);
      for (const word of words) if (!text.replaceAll(/\s+/g, " ").includes(word)) report(`"${word}" is not on paper`);
    }
  }
  return found;
}
