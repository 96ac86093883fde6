// Next's template as `create-next-app` makes it (App Router, Cache Components), self-hosted by `next start` under a
// name that is not localhost, in front of a sandbox. Google's fonts are left out, since the build would fetch them. The
// second build is of webpack with Tailwind 4, with the other settings that change paths and output.
import { cp, readFile, writeFile } from "node:fs/promises";

import { check, done, expect, freePort, launch, open, run, shot, start, startSandbox } from "../browser.mjs";
import { book, cancel, expectAccessible, expectWidth, openFirst, ready } from "../desk.mjs";

const { baseUrl, key, secret } = await startSandbox();
const env = { COVIU_API: baseUrl, COVIU_KEY: key, COVIU_SECRET: secret, NEXT_TELEMETRY_DISABLED: "1" };
const browser = await launch(["--host-resolver-rules=MAP clinic.test 127.0.0.1"]);

/** Opens a page of the app with its sign-in cookie. @param {number} port @param {Parameters<typeof open>[1]} [options] */
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
      await check(`${scheme}, ${width} px: it has the width of its container`, () => expectWidth(page, width));
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
  const response = await fetch(`http://127.0.0.1:${port}/`);
  const html = await response.text();
  expect(html.includes("Upcoming") && html.includes("Book a session"), "the page is not prerendered");
  await tryDesk(`http://clinic.test:${port}/`, port);
  await check("the screen on the sandbox in memory, as the README shows it without a server", async () => {
    const { page, problems } = await signedIn(port);
    await page.goto(`http://localhost:${port}/trial`);
    await ready(page);
    await book(page, "Booked in memory");
    expect(problems.length === 0, problems.join("\n"));
  });
});

// Next removes the base path before the route handler, so the proxy's mount does not change.
/** @param {string} file @param {string} find @param {string} replace */
async function edit(file, find, replace) {
  const text = await readFile(file, "utf8");
  expect(text.includes(find), `${file} has no ${find}`);
  await writeFile(file, text.replace(find, replace));
}
for (const file of ["app/Sessions.tsx", "app/signed-in/Desk.tsx"]) {
  await edit(file, '"/api/coviu"', '"/clinic/api/coviu"');
  await edit(file, 'import "coviu-react/styles.css";\n', "");
}
await writeFile("postcss.config.mjs", 'export default { plugins: { "@tailwindcss/postcss": {} } };\n');
const tailwind = `@layer theme, base, coviu, components, utilities;
@import "tailwindcss";
@import "coviu-react/styles.layer.css";
.dark { color-scheme: dark; }
`;
await edit("app/globals.css", ":root {", `${tailwind}:root {`);
// The template's reset is outside of layers. Tailwind's template has no such reset.
await edit("app/globals.css", "* {\n  box-sizing: border-box;\n  padding: 0;\n  margin: 0;\n}", "");
const variant = { ...env, VARIANT: "1" };
await check(
  "next build --webpack succeeds with Tailwind, basePath, trailingSlash, standalone output and the React Compiler",
  () => run("npm", ["run", "build", "--", "--webpack"], variant),
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

  for (const width of [1280, 390]) {
    await check(`${width} px: a user from a server component, a class of Tailwind's and dark by a class`, async () => {
      const { page, problems } = await signedIn(port, { width });
      await page.goto(`http://clinic.test:${port}/clinic/signed-in/`);
      await ready(page);
      const desk = page.locator(".coviu-front-desk");
      /** @param {string} property */
      const computed = (property) => desk.evaluate((it, name) => getComputedStyle(it).getPropertyValue(name), property);
      expect((await computed("padding-left")) === "32px", "p-8 does nothing");
      const light = await computed("background-color");
      await page.evaluate(() => document.documentElement.classList.add("dark"));
      expect((await computed("background-color")) !== light, "the desk stays light");
      await expectWidth(page, width);
      await expectAccessible(page);
      await shot(page, `next-tailwind-${width}`);
      if (width === 1280) {
        await page.getByRole("button", { name: "Book a session" }).click();
        const name = page.getByLabel("Name of person 1");
        expect((await name.inputValue()) === "Rae Lin", "the host is not the user");
      }
      expect(problems.length === 0, problems.join("\n"));
    });
  }
});

await done();
