// Firefox ESR from Debian, headless, with Marionette, the protocol of geckodriver.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { clickActions, evaluateWith, keyActions, spawnChild, waitFor } from "./webdriver.mjs";

const path = "/usr/bin/firefox-esr";

/** @type {import("./page.d.ts").Engine} */
export const firefox = {
  name: "Firefox ESR",
  missing: () => (existsSync(path) ? undefined : "apt-get install firefox-esr"),

  async open() {
    const profile = mkdtempSync(join(tmpdir(), "firefox-"));
    // Port 0: Firefox chooses a free one and writes it into a file.
    writeFileSync(join(profile, "user.js"), 'user_pref("marionette.port", 0);\n');
    const args = ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile];
    const child = spawnChild(path, args, { stdio: "ignore" });
    const portFile = join(profile, "MarionetteActivePort");
    const port = await waitFor(
      () => (existsSync(portFile) && readFileSync(portFile, "utf8")) || undefined,
      "port of Firefox",
      child,
    );
    const send = await marionette(Number(port));
    const { capabilities } = await send("WebDriver:NewSession", {
      capabilities: { alwaysMatch: { timeouts: { script: 180_000 } } },
    });
    const evaluate = evaluateWith(async (script, args) => {
      const { value } = await send("WebDriver:ExecuteAsyncScript", { script, args, sandbox: null });
      return value;
    });
    await send("WebDriver:SetWindowRect", { width: 1400, height: 1000 });

    return {
      version: capabilities.browserVersion,
      evaluate,
      goto: (url) => send("WebDriver:Navigate", { url }),
      // A window is at least 500 px wide. The browser element in it can be narrower.
      async setWidth(width) {
        await send("Marionette:SetContext", { value: "chrome" });
        const script = `
          const { style } = gBrowser.selectedBrowser;
          style.flex = "none";
          style.width = style.maxWidth = arguments[0] + "px";
          style.height = "900px";`;
        await send("WebDriver:ExecuteScript", { script, args: [width] });
        await send("Marionette:SetContext", { value: "content" });
        await evaluate(nextFrame);
      },
      press: (key) => send("WebDriver:PerformActions", { actions: keyActions(key) }),
      clickAt: (x, y) => send("WebDriver:PerformActions", { actions: clickActions(x, y) }),
      screenshot: async () => Buffer.from((await send("WebDriver:TakeScreenshot", { full: false })).value, "base64"),
      // A4 in centimetres.
      pdf: async () => {
        const { value } = await send("WebDriver:Print", { page: { width: 21, height: 29.7 }, background: false });
        return Buffer.from(value, "base64");
      },
      async close() {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        send("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => child.kill());
        await ended;
        rmSync(profile, { recursive: true, force: true });
      },
    };
  },
};

/** Waits for a frame, after which the layout has the new width. */
const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Connects to Marionette. Messages are JSON with their length in front: `12:[0,1,"name",{}]`.
 * @param {number} port @returns {Promise<import("./webdriver.mjs").Send>} */
async function marionette(port) {
  const socket = connect(port, "127.0.0.1");
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let id = 0;
  let received = Buffer.alloc(0);
  await new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", () => {
      for (const { reject } of waiting.values()) reject(new Error("Firefox closed the connection"));
    });
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      for (;;) {
        const colon = received.indexOf(":");
        const end = colon + 1 + Number(received.subarray(0, Math.max(colon, 0)));
        if (colon < 0 || received.length < end) return;
        const message = JSON.parse(String(received.subarray(colon + 1, end)));
        received = received.subarray(end);
        // The first message is a greeting, the others are [type, id, error, result].
        if (!Array.isArray(message)) resolve(undefined);
        else {
          const [, messageId, error, result] = message;
          const waiter = waiting.get(messageId);
          waiting.delete(messageId);
          if (error) waiter?.reject(new Error(`${error.error}: ${error.message}`));
          else waiter?.resolve(result);
        }
      }
    });
  });
  return (command, parameters) =>
    new Promise((resolve, reject) => {
      id += 1;
      waiting.set(id, { resolve, reject });
      const text = JSON.stringify([0, id, command, parameters]);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}
