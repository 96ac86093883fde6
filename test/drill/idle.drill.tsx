import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { expect, vi } from "vitest";

import { FrontDesk, IdleLock, type IdleLockProps } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { withCoviu } from "../render.tsx";
import type { Drill, Scenario } from "./faultRow.ts";
import { pass, timedFaultRow } from "./timedFaultRow.tsx";

const minute = 60_000;
const after = 10 * minute;

const field = () => screen.getByLabelText<HTMLInputElement>("Session name");
const warning = () => screen.queryByRole("alertdialog", { name: "Are you still there?" });
const cover = () => screen.queryByRole("alertdialog", { name: "This page is covered" });
const isHidden = () => document.documentElement.hasAttribute("data-coviu-covered");
const clickContinue = () => act(() => fireEvent.click(screen.getByRole("button", { name: /^(Continue|Try again)$/ })));

/** Renders FrontDesk with a booking that is half typed. */
async function renderDesk(onUncover?: IdleLockProps["onUncover"]) {
  const sandbox = createSandbox({ now: () => new Date(Date.now()) });
  const lock = (
    <IdleLock afterMs={after} onUncover={onUncover}>
      <FrontDesk />
    </IdleLock>
  );
  const view = render(withCoviu(lock, { sandbox, now: undefined }));
  await pass(1000);
  fireEvent.click(screen.getByRole("button", { name: "Book a session" }));
  await pass(500);
  field().focus();
  fireEvent.change(field(), { target: { value: "Knee re" } });
  fireEvent.keyDown(field(), { key: "e", code: "KeyE" });
  await pass(500);
  return { ...view, sandbox };
}

/** Advances the clock without running timers, as when the computer sleeps. */
function sleep(hours: number): void {
  vi.setSystemTime(Date.now() + hours * 60 * minute);
}

async function expectDraft({ holds }: Drill): Promise<void> {
  await holds("I1", () => expect(field()).toHaveValue("Knee re"));
  await holds("I6", () => expect(field()).toHaveFocus());
  // The form does not ask whether the draft may be discarded.
  await holds("I1", () => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
}

async function expectCovered({ holds }: Drill): Promise<void> {
  await holds("I5", () => expect(cover()).toBeVisible());
  await holds("I5", () => expect(isHidden()).toBe(true));
}

const inputs: Record<string, (target: HTMLElement) => void> = {
  "a letter key": (target) => void fireEvent.keyDown(target, { key: "x", code: "KeyX" }),
  Enter: (target) => void fireEvent.keyDown(target, { key: "Enter", code: "Enter" }),
  Esc: (target) => void fireEvent.keyDown(target, { key: "Escape", code: "Escape" }),
  "a click": (target) => void fireEvent.click(target),
};

const wakes: Record<string, () => unknown> = {
  "the page is shown": () => fireEvent(document, new Event("visibilitychange")),
  "the page returns from the history": () => fireEvent(window, new Event("pageshow")),
  "a key is pressed": () => fireEvent.keyDown(field(), { key: "x", code: "KeyX" }),
  "no event": () => pass(1000),
};

const expectUncovered = async (drill: Drill) => {
  await clickContinue();
  await pass(2000);
  await drill.holds("I3", () => expect(cover()).not.toBeInTheDocument());
  await expectDraft(drill);
};

timedFaultRow("X9", "an idle page is covered after a warning, and the draft is kept", [
  ...Object.entries(inputs).map(([name, input]): Scenario => ({
    name: `in the warning × a booking half typed × ${name}`,
    async run(drill) {
      const { sandbox } = await renderDesk();
      await pass(9.5 * minute, 5000);
      await drill.holds("I3", () => expect(warning()).toBeVisible());
      sandbox.log.clear();
      act(() => input(screen.getByRole("button", { name: "Keep it open" })));
      await drill.holds("I3", () => expect(warning()).not.toBeInTheDocument());
      await expectDraft(drill);
      await drill.holds("I2", () => expect(sandbox.log.count({ operation: "createSession" })).toBe(0));
      await pass(8.9 * minute, 5000);
      await drill.holds("I3", () => expect(warning()).not.toBeInTheDocument());
    },
  })),
  ...Object.entries(wakes).map(([name, wake]): Scenario => ({
    name: `after a night’s sleep × a booking half typed × ${name}`,
    async run(drill) {
      await renderDesk();
      await pass(minute, 5000);
      sleep(9);
      await act(async () => void (await wake()));
      await expectCovered(drill);
      await expectUncovered(drill);
    },
  })),
  {
    name: "covered in the warning’s last second × signed out × signed in again elsewhere",
    async run(drill) {
      const { sandbox } = await renderDesk();
      await pass(after, 5000);
      await expectCovered(drill);
      sandbox.faults.next({ status: 401, times: Infinity });
      await clickContinue();
      await pass(2000);
      await expectCovered(drill);
      await drill.holds("I3", () =>
        expect(within(cover() ?? document.body).getByText("You’re not signed in")).toBeVisible(),
      );
      sandbox.faults.clear();
      await expectUncovered(drill);
    },
  },
  {
    name: "covered × service unreachable × reachable again",
    async run(drill) {
      const { sandbox } = await renderDesk();
      await pass(after, 5000);
      sandbox.faults.offline(true);
      await clickContinue();
      await pass(40_000, 2000);
      await expectCovered(drill);
      await drill.holds("I3", () =>
        expect(screen.getByRole("alert")).toHaveTextContent("We couldn’t reach the service"),
      );
      sandbox.faults.offline(false);
      await expectUncovered(drill);
    },
  },
  {
    name: "covered × onUncover of the app × rejects, then resolves",
    async run(drill) {
      const onUncover = vi.fn<() => Promise<void>>();
      await renderDesk(onUncover);
      await pass(after, 5000);
      onUncover.mockRejectedValueOnce(new Error("wrong"));
      await clickContinue();
      await pass(1000);
      await expectCovered(drill);
      await expectUncovered(drill);
    },
  },
  {
    name: "covered × the clock is set back a day × stays covered",
    async run(drill) {
      await renderDesk();
      await pass(after, 5000);
      sleep(-24);
      await pass(minute, 5000);
      await expectCovered(drill);
      await expectUncovered(drill);
    },
  },
  {
    name: "half typed × the clock is set back a day × covered after the idle time",
    async run(drill) {
      await renderDesk();
      await pass(minute, 5000);
      sleep(-24);
      await pass(9 * minute, 5000);
      await expectCovered(drill);
      await expectUncovered(drill);
    },
  },
  {
    name: "covered while a booking is sent × booked once",
    async run({ holds }) {
      const { sandbox } = await renderDesk();
      for (const [name, value] of Object.entries({
        Day: "13",
        Month: "1",
        Year: "2026",
        Start: "10",
        "Name of person 1": "Dr Amara Okafor",
      })) {
        fireEvent.change(screen.getByLabelText(name), { target: { value } });
      }
      sandbox.faults.next({ operation: "createSession", delayMs: 5000 });
      const book = within(screen.getByRole("dialog")).getByRole("button", { name: "Book session" });
      await act(() => fireEvent.click(book));
      sleep(1);
      await pass(10_000);
      await holds("I5", () => expect(cover()).toBeVisible());
      await clickContinue();
      await pass(2000);
      await holds("I3", () => expect(cover()).not.toBeInTheDocument());
      await holds("I2", () => expect(sandbox.log.count({ operation: "createSession", status: 200 })).toBe(1));
      await holds("I2", () => expect(screen.queryByLabelText("Session name")).not.toBeInTheDocument());
    },
  },
]);
