// WebKitGTK from Debian: WebKitWebDriver and MiniBrowser in a virtual display.
import { existsSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { clickActions, evaluateWith, keyActions, spawnChild, waitFor } from "./webdriver.mjs";

const driverPath = "/usr/bin/WebKitWebDriver";
const display = "/usr/bin/Xvfb";
const libraries = "/usr/lib/x86_64-linux-gnu";

function findMiniBrowser() {
  if (!existsSync(libraries)) return undefined;
  const folders = readdirSync(libraries).filter((name) => name.startsWith("webkit2gtk-4"));
  return folders.map((name) => join(libraries, name, "MiniBrowser")).find((path) => existsSync(path));
}

/** @type {import("./page.d.ts").Engine} */
export const webkit = {
  name: "WebKitGTK",
  missing: () =>
    existsSync(driverPath) && existsSync(display) && findMiniBrowser()
      ? undefined
      : "apt-get install webkit2gtk-driver xvfb",

  async open() {
    const screen = spawnChild(display, ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    const number = await new Promise((resolve) =>
      screen.stdio[3]?.once("data", (data) => resolve(String(data).trim())),
    );
    const port = await freePort();
    const driver = spawnChild(driverPath, [`--port=${port}`], {
      stdio: "ignore",
      env: { ...process.env, DISPLAY: `:${number}`, GDK_BACKEND: "x11", WEBKIT_DISABLE_COMPOSITING_MODE: "1" },
    });

    /** @param {string} method @param {string} path @param {object} [body] */
    async function call(method, path, body) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(240_000),
      });
      /** @type {any} */
      const { value } = await response.json();
      if (value?.error) throw new Error(`${value.error}: ${value.message}`);
      return value;
    }

    await waitFor(() => call("GET", "/status").catch(() => undefined), "WebKitWebDriver", driver);
    const { sessionId, capabilities } = await call("POST", "/session", {
      capabilities: {
        alwaysMatch: {
          browserName: "MiniBrowser",
          timeouts: { script: 180_000 },
          "webkitgtk:browserOptions": { binary: findMiniBrowser(), args: ["--automation"] },
        },
      },
    });
    const session = `/session/${sessionId}`;
    await call("POST", `${session}/window/rect`, { x: 0, y: 0, width: 1400, height: 940 });
    const evaluate = evaluateWith((script, args) => call("POST", `${session}/execute/async`, { script, args }));
    let currentWidth = 1280;

    return {
      version: capabilities.browserVersion,
      evaluate,
      async goto(url) {
        const { origin } = new URL(url);
        const frame = `${origin}/frame.html#${encodeURIComponent(JSON.stringify([currentWidth, url]))}`;
        // A change of the fragment alone does not reload the page.
        await call("POST", `${session}/frame`, { id: null });
        await call("POST", `${session}/url`, { url: "about:blank" });
        await call("POST", `${session}/url`, { url: frame });
        await call("POST", `${session}/frame`, { id: 0 });
      },
      async setWidth(width) {
        currentWidth = width;
        await call("POST", `${session}/frame`, { id: null });
        const found = await evaluate(setFrameWidth, width);
        if (found) await call("POST", `${session}/frame`, { id: 0 });
      },
      press: (key) => call("POST", `${session}/actions`, { actions: keyActions(key) }),
      clickAt: (x, y) => call("POST", `${session}/actions`, { actions: clickActions(x, y) }),
      screenshot: async () => Buffer.from(await call("GET", `${session}/screenshot`), "base64"),
      async close() {
        await call("DELETE", session).catch(() => {});
        driver.kill();
        screen.kill();
      },
    };
  },
};

/** @param {number} width @returns {Promise<boolean>} */
async function setFrameWidth(width) {
  const frame = document.querySelector("iframe");
  if (!frame) return false;
  frame.width = String(width);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  return true;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === "object" ? address.port : 0));
    });
  });
}
