import { expect, test } from "playwright/test";

import { toWallClock } from "../../src/core.ts";
import { launchOptions } from "../scripts/chromium.mjs";

const { args, ...launch } = launchOptions();
// On plain HTTP, pages of a host name other than localhost have no randomUUID, no subtle and no clipboard.
test.use({ launchOptions: { ...launch, args: [...args, "--host-resolver-rules=MAP clinic.test 127.0.0.1"] } });

test("on plain HTTP a session is booked and canceled in the sandbox, and an entry link is selected for copying", async ({
  page,
  baseURL,
}) => {
  const problems: string[] = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(`http://clinic.test:${new URL(baseURL ?? "").port}/sandbox.html`);
  expect(
    await page.evaluate(() => [
      isSecureContext,
      "randomUUID" in crypto,
      "subtle" in crypto,
      "clipboard" in navigator,
      "locks" in navigator,
      "serviceWorker" in navigator,
    ]),
  ).toEqual([false, false, false, false, false, false]);
  await expect(page.getByRole("button", { name: "Case conference" })).toBeVisible();

  await page.getByRole("button", { name: "Book a session" }).click();
  const form = page.getByRole("dialog", { name: "Book a session" });
  const day = toWallClock(new Date(Date.now() + 2 * 86_400_000), "Australia/Sydney");
  await form.getByLabel("Session name").fill("Knee check");
  await form.getByLabel("Day").fill(String(day.day));
  await form.getByLabel("Month").fill(String(day.month));
  await form.getByLabel("Year").fill(String(day.year));
  await form.getByLabel("Start", { exact: true }).fill("10");
  await form.getByLabel("Name of person 1").fill("Dr Amara Okafor");
  await form.getByLabel("Role of Dr Amara Okafor").selectOption("Host");
  await form.getByLabel("Name of person 2").fill("Ana Lee");
  await form.getByRole("button", { name: "Book session" }).click();
  await expect(form).toBeHidden();
  const details = page.locator(".coviu-session-details");
  await expect(details.getByRole("heading", { name: "Knee check" })).toBeVisible();

  // The entry link is hidden until the user shows it, and is then selected in a field.
  await details.getByRole("button", { name: "Copy link for Ana Lee" }).click();
  await expect(details.getByText(/^Your browser didn’t allow copying/).first()).toBeVisible();
  await expect(details.getByRole("textbox")).toHaveCount(0);
  await details.getByRole("button", { name: "Show link for Ana Lee" }).click();
  const field = details.getByRole("textbox", { name: "Entry link for Ana Lee" });
  await expect(field).toHaveValue(/^https:\/\//);
  await expect(field).toBeFocused();
  const selected = await field.evaluate((input) => {
    if (!(input instanceof HTMLInputElement)) throw new TypeError("the entry link is not in an input");
    return input.value.slice(input.selectionStart ?? 0, input.selectionEnd ?? 0) === input.value;
  });
  expect(selected).toBe(true);

  await details.getByRole("button", { name: "Cancel session" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Cancel .* with/ })
    .click();
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await page.getByRole("tab", { name: /^Canceled/ }).click();
  await expect(page.locator(".coviu-session-row", { hasText: "Knee check" })).toBeVisible();
  expect(problems).toEqual([]);
});
