// Checks for every app: the front desk looks the same as on a bare page, and writes succeed.
import { createRequire } from "node:module";

import { expect } from "./browser.mjs";

/** @typedef {import("playwright").Page} Page */

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Waits for the list to be filled. @param {Page} page */
export async function ready(page) {
  // A skeleton's row has no state; a list on its own has no buttons.
  await page.locator(".coviu-session-row[data-state]").first().waitFor();
  // Skeletons beside the list have disappeared as well.
  await page.locator(".coviu-skeleton").first().waitFor({ state: "detached" });
}

/**
 ** Books a session in two days at 10:00 with one guest, with the form.
 * @param {Page} page @param {string} name
 */
export async function book(page, name) {
  const noon = new Date(Date.now() + 2 * 86_400_000);
  const parts = new Intl.DateTimeFormat("en-AU", {
    timeZone: "Australia/Sydney",
    day: "numeric",
    month: "numeric",
    year: "numeric",
  })
    .formatToParts(noon)
    .map(({ type, value }) => [type, value]);
  const { day = "", month = "", year = "" } = Object.fromEntries(parts);
  await page.getByRole("button", { name: "Book a session" }).click();
  const form = page.getByRole("dialog", { name: "Book a session" });
  await form.getByLabel("Session name").fill(name);
  await form.getByLabel("Day").fill(day);
  await form.getByLabel("Month").fill(month);
  await form.getByLabel("Year").fill(year);
  await form.getByLabel("Start", { exact: true }).fill("10");
  await form.getByLabel("Name of person 1").fill("Ana Lee");
  await form.getByRole("button", { name: "Book session" }).click();
  await form.waitFor({ state: "hidden" });
  await page.locator(".coviu-session-details").getByRole("heading", { name }).waitFor();
}

/** Cancels the session that is open in the details. @param {Page} page */
export async function cancel(page) {
  await page.locator(".coviu-session-details").getByRole("button", { name: "Cancel session" }).click();
  const question = page.getByRole("alertdialog", { name: "Cancel this session?" });
  await question.getByRole("button", { name: /^Cancel/ }).click();
  await question.waitFor({ state: "hidden" });
  await page.locator(".coviu-session-details[data-state='canceled']").waitFor();
}

/** Opens the first session of the list. @param {Page} page */
export async function openFirst(page) {
  await page.locator(".coviu-session-row").first().getByRole("button").first().click();
  await page.locator(".coviu-session-details").getByRole("button").first().waitFor();
}

/**
 ** Expects the root to have the width of its container, and the page not to scroll sideways.
 * @param {Page} page @param {number} least in px
 */
export async function expectWidth(page, least) {
  const {
    root,
    page: whole,
    window: visible,
  } = await page.evaluate(() => ({
    root: document.querySelector(".coviu-front-desk")?.getBoundingClientRect().width ?? 0,
    page: document.documentElement.scrollWidth,
    window: document.documentElement.clientWidth,
  }));
  expect(root >= least, `the front desk is ${root} px wide, not ${least}`);
  expect(whole <= visible, `the page scrolls sideways: ${whole} px in a window of ${visible}`);
}

/** Expects no violation of axe in the kit. Other style sheets may break contrast and target size. @param {Page} page */
export async function expectAccessible(page) {
  await page.addScriptTag({ path: axe });
  /** @type {string[]} */
  const found = await page.evaluate(async () => {
    const { violations } = await Reflect.get(window, "axe").run(
      { include: [[".coviu"]] },
      { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] },
    );
    return violations.flatMap((/** @type {any} */ violation) =>
      violation.nodes.map(
        (/** @type {any} */ node) => `${violation.id}: ${node.target.join(" ")}: ${node.any[0]?.message ?? ""}`,
      ),
    );
  });
  expect(found.length === 0, found.slice(0, 8).join("\n"));
}

/** Properties that an app's sheet may change from outside, except those that depend on the width. */
const properties = `
  display position visibility opacity  cursor overflow padding-top padding-right
  padding-bottom padding-left margin-top margin-bottom border-top-width border-right-width border-bottom-width
  border-left-width border-top-style border-left-style border-top-color border-top-left-radius color
  background-color background-image box-shadow color-scheme list-style-type font-family font-size font-weight
  font-style line-height letter-spacing word-spacing text-align text-indent text-transform text-decoration-line
  text-shadow white-space align-items justify-content column-gap row-gap
`
  .trim()
  .split(/\s+/);

/**
 ** Returns every element of the kit with its computed style, without options of a select and announcements.
 * @param {Page} page
 */
function styles(page) {
  return page.evaluate((properties) => {
    const all = [...document.querySelectorAll(".coviu, .coviu *")].filter(
      (it) => !it.closest("svg *, option, .coviu-spoken *"),
    );
    return all.map((element) => {
      const computed = getComputedStyle(element);
      const name = [element.tagName.toLowerCase(), ...element.classList].join(".");
      const style = Object.fromEntries(properties.map((name) => [name, computed.getPropertyValue(name)]));
      // A border without width is not visible.
      for (const side of ["top", "right", "bottom", "left"]) {
        if (style[`border-${side}-width`] === "0px") style[`border-${side}-style`] = style[`border-${side}-color`] = "";
      }
      return { name, style };
    });
  }, properties);
}

/**
 ** Expects the same computed styles as on a page with only the kit's style sheet.
 * @param {Page} page @param {Page} bare @param {string[]} [except] properties that the app sets on purpose
 */
export async function expectSameLook(page, bare, except = []) {
  // `button:hover` of an app weighs more than one class, so nothing must be hovered.
  await Promise.all([page.mouse.move(0, 0), bare.mouse.move(0, 0)]);
  /** @param {{ name: string }[]} list */
  const names = (list) => list.map(({ name }) => name).join(" ");
  let [actual, expected] = [await styles(page), await styles(bare)];
  // One of the two may still be loading.
  for (let tries = 0; tries < 50 && names(actual) !== names(expected); tries++) {
    await page.waitForTimeout(100);
    [actual, expected] = [await styles(page), await styles(bare)];
  }
  expect(actual.length > 100, `only ${actual.length} elements of the kit were found`);
  expect(names(actual) === names(expected), "the two pages do not show the same elements");
  /** @type {Map<string, number>} */
  const differences = new Map();
  actual.forEach(({ name, style }, index) => {
    for (const property of properties) {
      const [is, was] = [style[property], expected[index]?.style[property]];
      if (is === was || except.includes(property)) continue;
      const line = `${name}: ${property} is ${is}, on a bare page ${was}`;
      differences.set(line, (differences.get(line) ?? 0) + 1);
    }
  });
  const lines = [...differences].map(([line, count]) => `${line} (${count}x)`);
  expect(lines.length === 0, `${lines.length} differences\n${lines.slice(0, 20).join("\n")}`);
}
