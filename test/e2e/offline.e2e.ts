import { expect, test } from "./watched.ts";

test("a booking offline sends nothing, keeps the typed text, and succeeds online", async ({ page, context }, {
  project,
}) => {
  const { api = "" } = project.metadata;
  await page.goto(`/?api=${encodeURIComponent(api)}`);
  await expect(page.getByRole("button", { name: "Case conference" })).toBeVisible();
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));

  const name = `Without a network, ${project.name}`;
  await page.getByRole("button", { name: "Book a session" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Session name").fill(name);
  await form.getByLabel("Name of person 1").fill("Dr Amara Okafor");
  await form.getByLabel("Name of person 2").fill("Ana Lee");
  await context.setOffline(true);
  await form.getByRole("button", { name: "Book session" }).click();
  await expect(form.getByRole("alert")).toContainText("You’re offline");
  await expect(form.getByLabel("Session name")).toHaveValue(name);
  await expect(form.getByLabel("Name of person 2")).toHaveValue("Ana Lee");

  await context.setOffline(false);
  expect(posts).toEqual([]);
  await form.getByRole("button", { name: "Book session" }).click();
  await expect(page.locator(".coviu-session-details").getByRole("heading", { name })).toBeVisible();
  expect(posts).toHaveLength(1);
});
