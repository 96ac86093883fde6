import { act, fireEvent, render, screen, within } from "@testing-library/react";
import { StrictMode } from "react";
import { expect, vi } from "vitest";

import { createCoviuClient, CoviuProvider, FrontDesk, IdleLock, type IdleLockProps } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import type { Drill, Scenario } from "./faultRow.ts";
import { pass, rowInTime } from "./lifeTime.tsx";

const minute = 60_000;
const after = 10 * minute;

const field = () => screen.getByLabelText<HTMLInputElement>("Session name");
const warning = () => screen.queryByRole("alertdialog", { name: "Are you still there?" });
const cover = () => screen.queryByRole("alertdialog", { name: "This page is covered" });
const isHidden = () => document.documentElement.hasAttribute("data-coviu-covered");
const goOn = () => act(() => fireEvent.click(screen.getByRole("button", { name: /^(Continue|Try again)$/ })));

/** A desk on which a booking is half typed. */
async function desk(onUncover?: IdleLockProps["onUncover"]) {
  const sandbox = createSandbox({ now: () => new Date(Date.now()) });
  const view = render(
    <StrictMode>
      <CoviuProvider client={createCoviuClient(sandbox)} timeZone="Australia/Sydney" locale="en-AU">
        <IdleLock after={after} onUncover={onUncover}>
          <FrontDesk />
        </IdleLock>
      </CoviuProvider>
    </StrictMode>,
  );
  await pass(1000);
  fireEvent.click(screen.getByRole("button", { name: "Book a session" }));
  await pass(500);
  field().focus();
  fireEvent.change(field(), { target: { value: "Knee re" } });
  fireEvent.keyDown(field(), { key: "e", code: "KeyE" });
  await pass(500);
  return { ...view, sandbox };
}

/** The computer sleeps: the wall's clock goes on, no timer runs. */
function sleep(hours: number): void {
  vi.setSystemTime(Date.now() + hours * 60 * minute);
}

async function draftIsKept({ holds }: Drill): Promise<void> {
  await holds("I1", () => expect(field()).toHaveValue("Knee re"));
  await holds("I6", () => expect(field()).toHaveFocus());
  // Nobody was asked whether it may go.
  await holds("I1", () => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
}

async function isCovered({ holds }: Drill): Promise<void> {
  await holds("I5", () => expect(cover()).toBeVisible());
  await holds("I5", () => expect(isHidden()).toBe(true));
}

const answers: Record<string, (target: HTMLElement) => void> = {
  "a letter": (target) => void fireEvent.keyDown(target, { key: "x", code: "KeyX" }),
  Enter: (target) => void fireEvent.keyDown(target, { key: "Enter", code: "Enter" }),
  Esc: (target) => void fireEvent.keyDown(target, { key: "Escape", code: "Escape" }),
  "a click": (target) => void fireEvent.click(target),
};

const wakes: Record<string, () => unknown> = {
  "the page is shown": () => fireEvent(document, new Event("visibilitychange")),
  "it comes back from the history": () => fireEvent(window, new Event("pageshow")),
  "somebody types": () => fireEvent.keyDown(field(), { key: "x", code: "KeyX" }),
  "nothing tells": () => pass(1000),
};

const confirmed = async (drill: Drill) => {
  await goOn();
  await pass(2000);
  await drill.holds("I3", () => expect(cover()).not.toBeInTheDocument());
  await draftIsKept(drill);
};

rowInTime("X9", "a page that nobody uses is covered after a warning, and what was typed is kept", [
  ...Object.entries(answers).map(([name, answer]): Scenario => ({
    name: `in the warning × a booking half typed × ${name}`,
    async run(drill) {
      const { sandbox } = await desk();
      await pass(9.5 * minute, 5000);
      await drill.holds("I3", () => expect(warning()).toBeVisible());
      sandbox.log.clear();
      act(() => answer(screen.getByRole("button", { name: "Keep it open" })));
      await drill.holds("I3", () => expect(warning()).not.toBeInTheDocument());
      await draftIsKept(drill);
      await drill.holds("I2", () => expect(sandbox.log.count({ operation: "createSession" })).toBe(0));
      await pass(8.9 * minute, 5000);
      await drill.holds("I3", () => expect(warning()).not.toBeInTheDocument());
    },
  })),
  ...Object.entries(wakes).map(([name, wake]): Scenario => ({
    name: `after a night’s sleep × a booking half typed × ${name}`,
    async run(drill) {
      await desk();
      await pass(minute, 5000);
      sleep(9);
      await act(async () => void (await wake()));
      await isCovered(drill);
      await confirmed(drill);
    },
  })),
  {
    name: "covered in the warning’s last second × sign-in over × signed in again elsewhere",
    async run(drill) {
      const { sandbox } = await desk();
      await pass(after, 5000);
      await isCovered(drill);
      sandbox.faults.next({ status: 401, times: Infinity });
      await goOn();
      await pass(2000);
      await isCovered(drill);
      await drill.holds("I3", () =>
        expect(within(cover() ?? document.body).getByText("You’re not signed in")).toBeVisible(),
      );
      sandbox.faults.clear();
      await confirmed(drill);
    },
  },
  {
    name: "covered × service out of reach × a cable back in its place",
    async run(drill) {
      const { sandbox } = await desk();
      await pass(after, 5000);
      sandbox.faults.offline(true);
      await goOn();
      await pass(40_000, 2000);
      await isCovered(drill);
      await drill.holds("I3", () =>
        expect(screen.getByRole("alert")).toHaveTextContent("We couldn’t reach the service"),
      );
      sandbox.faults.offline(false);
      await confirmed(drill);
    },
  },
  {
    name: "covered × a sign-in of the host’s × refused, then given",
    async run(drill) {
      const onUncover = vi.fn<() => Promise<void>>();
      await desk(onUncover);
      await pass(after, 5000);
      onUncover.mockRejectedValueOnce(new Error("wrong"));
      await goOn();
      await pass(1000);
      await isCovered(drill);
      await confirmed(drill);
    },
  },
  {
    name: "covered × the clock is set back a day × stays covered",
    async run(drill) {
      await desk();
      await pass(after, 5000);
      sleep(-24);
      await pass(minute, 5000);
      await isCovered(drill);
      await confirmed(drill);
    },
  },
  {
    name: "half typed × the clock is set back a day × covered when its time has come",
    async run(drill) {
      await desk();
      await pass(minute, 5000);
      sleep(-24);
      await pass(9 * minute, 5000);
      await isCovered(drill);
      await confirmed(drill);
    },
  },
  {
    name: "covered while a booking is on its way × it is booked once",
    async run({ holds }) {
      const { sandbox } = await desk();
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
      await goOn();
      await pass(2000);
      await holds("I3", () => expect(cover()).not.toBeInTheDocument());
      await holds("I2", () => expect(sandbox.log.count({ operation: "createSession", status: 200 })).toBe(1));
      await holds("I2", () => expect(screen.queryByLabelText("Session name")).not.toBeInTheDocument());
    },
  },
]);
