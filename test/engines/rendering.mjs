// Checks rendering that depends on features missing in the oldest browsers: colors on a dark page without `light-dark()`,
// arrows without `:dir()`. A short check for engines that do not run axe on every story.
import { storyUrl } from "./stories.mjs";

const stories = [
  "components-frontdesk--session-chosen",
  "components-sessionlist--ready",
  "components-participantlist--removed-people",
  "components-sessionscheduler--ready",
];

/** @param {import("./page.d.ts").EnginePage} page @param {string} origin
 * @returns {Promise<{ axeRuns: number, found: import("./stories.mjs").Found[] }>} */
export async function checkRendering(page, origin) {
  /** @type {import("./stories.mjs").Found[]} */
  const found = [];
  await page.setWidth(1280);
  for (const id of stories) {
    for (const direction of ["ltr", "rtl"]) {
      // The app is dark by its own styles, without a theme attribute for the kit.
      await page.goto(`${storyUrl(origin, id, direction)};theme:system`);
      await page.evaluate(() => window.probe.whenFinished());
      await page.evaluate(darkApp);
      const problems = [...(await page.evaluate(() => window.probe.audit())), ...(await page.evaluate(mirrored))];
      found.push(...problems.map((one) => ({ story: `${id} ${direction} dark app`, ...one })));
    }
  }
  return { axeRuns: stories.length * 2, found };
}

function darkApp() {
  const dark = "color-scheme: dark; color: #e7e9ee; background: #0d0f13; --card: #171a21; --line: #2a2f38";
  for (const element of document.querySelectorAll("html, body, .frame")) element.setAttribute("style", dark);
  for (const change of document.getAnimations()) if (change instanceof CSSTransition) change.finish();
}

/** Checks that arrows point in the text direction, and that the bar of the chosen row is at the start of the text. */
function mirrored() {
  const findings = [];
  for (const icon of document.querySelectorAll("[data-flip]")) {
    const { direction, scale, rotate } = getComputedStyle(icon);
    const turned = scale.startsWith("-1") || rotate.startsWith("-");
    if (turned !== (direction === "rtl")) findings.push({ rule: "direction", target: `icon ${scale} ${rotate}` });
  }
  const chosen = document.querySelector("[aria-current=true]")?.closest(".coviu-session-row");
  if (chosen) {
    const { left, right } = getComputedStyle(chosen, "::before");
    const rtl = getComputedStyle(chosen).direction === "rtl";
    if ((rtl ? right : left) !== "0px") findings.push({ rule: "direction", target: `bar of the chosen row` });
  }
  return findings;
}
