import "../../src/styles/index.css";
import { cleanup, screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { expect } from "vitest";
import { userEvent } from "vitest/browser";

import { SessionScheduler } from "../../src/components/SessionScheduler/SessionScheduler.tsx";
import { renderWithCoviu } from "../render.tsx";
import { type Drill, faultRow } from "./faultRow.ts";

function renderForm(settings: { locale?: string; timeZone?: string } = {}) {
  cleanup();
  return renderWithCoviu(<SessionScheduler />, settings);
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const names = ["Day", "Month", "Year"] as const;
const dateValues = () => names.map((name) => field(name).value);

function bookings({ sandbox }: ReturnType<typeof renderForm>) {
  return sandbox.log.entries().flatMap(({ operation, body }) => (operation === "createSession" ? [body] : []));
}

/** Fills in the form from name to start with the keyboard. */
async function typeBooking(day: string, month: string, start: string) {
  field("Name of person 1").focus();
  await userEvent.keyboard("Dr Amara Okafor");
  field("Session name").focus();
  await userEvent.keyboard(`Knee rehab{Tab}${day}{Tab}${month}{Tab}2026{Tab}${start}`);
}

async function axeViolations(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { region: { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

faultRow("D2", "a time that clocks skip is never shifted automatically, and the two nearest times are offered", [
  {
    name: "gap × booking by keyboard",
    async run({ holds }) {
      const view = renderForm();
      await typeBooking("4", "10", "2:30");
      await holds("I6", async () => expect(await axeViolations()).toEqual([]));
      await userEvent.keyboard("{Enter}");
      await holds("I6", () => expect(screen.getByRole("group", { name: /to fix before booking$/ })).toHaveFocus());
      await userEvent.keyboard("{Tab}{Enter}");
      await holds("I6", () => expect(field("Start")).toHaveFocus());
      await userEvent.keyboard("{Tab}");
      await holds("I6", () => expect(screen.getByRole("button", { name: /^Use 3:30\sam$/ })).toHaveFocus());
      await userEvent.keyboard("{Enter}{Enter}");
      await waitFor(() => expect(bookings(view)).toHaveLength(1));
      await holds("I4", () => expect(bookings(view)).toMatchObject([{ start_time: "2026-10-03T16:30:00.000Z" }]));
    },
  },
]);

faultRow(
  "D3",
  "for a time that clocks show twice, the form asks which one is meant, and the chosen instant is sent",
  (
    [
      ["first", " ", "2026-04-04T15:30:00.000Z"],
      ["second", "{ArrowDown}", "2026-04-04T16:30:00.000Z"],
      ["second, with ArrowUp", "{ArrowUp}", "2026-04-04T16:30:00.000Z"],
    ] as const
  ).map(([choice, keys, start_time]) => ({
    name: `overlap × booking by keyboard × the ${choice}`,
    async run({ holds }: Drill) {
      const view = renderForm();
      await typeBooking("5", "4", "2:30");
      await userEvent.keyboard("{Enter}");
      await holds("I6", () => expect(screen.getByRole("group", { name: /to fix before booking$/ })).toHaveFocus());
      await userEvent.keyboard("{Tab}{Enter}");
      const group = screen.getByRole("group", { name: /^2:30\sam happens twice on Sunday 5 April/ });
      await holds("I6", () => expect(within(group).getAllByRole("radio")[0]).toHaveFocus());
      await holds("I4", () => expect(within(group).queryByRole("radio", { checked: true })).toBeNull());
      await holds("I6", async () => expect(await axeViolations()).toEqual([]));
      await userEvent.keyboard(keys);
      await holds("I6", () => expect(within(group).getByRole("radio", { checked: true })).toHaveFocus());
      await userEvent.keyboard("{Enter}");
      await waitFor(() => expect(bookings(view)).toHaveLength(1));
      await holds("I4", () => expect(bookings(view)).toMatchObject([{ start_time }]));
    },
  })),
);

faultRow("D4", "all times are in the clinic's zone, in any time zone of the computer", [
  {
    name: "browser in Los Angeles × clinic in Sydney × booking",
    async run({ holds }) {
      await holds("I4", () => expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe("America/Los_Angeles"));
      const view = renderForm();
      await typeBooking("3", "8", "10{Enter}");
      await waitFor(() => expect(bookings(view)).toHaveLength(1));
      await holds("I4", () => expect(bookings(view)).toMatchObject([{ start_time: "2026-08-03T00:00:00.000Z" }]));
    },
  },
]);

/** Copies a text with the copy command. */
async function copy(text: string) {
  const source = document.createElement("input");
  source.value = text;
  document.body.append(source);
  source.select();
  await userEvent.copy();
  source.remove();
}

const undo = () => userEvent.keyboard("{Control>}z{/Control}");

faultRow(
  "D7",
  "dates and times are typed and shown as the locale writes them, and sent in the Gregorian calendar",
  (
    [
      ["en-AU", "3/8/2026", ["12", "1", "2026"], ["3", "8", "2026"]],
      ["en-US", "8/3/2026", ["12", "1", "2026"], ["3", "8", "2026"]],
      ["ja-JP", "2026/8/3", ["12", "1", "2026"], ["3", "8", "2026"]],
      ["ar-EG", "٣/٨/٢٠٢٦", ["١٢", "١", "٢٠٢٦"], ["٣", "٨", "٢٠٢٦"]],
      ["fa-IR", "۲۰۲۶/۸/۳", ["۱۲", "۱", "۲۰۲۶"], ["۳", "۸", "۲۰۲۶"]],
    ] as const
  ).map(([locale, pasted, before, after]) => ({
    name: `${locale} × date field × typing, pasting, deleting and undoing`,
    async run({ holds }: Drill) {
      renderForm({ locale });
      await holds("I1", () => expect(dateValues()).toEqual(before));
      await copy(pasted);
      // A date can be pasted into each field, and undone.
      for (const name of names) {
        field(name).focus();
        field(name).select();
        // oxlint-disable-next-line no-await-in-loop
        await userEvent.paste();
        // oxlint-disable-next-line no-await-in-loop
        await holds("I1", () => expect(dateValues()).toEqual(after));
        // oxlint-disable-next-line no-await-in-loop
        await holds("I6", () => expect(field(name)).toHaveFocus());
        // oxlint-disable-next-line no-await-in-loop
        await undo();
        // oxlint-disable-next-line no-await-in-loop
        await holds("I1", () => expect(dateValues()).toEqual(before));
      }
      // A field can be overwritten, undone and deleted, and keeps the focus.
      field("Day").focus();
      field("Day").select();
      await userEvent.keyboard("31");
      await holds("I1", () => expect(dateValues()).toEqual(["31", ...before.slice(1)]));
      // Each key is undone separately.
      await undo();
      await undo();
      await holds("I1", () => expect(dateValues()).toEqual(before));
      field("Day").select();
      await userEvent.keyboard("{Delete}");
      await holds("I1", () => expect(dateValues()).toEqual(["", ...before.slice(1)]));
      await undo();
      await holds("I1", () => expect(dateValues()).toEqual(before));
      await holds("I6", () => expect(field("Day")).toHaveFocus());
      await holds("I6", async () => expect(await axeViolations()).toEqual([]));
    },
  })),
);
