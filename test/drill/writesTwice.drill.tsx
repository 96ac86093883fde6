import { fireEvent } from "@testing-library/react";
import { expect } from "vitest";

import type { Session } from "../../src/api/schemas.ts";
import { PendingWrites } from "../../src/components/PendingWrites/PendingWrites.tsx";
import { sessionSchedulerMessages } from "../../src/components/SessionScheduler/messages.ts";
import { SchedulerNotices } from "../../src/components/SessionScheduler/SchedulerNotices.tsx";
import { SessionScheduler } from "../../src/components/SessionScheduler/SessionScheduler.tsx";
import { SessionSchedulerRoot } from "../../src/components/SessionScheduler/SessionSchedulerRoot.tsx";
import { useSessionScheduler } from "../../src/components/SessionScheduler/useSessionScheduler.ts";
import { type Drill, faultRow } from "./faultRow.ts";
import { button, type Fate, pass, press, randomOf, type Rig, screenText, until, withRig } from "./writesHarness.tsx";

const posting = /\/sessions$/;

/** What is booked: a copy, so that nothing has to be typed. */
const copyOf: Session = {
  session_id: "before",
  session_name: "Knee rehab",
  start_time: "2026-01-05T23:00:00.000Z",
  end_time: "2026-01-05T23:30:00.000Z",
  participants: [{ participant_id: "before", display_name: "Dr Amara Okafor", role: "HOST" }],
};

/** The form without its fields. */
function Booking() {
  const form = useSessionScheduler({ copyOf });
  return (
    <div>
      <SessionSchedulerRoot form={form} text={sessionSchedulerMessages} id="form">
        <SchedulerNotices />
      </SessionSchedulerRoot>
      <p>Entered: {form.draft.name}</p>
      {form.kind === "booking" && !form.unconfirmed && (
        <button type="button" aria-busy={form.busy} onClick={form.submit}>
          Book session
        </button>
      )}
    </div>
  );
}

const kinds: Record<string, (late: number) => Fate> = {
  "never arrives": () => "lost",
  "arrives, answer lost": () => "cut",
  "arrives late, by up to 20 s": (late) => ({ late }),
  "is answered late, by up to 20 s": (slow) => ({ slow }),
  "is done, and answered with 503": () => ({ status: 503, done: true }),
  "is not done, and answered with 503": () => ({ status: 503, done: false }),
  "is done, and answered with 408": () => ({ status: 408, done: true }),
  "is done, and answered with a page of HTML": () => "garbage",
};

const isBooked = () => screenText().includes("Session booked.");
const isTold = () => screenText().includes("booked twice");

/** Somebody books one session, over a network that loses things, and decides whatever comes to mind. */
async function history(rig: Rig, { seed, holds }: Drill, kind: string, isWhole = false): Promise<void> {
  const random = randomOf(seed);
  const oneOf = <Item,>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  const fateOf = (name = ""): Fate => kinds[name]?.(Math.floor(random() * 20_000)) ?? "fine";
  const form = isWhole ? <SessionScheduler copyOf={copyOf} /> : <Booking />;
  const screens = (
    <>
      <PendingWrites />
      {form}
    </>
  );
  if (isWhole) rig.showStrictly(screens);
  else rig.show(screens);
  await pass();
  rig.next("POST", posting, fateOf(kind));
  rig.next("POST", posting, () => fateOf(oneOf([...Object.keys(kinds), "fine", "fine"])), 20);
  const lossRate = oneOf([0, 0.1, 0.5]) ?? 0;
  rig.next("GET", posting, () => (random() < lossRate ? "lost" : "fine"), 500);

  for (let step = 0; step < 8 && !isBooked(); step += 1) {
    const decision = button("Book session") ? "Book session" : oneOf(["Check again", "Book anyway", "wait", "online"]);
    if (decision === "online") fireEvent(window, new Event("online"));
    else if (decision !== "wait") press(decision ?? "");
    await pass(decision === "wait" ? Math.floor(random() * 15_000) : 0);
    const took = await until(
      () => !document.querySelector("[aria-busy=true]") && (isBooked() || document.querySelector("[role=alert]")),
    );
    await holds("I3", () => expect(took).toBeLessThanOrEqual(35_000));
    const made = await rig.sessions();
    if (isBooked()) await holds("I4", () => expect(made).not.toEqual([]));
    else if (!isWhole) await holds("I1", () => expect(screenText()).toContain("Entered: Knee rehab"));
  }
  // Every delayed request arrives, and the last late check ends.
  for (let time = 0; time < 160; time += 20) await pass(20_000);
  const made = await rig.sessions();
  await holds("I2", () =>
    expect({ isTwice: made.length > 1, isTold: isTold() }).toEqual({
      isTwice: made.length > 1,
      isTold: made.length > 1,
    }),
  );
  // One after the other, until only one is left.
  for (let left = made.length - 1; left > 0 && button("Cancel one of them"); left -= 1) {
    press("Cancel one of them");
    await until(() => button(/^Cancel \d/));
    press(/^Cancel \d/);
    await until(() => !button(/^Cancel \d/), 5000);
    await pass(2000);
    await holds("I2", async () => expect(await rig.sessions()).toHaveLength(left));
    await holds("I2", () => expect(isTold()).toBe(left > 1));
  }
}

faultRow("W3", "a booking whose answer is lost is never made twice unseen", [
  ...Object.keys(kinds).map((kind) => ({
    name: `create ${kind} × then anything × any decisions of a person`,
    runs: 12,
    run: (drill: Drill) => withRig(history)(drill, kind),
  })),
  {
    name: "create arrives late × then anything × any decisions, with the whole form",
    runs: 3,
    run: (drill) => withRig(history)(drill, "arrives late, by up to 20 s", true),
  },
]);
