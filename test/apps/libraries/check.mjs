// The front desk below MUI's app bar, and inside dialogs of MUI, of another version of Radix and of react-modal.
import { check, done, expect, launch, open, run, shot, start, startSandbox } from "../browser.mjs";
import { book, expectAccessible, expectWidth, ready } from "../desk.mjs";

/** @typedef {import("playwright").Page} Page */

await check("vite build succeeds", () => run("npm", ["run", "build"]));

const { baseUrl, key, secret } = await startSandbox();
const { match } = await start(process.execPath, ["server/hono.mjs"], {
  env: { COVIU_API: baseUrl, COVIU_KEY: key, COVIU_SECRET: secret },
  ready: /listening on (\d+)/,
});
const url = `http://127.0.0.1:${match[1]}`;
const browser = await launch();

/** Whether a click in the middle of the kit's dialog would reach it. @param {Page} page @param {string} name */
function isOnTop(page, name) {
  return page.getByRole("dialog", { name }).evaluate((dialog) => {
    const { x, y, width, height } = dialog.getBoundingClientRect();
    const hit = document.elementFromPoint(x + width / 2, y + Math.min(height / 2, innerHeight / 2 - y));
    return dialog.contains(hit);
  });
}

for (const scheme of /** @type {const} */ (["light", "dark"])) {
  for (const width of [1280, 390]) {
    await check(`below MUI's app bar, ${scheme}, ${width} px: the desk, and a dialog above the bar`, async () => {
      const { page, problems } = await open(browser, { width, scheme });
      await page.goto(url);
      await ready(page);
      await expectWidth(page, width);
      await expectAccessible(page);
      await shot(page, `libraries-appbar-${scheme}-${width}`);
      await page.getByRole("button", { name: "Book a session" }).click();
      await page.getByRole("dialog", { name: "Book a session" }).waitFor();
      await shot(page, `libraries-appbar-${scheme}-${width}-dialog`);
      expect(await isOnTop(page, "Book a session"), "the dialog is covered");
      const covering = await page.evaluate(() => document.elementFromPoint(20, 20)?.closest("header")?.textContent);
      expect(!covering, `“${covering}” is above the dialog's overlay`);
      expect(problems.length === 0, problems.join("\n"));
    });
  }
}

for (const [library, path] of Object.entries({ MUI: "mui", "another Radix": "radix", "react-modal": "react-modal" })) {
  for (const width of [1280, 390]) {
    const label = `in a dialog of ${library}, ${width} px`;
    const { page, problems } = await open(browser, { width, height: 600 });
    const outer = page.locator(".MuiDialog-paper, .content, .ReactModal__Content");
    const form = page.getByRole("dialog", { name: "Book a session" });
    const question = page.getByRole("alertdialog");
    const field = form.getByLabel("Session name");

    await check(`${label}: the desk is filled and has a width`, async () => {
      await page.goto(`${url}/${path}`);
      await page.getByRole("button", { name: "Open sessions" }).click();
      await ready(page);
      await shot(page, `libraries-${path}-${width}`);
      await expectWidth(page, width === 390 ? 240 : 700);
    });
    await check(
      `${label}: a dialog of the kit opens on top, with the focus in it, and accepts typed text`,
      async () => {
        await page.getByRole("button", { name: "Book a session" }).click();
        await form.waitFor();
        await field.click();
        await page.keyboard.type("Typed in a dialog");
        expect((await field.inputValue()) === "Typed in a dialog", `it contains “${await field.inputValue()}”`);
        expect(await isOnTop(page, "Book a session"), "it is covered");
        await shot(page, `libraries-${path}-${width}-dialog`);
      },
    );
    await check(`${label}: it scrolls with the wheel`, async () => {
      const scrolled = () =>
        form.evaluate((dialog) => {
          const all = [dialog, ...dialog.querySelectorAll("*"), dialog.parentElement];
          return all.reduce((sum, element) => sum + (element?.scrollTop ?? 0), 0);
        });
      const before = await scrolled();
      const box = await form.boundingBox();
      expect(box, "it is not on the page");
      await page.mouse.move(box.x + box.width / 2, 300);
      await page.mouse.wheel(0, 200);
      for (let tries = 0; tries < 20 && (await scrolled()) === before; tries++) await page.waitForTimeout(100);
      expect((await scrolled()) > before, `it did not scroll from ${before}`);
    });
    await check(`${label}: Tab stays in it`, async () => {
      await field.focus();
      for (let count = 0; count < 30; count++) await page.keyboard.press("Tab");
      expect(await form.evaluate((dialog) => dialog.contains(document.activeElement)), "the focus has left it");
    });
    await check(`${label}: Esc asks before it discards typed text, and closes one dialog at a time`, async () => {
      await field.focus();
      await page.keyboard.press("Escape");
      await question.waitFor();
      expect(await outer.isVisible(), "the outer dialog is closed");
      await page.keyboard.press("Escape");
      await question.waitFor({ state: "hidden" });
      expect((await field.inputValue()) === "Typed in a dialog", "the typed text is lost");
      expect(await outer.isVisible(), "the outer dialog is closed");
    });
    await check(`${label}: a session is booked`, async () => {
      await page.reload();
      await page.getByRole("button", { name: "Open sessions" }).click();
      await ready(page);
      await book(page, `Booked in ${path} at ${width}`);
      expect(await outer.isVisible(), "the outer dialog is closed");
    });
    await check(
      `${label}: Esc without a dialog of the kit closes the outer one, and the page is as before`,
      async () => {
        await outer.getByRole("heading").first().click();
        await page.keyboard.press("Escape");
        await outer.waitFor({ state: "hidden" });
        const styles = await page.evaluate(() => ({
          overflow: getComputedStyle(document.body).overflow,
          pointerEvents: getComputedStyle(document.body).pointerEvents,
          hidden: document.querySelector("#root")?.getAttribute("aria-hidden"),
          inert: document.querySelector("#root")?.hasAttribute("inert"),
        }));
        const before = { overflow: "visible", pointerEvents: "auto", hidden: null, inert: false };
        expect(JSON.stringify(styles) === JSON.stringify(before), JSON.stringify(styles));
      },
    );
    await check(`${label}: the console is empty`, () => expect(problems.length === 0, problems.join("\n")));
    await page.context().close();
  }
}

await done();
