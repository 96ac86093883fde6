// Prints stories to PDF and reads the text of the pages back with pdftotext (poppler-utils).
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { storyUrl } from "./stories.mjs";

/** Expected text on the first A4 page and on any page, and the maximum number of pages. */
const papers = [
  { id: "components-frontdesk--ready", pages: 5, first: "Speech therapy with interpreter", any: "Fluency review" },
  {
    id: "components-frontdesk--session-chosen",
    pages: 5,
    first: "Blood pressure review",
    any: "Waits until a host lets them in",
  },
  { id: "components-sessionlist--ready", pages: 4, first: "Speech therapy with interpreter", any: "Fluency review" },
  { id: "components-sessiondetails--scheduled", pages: 1, first: "People", any: "Enters directly" },
];

export const canReadPdf = () => existsSync("/usr/bin/pdftotext");

/** @param {import("./page.d.ts").EnginePage} page @param {string} origin @param {string} folder for the PDF files
 * @returns {Promise<import("./stories.mjs").Found[]>} */
export async function printStories(page, origin, folder) {
  mkdirSync(folder, { recursive: true });
  /** @type {import("./stories.mjs").Found[]} */
  const found = [];
  for (const { id, pages, first, any } of papers) {
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
      const plain = (/** @type {string} */ page) => page.replaceAll(/\s+/g, " ");
      if (!plain(text.split("\f")[0] ?? "").includes(first)) report(`"${first}" is not on the first page`);
      if (!plain(text).includes(any)) report(`"${any}" is not on paper`);
    }
  }
  return found;
}
