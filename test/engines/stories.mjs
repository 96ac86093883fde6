// Runs every story in one engine: play function, axe, layout, stops of the Tab key.

/** @typedef {import("./page.d.ts").EnginePage} EnginePage */
/** @typedef {{ story: string, rule: string, target: string }} Found */
/** @typedef {{ stories: number, axeRuns: number, found: Found[] }} Result */

/** A page as narrow as WCAG 2.2 asks for (1.4.10), and one of a desk. */
const widths = [1280, 320];
const directions = ["ltr", "rtl"];
const themes = ["light", "dark"];

/** Storybook's axe would run once more in each story. @param {string} origin @param {string} id @param {string} direction */
export const storyUrl = (origin, id, direction) =>
  `${origin}/iframe.html?id=${id}&viewMode=story&globals=direction:${direction};a11y.manual:!true`;

/** @param {EnginePage} page @param {string} origin @param {string} id @param {{ smoke: boolean }} options @returns {Promise<Result>} */
export async function runStory(page, origin, id, { smoke }) {
  /** @type {Result} */
  const result = { stories: 1, axeRuns: 0, found: [] };
  /** @param {string} where @param {{ rule: string, target: string }[]} found */
  const report = (where, found) => result.found.push(...found.map((one) => ({ story: `${id} ${where}`, ...one })));

  for (const [index, direction] of (smoke ? ["ltr"] : directions).entries()) {
    const [playedAt = 1280] = index ? widths.toReversed() : widths;
    await page.setWidth(playedAt);
    await page.goto(storyUrl(origin, id, direction));
    const errors = await page.evaluate(() => window.probe.whenFinished());
    report(
      `${direction} ${playedAt}`,
      errors.map((/** @type {string} */ target) => ({ rule: "play", target })),
    );
    if (smoke) continue;

    for (const width of index ? widths.toReversed() : widths) {
      await page.setWidth(width);
      for (const theme of themes) {
        await page.evaluate((look) => window.probe.show(look), { theme, direction });
        const where = `${direction} ${width} ${theme}`;
        report(where, await page.evaluate(() => window.probe.audit()));
        result.axeRuns += 1;
        if (theme === "light") report(where, await page.evaluate(() => window.probe.layout()));
      }
    }
    if (direction === "ltr") report(direction, await walkByTab(page));
  }
  return result;
}

/** Presses Tab from the start of the page to its end: each stop is operable and shows that it has focus.
 * @param {EnginePage} page */
async function walkByTab(page) {
  /** @type {{ rule: string, target: string }[]} */
  const found = [];
  await page.setWidth(1280);
  await page.evaluate(() => window.probe.startWalk());
  for (let stops = 0; stops < 80; stops += 1) {
    await page.press("Tab");
    const stop = await page.evaluate(() => window.probe.stop());
    if (!stop) break;
    if (!stop.operable) found.push({ rule: "tab-stop-without-function", target: stop.target });
    else if (!stop.ring) found.push({ rule: "no-focus-ring", target: stop.target });
  }
  return found;
}
