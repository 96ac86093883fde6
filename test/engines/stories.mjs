// Runs every story in one engine: play function, axe, layout, stops of the Tab key.

/** @typedef {import("./page.d.ts").EnginePage} EnginePage */
/** @typedef {{ story: string, rule: string, target: string }} Found */
/** @typedef {{ stories: number, axeRuns: number, found: Found[] }} Result */

/** Width of a desktop, and the width required by WCAG 2.2 (1.4.10), in px. */
const widths = [1280, 320];
const directions = ["ltr", "rtl"];
const themes = ["light", "dark"];

/** URL of a story, without Storybook's own run of axe. @param {string} origin @param {string} id @param {string} direction */
export const storyUrl = (origin, id, direction) =>
  `${origin}/iframe.html?id=${id}&viewMode=story&globals=direction:${direction};a11y.manual:!true`;

/** @param {EnginePage} page @param {string} origin @param {string} id @param {{ smoke: boolean }} options @returns {Promise<Result>} */
export async function runStory(page, origin, id, { smoke }) {
  /** @type {Result} */
  const result = { stories: 1, axeRuns: 0, found: [] };
  /** @param {string} where @param {import("./page.d.ts").Finding[]} found */
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
        await page.evaluate((appearance) => window.probe.show(appearance), { theme, direction });
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

/** Presses Tab from start to end of the page, and an arrow in each group of radio buttons or tabs. Reports stops that are
 * not operable or show no focus.
 * @param {EnginePage} page */
async function walkByTab(page) {
  /** @type {import("./page.d.ts").Finding[]} */
  const found = [];
  await page.setWidth(1280);
  await page.evaluate(() => window.probe.startWalk());
  for (let stops = 0; stops < 80; stops += 1) {
    const stop = await pressAndCheck("Tab");
    if (!stop) break;
    if (stop.group) await pressAndCheck("ArrowRight");
  }
  return found;

  /** @param {"Tab" | "ArrowRight"} key */
  async function pressAndCheck(key) {
    await page.press(key);
    const stop = await page.evaluate(() => window.probe.stop());
    const rule = stop && (!stop.operable ? "tab-stop-without-function" : stop.ring ? undefined : "no-focus-ring");
    if (rule) found.push({ rule, target: `${stop.target}, after ${key}` });
    return stop;
  }
}
