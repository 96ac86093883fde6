// Next's template as `create-next-app` makes it (App Router, Cache Components), self-hosted by `next start` under a
// name that is not localhost, in front of a sandbox. Google's fonts are left out, since the build would fetch them.
import { cp, readFile, writeFile } from "node:fs/promises";

import { check, done, expect, freePort, launch, open, run, shot, start, startSandbox } from "../browser.mjs";
import { book, cancel, expectAccessible, expectWidth, openFirst, ready } from "../desk.mjs";

const { baseUrl, key, secret } = await startSandbox();
const env = { COVIU_API: baseUrl, COVIU_KEY: key, COVIU_SECRET: secret, NEXT_TELEMETRY_DISABLED: "1" };
const browser = await launch(["--host-resolver-rules=MAP clinic.test 127.0.0.1"]);

/** A page of the app with its login. @param {number} port @param {Parameters<typeof open>[1]} [options] */
async function signedIn(port, options) {
  const opened = await open(browser, options);
  await opened.page.context().addCookies([{ name: "user", value: "reception", url: `http://clinic.test:${port}` }]);
  return opened;
}

/** @param {string} url @param {number} port */
async function tryDesk(url, port) {
  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    for (const width of [1280, 390]) {
      const { page, problems } = await signedIn(port, { width, scheme });
      await check(`${scheme}, ${width} px: it is hydrated and filled, with an empty console`, async () => {
        await page.goto(url);
        await ready(page);
        expect(problems.length === 0, problems.join("\n"));
      });
      await shot(page, `next-${scheme}-${width}`);
      await check(`${scheme}, ${width} px: it has the width it is given`, () => expectWidth(page, width));
      await check(`${scheme}, ${width} px: contrast and targets`, async () => {
        await expectAccessible(page);
        await openFirst(page);
        await expectAccessible(page);
      });
      await shot(page, `next-${scheme}-${width}-details`);
      await page.context().close();
    }
  }
  await check("a session is booked and canceled", async () => {
    const { page, problems } = await signedIn(port);
    await page.goto(url);
    await ready(page);
    await book(page, "Booked on Next");
    await cancel(page);
    expect(problems.length === 0, problems.join("\n"));
  });
}

await check("next build succeeds without a key", () => run("npm", ["run", "build"], { NEXT_TELEMETRY_DISABLED: "1" }));
await check("next start serves the first screen under another name than localhost", async () => {
  const port = await freePort();
  await start("npx", ["--no-install", "next", "start", "-p", String(port)], { env, ready: /Ready in/ });
  const answer = await fetch(`http://127.0.0.1:${port}/`);
  const html = await answer.text();
  expect(html.includes("Upcoming") && html.includes("Book a session"), "the page is not prerendered");
  await tryDesk(`http://clinic.test:${port}/`, port);
  await check("the screen on the sandbox in memory, as the README has it for trying", async () => {
    const { page, problems } = await signedIn(port);
    await page.goto(`http://localhost:${port}/trial`);
    await ready(page);
    await book(page, "Booked in memory");
    expect(problems.length === 0, problems.join("\n"));
  });
});

// Next takes the base path away before the route sees the request: the proxy's mount stays as it is.
/** @param {string} file @param {string} find @param {string} replace */
async function edit(file, find, replace) {
  const text = await readFile(file, "utf8");
  expect(text.includes(find), `${file} has no ${find}`);
  await writeFile(file, text.replace(find, replace));
}
await edit("app/Sessions.tsx", '"/api/coviu"', '"/clinic/api/coviu"');
const variant = { ...env, VARIANT: "1" };
await check("next build succeeds with basePath, trailingSlash, standalone output and the React Compiler", () =>
  run("npm", ["run", "build"], variant),
);
await check("the standalone server serves the first screen below its base path", async () => {
  await cp(".next-variant/static", ".next-variant/standalone/.next-variant/static", { recursive: true });
  const port = await freePort();
  await start(process.execPath, [".next-variant/standalone/server.js"], {
    env: { ...variant, PORT: String(port), HOSTNAME: "0.0.0.0" },
    ready: /Ready in/,
  });
  const { page, problems } = await signedIn(port);
  await page.goto(`http://clinic.test:${port}/clinic/`);
  await ready(page);
  await book(page, "Booked below a base path");
  await cancel(page);
  expect(problems.length === 0, problems.join("\n"));
});

await done();
