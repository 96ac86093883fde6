import "./daySheet.css";
import type { Meta, StoryObj } from "@storybook/react-vite";
import { type ReactElement, type ReactNode, useState } from "react";
import { expect, userEvent, waitFor, within } from "storybook/test";

import { CoviuProvider, type CoviuProviderProps, FrontDesk, IdleLock, SessionList, useCoviu } from "../../src/index.ts";
import { arabic } from "./arabic.ts";
// oxlint-disable-next-line import/default -- with ?raw Vite returns the text of the file
import source from "./DaySheet.tsx?raw";
import { DaySheet } from "./DaySheet.tsx";
import { german } from "./german.ts";
import { saveClock, skipTime } from "./skipTime.ts";

const meta: Meta = {
  title: "Compose your own screen",
  // Guide.mdx is its page.
  tags: ["!autodocs"],
  parameters: { controls: { disable: true } },
};
export default meta;

type Story = StoryObj;

/** Hooks only: today’s sessions, details of one, its links, renaming and canceling. Copy it as a start. */
export const FromHooks: Story = {
  render: () => <DaySheet />,
  parameters: {
    ownScreen: true,
    docs: { ...code(source.replace("../../src/index.ts", "coviu-react")), story: { inline: true } },
  },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: /Knee rehab follow-up$/ }));
    await userEvent.click(await canvas.findByRole("button", { name: "Copy link for Tāne Wihongi" }));
    await expect(await canvas.findByText("Copied")).toBeVisible();

    const name = canvas.getByRole("textbox", { name: "Name" });
    await userEvent.clear(name);
    await userEvent.type(name, "Knee rehab, last visit");
    await userEvent.click(canvas.getByRole("button", { name: "Rename" }));
    await expect(await canvas.findByRole("heading", { name: "Knee rehab, last visit" })).toBeVisible();
    await expect(canvas.getByRole("button", { name: /Knee rehab, last visit$/ })).toBeVisible();
  },
};

export const FromHooksCanceling: Story = {
  ...FromHooks,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: /Knee rehab follow-up$/ }));
    const cancel = await canvas.findByRole("button", { name: "Cancel this session" });
    await userEvent.click(cancel);
    const keep = canvas.getByRole("button", { name: "Keep it" });
    await expect(keep).toHaveFocus();
    await userEvent.click(keep);
    await expect(cancel).toHaveFocus();
    await userEvent.click(cancel);
    await userEvent.click(canvas.getByRole("button", { name: "Yes, cancel it" }));
    await expect(await canvas.findByText("canceled")).toBeVisible();
    await waitFor(() => expect(canvas.queryByRole("button", { name: /Knee rehab follow-up$/ })).toBeNull());
    await expect(canvas.getAllByText("No link to copy")).toHaveLength(2);
  },
};

export const FromHooksRefused: Story = {
  ...FromHooks,
  tags: ["!autodocs"],
  parameters: { ...FromHooks.parameters, clipboard: "refuses" },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: /Knee rehab follow-up$/ }));
    await userEvent.click(await canvas.findByRole("button", { name: "Copy link for Tāne Wihongi" }));
    await expect(await canvas.findByText(/^Not copied: the browser refused/)).toBeVisible();
    const field = canvas.getByRole<HTMLInputElement>("textbox", { name: "Link for Tāne Wihongi" });
    await expect(field).toHaveFocus();
    await expect(field.selectionEnd).toBe(field.value.length);

    const name = canvas.getByRole("textbox", { name: "Name" });
    await userEvent.clear(name);
    await userEvent.type(name, "   ");
    await userEvent.click(canvas.getByRole("button", { name: "Rename" }));
    await expect(name).toBeInvalid();
    await expect(canvas.getByRole("heading", { name: "Knee rehab follow-up" })).toBeVisible();
  },
};

function Branded() {
  const [dialogs, setDialogs] = useState<HTMLElement | null>(null);
  return (
    <div className="example-brand" ref={setDialogs}>
      <WithSettings portalContainer={dialogs ?? undefined}>
        <FrontDesk joinAs="clinician-chen" />
      </WithSettings>
    </div>
  );
}

/** Two properties on any ancestor. On `:root` they apply to dialogs too. Elsewhere, set `portalContainer` for dialogs. */
export const YourBrand: Story = {
  render: () => <Branded />,
  parameters: {
    docs: code(".your-app {\n  --coviu-brand: #8a2f6b;\n  --coviu-radius: 16px;\n}\n", "css"),
  },
};

export const YourBrandSessionChosen: Story = {
  ...YourBrand,
  play: async ({ canvas }) => {
    const book = await canvas.findByRole("button", { name: "Book a session" });
    await expect(getComputedStyle(book).getPropertyValue("--coviu-base")).toBe("#8a2f6b");
    await userEvent.click(await canvas.findByRole("button", { name: "Speech therapy with interpreter" }));
    await canvas.findByRole("heading", { name: /^People/ });
  },
};

export const YourBrandInDialogs: Story = {
  ...YourBrand,
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Book a session" }));
    const dialog = await within(canvasElement.ownerDocument.body).findByRole("dialog");
    await expect(getComputedStyle(dialog).getPropertyValue("--coviu-base")).toBe("#8a2f6b");
  },
};

/** All texts at once from the provider, one text of one component as a prop. */
export const German: Story = {
  globals: { locale: "de" },
  render: () => (
    <WithSettings messages={german}>
      <FrontDesk joinAs="clinician-chen" messages={{ book: "Neue Sitzung" }} />
    </WithSettings>
  ),
  parameters: {
    docs: code(`<CoviuProvider client={client} timeZone="Europe/Berlin" locale="de" messages={{ sessionList: { label: "Sitzungen", … }, … }}>
  <FrontDesk messages={{ book: "Neue Sitzung" }} />
</CoviuProvider>`),
  },
};

