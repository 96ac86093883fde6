import { listSessions } from "../../src/core.ts";
import { serverOf } from "./serverOf.ts";
import { expect, test } from "./watched.ts";

test("a whole booking is done with the keyboard alone", async ({ page, context }, { project }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { api = "" } = project.metadata;
  await page.goto(`/?api=${encodeURIComponent(api)}`);
  await expect(page.getByRole("button", { name: "Case conference" })).toBeVisible();
  const { keyboard } = page;

  async function tabTo(role: "button" | "textbox" | "combobox" | "radio", name: string) {
    const target = page.getByRole(role, { name, exact: true });
    for (let presses = 0; presses < 60; presses += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await keyboard.press("Tab");
    }
    throw new Error(`${name} can't be reached with Tab`);
  }

  await tabTo("button", "Book a session");
  await keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Session name" })).toBeFocused();

  // An empty form shows a summary of problems, which has the focus.
  await keyboard.press("Enter");
  await expect(page.getByRole("group", { name: /to fix before booking$/ })).toBeFocused();
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Session name" })).toBeFocused();

  const name = `By keyboard, ${project.name}`;
  await keyboard.type(name);
  await tabTo("textbox", "Day");
  const date = new Date(Date.now() + 48 * 3_600_000);
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type(String(date.getUTCDate()));
  await tabTo("textbox", "Month");
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type(String(date.getUTCMonth() + 1));
  await tabTo("textbox", "Year");
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type(String(date.getUTCFullYear()));
  await tabTo("textbox", "Start");
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type("9:30 am");
  await tabTo("radio", "30 min");
  await keyboard.press("ArrowRight");
  await tabTo("textbox", "Name of person 1");
  await keyboard.type("Siobhán O’Neill");
  await tabTo("textbox", "Name of person 2");
  await keyboard.type("Yusuf Al-Masri");
  await tabTo("button", "Add a person");
  await keyboard.press("Space");
  await expect(page.getByRole("textbox", { name: "Name of person 3" })).toBeFocused();
  await keyboard.type("Layla Haddad");
  await keyboard.press("Enter");

  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("heading", { name })).toBeFocused();
  await expect(page.locator(".coviu-session-details")).toContainText(/9:30 – 10:15\sam/);

  // Copying a host's link asks first, and the safe button has the focus.
  await tabTo("button", "Copy host link for Siobhán O’Neill");
  await keyboard.press("Enter");
  await expect(page.getByRole("alertdialog").getByRole("button", { name: "Go back" })).toBeFocused();
  await keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Copy host link for Siobhán O’Neill" })).toBeFocused();

  await tabTo("button", "Copy link for Layla Haddad");
  await keyboard.press("Enter");
  await expect(page.getByText("Link for Layla Haddad (guest) copied").first()).toBeVisible();
  const { content } = await listSessions(serverOf(project.metadata).client, { start_time: new Date().toISOString() });
  const participants = content.find(({ session_name }) => session_name === name)?.participants;
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    participants?.find(({ display_name }) => display_name === "Layla Haddad")?.entry_url,
  );
});
