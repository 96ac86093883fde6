// Vite's React template with the first screen of the README as its App, also with the style sheet of Vite 7's template.
// The server is the one of the page "Put it in your app", on Hono and on Express.
import { check, done, expect, launch, open, run, shot, start, startSandbox } from "../browser.mjs";
import { book, cancel, expectAccessible, expectSameLook, expectWidth, openFirst, ready } from "../desk.mjs";

await check("tsc -b and vite build succeed", () => run("npm", ["run", "build"]));

const { baseUrl, key, secret } = await startSandbox();
const env = { COVIU_API: baseUrl, COVIU_KEY: key, COVIU_SECRET: secret };
/** @param {string} file */
async function backEnd(file) {
  const { match } = await start(process.execPath, [file], { env, ready: /listening on (\d+)/ });
  return `http://127.0.0.1:${match[1]}`;
}
const hono = await backEnd("server/hono.mjs");
const express = await backEnd("server/express.mjs");
const browser = await launch();

for (const [sheet, path, widest] of /** @type {const} */ ([
  ["the template", "/", 1124],
  ["the template of Vite 7", "/vite7.html", 1100],
])) {
  const file = path === "/" ? "vite" : "vite7";
  for (const scheme of /** @type {const} */ (["light", "dark"])) {
    for (const width of [1280, 390]) {
      const label = `${sheet}, ${scheme}, ${width} px`;
      const { page, problems } = await open(browser, { width, scheme });
      await page.goto(`${hono}${path}`);
      await check(`${label}: the list is filled`, () => ready(page));
      await shot(page, `${file}-${scheme}-${width}`);
      await check(`${label}: the front desk has the width of its container`, () =>
        expectWidth(page, width === 390 ? 310 : widest),
      );
      await check(`${label}: contrast and targets`, () => expectAccessible(page));
      await check(`${label}: looks as on a bare page`, async () => {
        const roomWidth = await page.evaluate(
          () => document.querySelector(".coviu-front-desk")?.parentElement?.getBoundingClientRect().width ?? 0,
        );
        const { page: bare } = await open(browser, { width: Math.round(roomWidth), scheme });
        await bare.goto(`${hono}/bare.html`);
        await ready(bare);
        await expectSameLook(page, bare);
        await openFirst(page);
        await openFirst(bare);
        await shot(page, `${file}-${scheme}-${width}-details`);
        await expectSameLook(page, bare);
        await bare.context().close();
      });
      await check(`${label}: the dialog of a booking`, async () => {
        await page.goto(`${hono}${path}`);
        await page.getByRole("button", { name: "Book a session" }).click();
        const dialog = page.getByRole("dialog", { name: "Book a session" });
        await dialog.waitFor();
        await shot(page, `${file}-${scheme}-${width}-dialog`);
        const box = await dialog.boundingBox();
        expect(box && box.width >= Math.min(width - 20, 500), `it is ${box?.width} px wide`);
        await expectAccessible(page);
      });
      await check(`${label}: the console is empty`, () => expect(problems.length === 0, problems.join("\n")));
      await page.context().close();
    }
  }
}

for (const [name, url] of Object.entries({ Hono: hono, Express: express })) {
  await check(`a session is booked and canceled through ${name}`, async () => {
    const { page, problems } = await open(browser);
    await page.goto(url);
    await book(page, `Booked through ${name}`);
    await cancel(page);
    expect(problems.length === 0, problems.join("\n"));
  });
}

for (const [name, args] of Object.entries({ "vite dev": ["vite"], "vite preview": ["vite", "preview"] })) {
  await check(`a session is booked and canceled behind the short server.proxy of ${name}`, async () => {
    const { match } = await start("npx", ["--no-install", ...args, "--host", "127.0.0.1", "--port", "0"], {
      env: { BACK_END: hono },
      ready: /http:\/\/127\.0\.0\.1:\d+/,
    });
    const { page, problems } = await open(browser);
    await page.goto(match[0]);
    await ready(page);
    await book(page, `Booked behind ${name}`);
    await cancel(page);
    expect(problems.length === 0, problems.join("\n"));
  });
}

await done();
