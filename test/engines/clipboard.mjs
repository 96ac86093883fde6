// Copies an entry link that the server returns after the click, with the browser's clipboard.
import { storyUrl } from "./stories.mjs";

const id = "components-entrylink--copied-on-demand";

/** @param {import("./page.d.ts").EnginePage} page @param {string} origin
 * @returns {Promise<import("./stories.mjs").Found[]>} */
export async function checkClipboard(page, origin) {
  await page.setWidth(1280);
  await page.goto(storyUrl(origin, id, "ltr"));
  await page.evaluate(() => window.probe.whenFinished());
  const [x = 0, y = 0] = await page.evaluate(prepare);
  await page.clickAt(x, y);
  const outcome = await page.evaluate(() => window.copied);
  return outcome === "written" ? [] : [{ story: id, rule: "clipboard", target: outcome }];
}

/** Replaces the story's clipboard by the browser's, records writes, and returns the position of the button. */
function prepare() {
  Reflect.deleteProperty(navigator, "clipboard");
  const { clipboard } = navigator;
  window.copied = new Promise((resolve) => {
    setTimeout(resolve, 20_000, "no write to the clipboard within 20 s");
    for (const name of /** @type {const} */ (["write", "writeText"])) {
      const original = clipboard[name];
      clipboard[name] = (/** @type {any} */ data) => {
        const written = original.call(clipboard, data);
        written.then(() => resolve("written")).catch((/** @type {unknown} */ error) => resolve(String(error)));
        return written;
      };
    }
  });
  const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent?.startsWith("Copy"));
  if (!button) throw new Error("no button to copy");
  const { left, top, width, height } = button.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}
