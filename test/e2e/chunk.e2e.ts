import { expect, test } from "./watched.ts";

test("a session is booked and canceled where what watches over writes can't be loaded", async ({ page }, {
  project,
}) => {
  const { api = "" } = project.metadata;
  const missing: string[] = [];
  await page.route(/followed|watch-/, (route) => {
    missing.push(route.request().url());
    return route.abort();
  });
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  await page.goto(`/?api=${encodeURIComponent(api)}`);
  await expect(page.getByRole("button", { name: "Case conference" })).toBeVisible();

  const name = `Without a chunk, ${project.name}`;
  await page.getByRole("button", { name: "Book a session" }).click();
  const form = page.getByRole("dialog", { name: "Book a session" });
  await form.getByLabel("Session name").fill(name);
  await form.getByLabel("Name of person 1").fill("Dr Amara Okafor");
  await form.getByRole("button", { name: "Book session" }).click();
  const details = page.locator(".coviu-session-details");
  await expect(details.getByRole("heading", { name })).toBeVisible();
  await expect(page.locator(".coviu-session-list").getByText(name)).toBeVisible();
  expect(posts).toHaveLength(1);

  await details.getByRole("button", { name: "Cancel session" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Cancel/ })
    .click();
  await expect(page.locator(".coviu-session-list").getByText(name)).toBeHidden();
  expect(missing.map((url) => url.replace(/.*\/(\w+)-.*/, "$1"))).toEqual(
    expect.arrayContaining(["followed", "watch"]),
  );
});

test("says so where what tokens need can't be loaded, and works with the next load of the page", async ({ page }, {
  project,
}) => {
  const { api = "" } = project.metadata;
  await page.route(/authorized/, (route) => route.abort());
  await page.goto(`/?api=${encodeURIComponent(api)}`);
  await expect(page.getByText("We couldn’t check your sign-in", { exact: true })).toBeVisible();
  await page.unroute(/authorized/);
  // Chromium asks for a module once: what failed stays failed until the page is loaded again.
  await page.reload();
  await expect(page.getByRole("button", { name: "Case conference" })).toBeVisible();
});
