import { expect, test } from "./watched.ts";

test("dialogs still open where the part that makes them modal can't be loaded", async ({ page }, { project }) => {
  const { api = "" } = project.metadata;
  await page.route(/ModalDialog/, (route) => route.abort());
  await page.goto(`/?api=${encodeURIComponent(api)}`);
  await expect(page.getByRole("button", { name: "Case conference" })).toBeVisible();

  const book = page.getByRole("button", { name: "Book a session" });
  await book.click();
  const form = page.getByRole("dialog", { name: "Book a session" });
  await expect(form.getByLabel("Session name")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(form).toBeHidden();
  await expect(book).toBeFocused();

  const name = `Without a chunk, ${project.name}`;
  await book.click();
  await form.getByLabel("Session name").fill(name);
  await form.getByLabel("Name of person 1").fill("Dr Amara Okafor");
  await form.getByRole("button", { name: "Book session" }).click();
  await expect(page.locator(".coviu-session-details").getByRole("heading", { name })).toBeVisible();
});
