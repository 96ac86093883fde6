// Tailwind 4 with the kit's sheet before it, after it, and in its layer between Tailwind's own.
import { check, done, expect, launch, open, run, shot, start, startSandbox } from "../browser.mjs";
import { book, expectAccessible, expectSameLook, expectWidth, openFirst, ready } from "../desk.mjs";

await check("vite build succeeds", () => run("npm", ["run", "build"]));

const { baseUrl, key, secret } = await startSandbox();
const { match } = await start(process.execPath, ["server/hono.mjs"], {
  env: { COVIU_API: baseUrl, COVIU_KEY: key, COVIU_SECRET: secret },
  ready: /listening on (\d+)/,
});
const url = `http://127.0.0.1:${match[1]}`;
const browser = await launch();

for (const order of ["kit-first", "tailwind-first", "layers"]) {
  for (const [scheme, width] of /** @type {const} */ ([
    ["light", 1280],
    ["dark", 390],
  ])) {
    const label = `${order}, ${scheme}, ${width} px`;
    const { page, problems } = await open(browser, { width, scheme });
    const { page: bare } = await open(browser, { width, scheme });
    await check(`${label}: looks as on a bare page`, async () => {
      await Promise.all([page.goto(`${url}/${order}.html`), bare.goto(`${url}/bare.html`)]);
      await Promise.all([ready(page), ready(bare)]);
      await shot(page, `tailwind-${order}-${scheme}-${width}`);
      await expectWidth(page, width);
      await expectAccessible(page);
      await expectSameLook(page, bare);
    });
    await check(`${label}: so do the details`, async () => {
      await openFirst(page);
      await openFirst(bare);
      await shot(page, `tailwind-${order}-${scheme}-${width}-details`);
      await expectSameLook(page, bare);
    });
    await check(`${label}: so does a dialog`, async () => {
      for (const each of [page, bare]) {
        await each.goto(each === page ? `${url}/${order}.html` : `${url}/bare.html`);
        await each.getByRole("button", { name: "Book a session" }).click();
        await each.getByRole("dialog", { name: "Book a session" }).waitFor();
        await ready(each);
      }
      await shot(page, `tailwind-${order}-${scheme}-${width}-dialog`);
      await expectSameLook(page, bare);
    });
    await check(`${label}: the console is empty`, () => expect(problems.length === 0, problems.join("\n")));
    await page.context().close();
    await bare.context().close();
  }
}

await check("layers: utilities on a component take effect", async () => {
  const { page } = await open(browser);
  await page.goto(`${url}/layers.html?list`);
  await ready(page);
  const { padding, background } = await page.evaluate(() => {
    const root = document.querySelector(".coviu-session-list");
    const style = root ? getComputedStyle(root) : undefined;
    return { padding: style?.padding, background: style?.backgroundColor };
  });
  expect(padding === "32px", `p-8 gives ${padding}`);
  expect(background && /oklch\(0\.936/.test(background), `bg-red-100 gives ${background}`);
});

await check("a session is booked", async () => {
  const { page, problems } = await open(browser);
  await page.goto(`${url}/layers.html`);
  await book(page, "Booked with Tailwind");
  expect(problems.length === 0, problems.join("\n"));
});

await done();