export const GermanSessionChosen: Story = {
  ...German,
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole("button", { name: "Neue Sitzung" })).toBeVisible();
    await expect(await canvas.findByText(/Montag, 12\. Januar 2026/)).toBeVisible();
    await userEvent.click(await canvas.findByRole("button", { name: "Speech therapy with interpreter" }));
    await expect(await canvas.findByRole("heading", { name: /^Personen/ })).toBeVisible();
    await expect(canvas.getByRole("button", { name: "Link kopieren für Layla Haddad" })).toBeVisible();
  },
};

/** The direction comes from your page’s `dir`. Names and times keep their own direction in a message. */
export const ArabicRightToLeft: Story = {
  globals: { locale: "ar", direction: "rtl" },
  render: () => (
    <WithSettings messages={arabic}>
      <FrontDesk joinAs="clinician-chen" />
    </WithSettings>
  ),
  parameters: {
    docs: code(`<div dir="rtl" lang="ar">
  <CoviuProvider client={client} timeZone="Australia/Sydney" locale="ar" messages={arabic}>
    <FrontDesk />
  </CoviuProvider>
</div>`),
  },
};

export const ArabicSessionChosen: Story = {
  ...ArabicRightToLeft,
  play: async ({ canvas }) => {
    const book = await canvas.findByRole("button", { name: "حجز جلسة" });
    await expect(getComputedStyle(book).direction).toBe("rtl");
    await userEvent.click(await canvas.findByRole("button", { name: "Speech therapy with interpreter" }));
    await expect(await canvas.findByRole("heading", { name: /^الأشخاص/ })).toBeVisible();
    await expect(canvas.getByRole("button", { name: "نسخ الرابط: Layla Haddad" })).toBeVisible();
  },
};

/** The banner in another language and direction. */
export const GermanSignedOut: Story = {
  ...German,
  parameters: { sandbox: { faults: [{ status: 401, times: Infinity }] } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText("Sie sind nicht angemeldet")).toBeVisible();
    await expect(await canvas.findByText("Wartet auf die Anmeldung")).toBeVisible();
  },
};

export const ArabicSignedOut: Story = {
  ...ArabicRightToLeft,
  parameters: { sandbox: { faults: [{ status: 401, times: Infinity }] } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText("لم تسجّل الدخول")).toBeVisible();
    await expect(await canvas.findByText("بانتظار تسجيل الدخول")).toBeVisible();
  },
};

/** Every text of the form is translated. */
export const ArabicBooking: Story = {
  ...ArabicRightToLeft,
  play: async ({ canvas, canvasElement }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "حجز جلسة" }));
    const dialog = await within(canvasElement.ownerDocument.body).findByRole("dialog");
    await userEvent.click(within(dialog).getByRole("button", { name: "خيارات أخرى" }));
    await userEvent.click(within(dialog).getByRole("button", { name: "حجز الجلسة" }));
    await within(dialog).findByText(/^ما يجب تصحيحه قبل الحجز/);
    const latin = new Set(dialog.textContent.match(/[a-z]{3,}/gi));
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    for (const untranslated of ["Sydney", "UTC", "https", ...timeZone.split(/[/_]/)]) latin.delete(untranslated);
    await expect([...latin]).toEqual([]);
  },
};

/** An idle page in another language and direction. */
export const GermanIdle: Story = {
  ...German,
  beforeEach: saveClock,
  render: () => idle(german),
  play: ({ canvasElement }) => isWarned("Sind Sie noch da?", canvasElement),
};

export const ArabicIdle: Story = {
  ...ArabicRightToLeft,
  beforeEach: saveClock,
  render: () => idle(arabic),
  play: ({ canvasElement }) => isWarned("هل ما زلت هنا؟", canvasElement),
};

function idle(messages: CoviuProviderProps["messages"]): ReactElement {
  return (
    <WithSettings messages={messages}>
      <IdleLock afterMs={10 * 60_000}>
        <SessionList />
      </IdleLock>
    </WithSettings>
  );
}

async function isWarned(title: string, { ownerDocument: { body } }: HTMLElement): Promise<void> {
  await waitFor(() => expect(body.querySelector("[data-state=ready]")).not.toBeNull());
  skipTime(9.5 * 60_000);
  const warning = await within(body).findByRole("alertdialog", undefined, { timeout: 5000 });
  await expect(warning).toHaveAccessibleName(title);
  await expect(warning.lang).toBe(body.querySelector<HTMLElement>("[lang]")?.lang);
  await expect(getComputedStyle(warning).direction).toBe(
    getComputedStyle(body.querySelector(".frame") ?? body).direction,
  );
}

interface WithSettingsProps extends Pick<CoviuProviderProps, "messages" | "portalContainer"> {
  children: ReactNode;
}

/** Second provider with more settings. An app passes them to its only provider. */
function WithSettings({ children, ...settings }: WithSettingsProps) {
  const { client, timeZone, locale, now } = useCoviu();
  return (
    <CoviuProvider client={client} timeZone={timeZone} locale={locale} now={now} {...settings}>
      {children}
    </CoviuProvider>
  );
}

/** Settings of whole screens on the docs page: each in a frame, without `play`, whose focus would scroll the page. */
function code(text: string, language = "tsx") {
  return { source: { code: text, language }, story: { inline: false, height: "680px" } };
}
