import { fireEvent } from "@testing-library/react";
import { expect } from "vitest";

import { PendingWrites } from "../../src/components/PendingWrites/PendingWrites.tsx";
import { sessionSchedulerMessages } from "../../src/components/SessionScheduler/messages.ts";
import { SchedulerNotices } from "../../src/components/SessionScheduler/SchedulerNotices.tsx";
import { SessionScheduler } from "../../src/components/SessionScheduler/SessionScheduler.tsx";
import { SessionSchedulerRoot } from "../../src/components/SessionScheduler/SessionSchedulerRoot.tsx";
import { useSessionScheduler } from "../../src/components/SessionScheduler/useSessionScheduler.ts";
import { useCreateSession } from "../../src/hooks/useCreateSession.ts";
import { createRandom } from "../../src/sandbox/ids.ts";
import { copiedSession } from "../harness/copiedSession.ts";
import { type Drill, faultRow } from "./faultRow.ts";
import {
  button,
  type RequestOutcome,
  pass,
  press,
  type Harness,
  screenText,
  until,
  withHarness,
} from "./writesHarness.tsx";

const sessionsPath = /\/sessions$/;

/** Form without its fields. */
function Booking() {
  const form = useSessionScheduler({ copyOf: copiedSession });
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

const kinds: Record<string, (ms: number) => RequestOutcome> = {
  "never arrives": () => "lost",
  "arrives, response lost": () => "response-lost",
  "arrives up to 20 s late": (ms) => ({ arrivesAfterMs: ms }),
  "gets its response up to 20 s late": (ms) => ({ respondsAfterMs: ms }),
  "is done, response 503": () => ({ status: 503, done: true }),
  "is not done, response 503": () => ({ status: 503, done: false }),
  "is done, response 408": () => ({ status: 408, done: true }),
  "is done, response is HTML": () => "html",
};

const isBooked = () => screenText().includes("Session booked.");
const isDuplicateShown = () => screenText().includes("booked twice");

/** Books one session over a network with faults, with random decisions of the user. */
async function bookWithFaults(
  harness: Harness,
  { seed, holds }: Drill,
  kind: string,
  withFields = false,
): Promise<void> {
  const random = createRandom(seed);
  const oneOf = <Item,>(items: readonly Item[]) => items[Math.floor(random() * items.length)];
  const outcomeOf = (name = ""): RequestOutcome => kinds[name]?.(Math.floor(random() * 20_000)) ?? "delivered";
  const form = withFields ? <SessionScheduler copyOf={copiedSession} /> : <Booking />;
  const screens = (
    <>
      <PendingWrites />
      {form}
    </>
  );
  if (withFields) harness.renderStrict(screens);
  else harness.renderUi(screens);
  await pass();
  harness.next("POST", sessionsPath, outcomeOf(kind));
  harness.next("POST", sessionsPath, () => outcomeOf(oneOf([...Object.keys(kinds), "delivered", "delivered"])), 20);
  const lossRate = oneOf([0, 0.1, 0.5]) ?? 0;
  harness.next("GET", sessionsPath, () => (random() < lossRate ? "lost" : "delivered"), 500);

  for (let step = 0; step < 8 && !isBooked(); step += 1) {
    const decision = button("Book session") ? "Book session" : oneOf(["Check again", "Book anyway", "wait", "online"]);
    if (decision === "online") fireEvent(window, new Event("online"));
    else if (decision !== "wait") press(decision ?? "");
    await pass(decision === "wait" ? Math.floor(random() * 15_000) : 0);
    const waitedMs = await until(
      () => !document.querySelector("[aria-busy=true]") && (isBooked() || document.querySelector("[role=alert]")),
    );
    await holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(35_000));
    const booked = await harness.sessions();
    if (isBooked()) await holds("I4", () => expect(booked).not.toEqual([]));
    else if (!withFields) await holds("I1", () => expect(screenText()).toContain("Entered: Knee rehab"));
  }
  // Every delayed request arrives, and the last late check ends.
  for (let time = 0; time < 160; time += 20) await pass(20_000);
  const booked = await harness.sessions();
  await holds("I2", () =>
    expect({ isTwice: booked.length > 1, isShown: isDuplicateShown() }).toEqual({
      isTwice: booked.length > 1,
      isShown: booked.length > 1,
    }),
  );
  // Cancels duplicates until one session remains.
  for (let remaining = booked.length - 1; remaining > 0 && button("Cancel one of them"); remaining -= 1) {
    press("Cancel one of them");
    await until(() => button(/^Cancel \d/));
    press(/^Cancel \d/);
    await until(() => !button(/^Cancel \d/), 5000);
    await pass(2000);
    await holds("I2", async () => expect(await harness.sessions()).toHaveLength(remaining));
    await holds("I2", () => expect(isDuplicateShown()).toBe(remaining > 1));
  }
}

const equalBooking = {
  session_name: "Knee rehab",
  start_time: "2026-01-12T00:00:00.000Z",
  end_time: "2026-01-12T00:30:00.000Z",
};

/** Two screens that send equal bookings at the same time. */
function TwoBookings() {
  const [first, second] = [useCreateSession(), useCreateSession()];
  function bookBoth() {
    first.mutate(equalBooking);
    second.mutate({ ...equalBooking });
  }
  return (
    <div aria-busy={first.isPending || second.isPending}>
      <button onClick={bookBoth}>Book both</button>
      {[first, second].map(({ status }, index) => (
        <p key={index}>{status}</p>
      ))}
    </div>
  );
}

/** Loses one of two equal bookings. The session of the other one must not be taken as its result. */
async function bookTwoAtOnce(harness: Harness, { holds }: Drill): Promise<void> {
  harness.renderUi(<TwoBookings />);
  harness.next("POST", sessionsPath, "delivered");
  harness.next("POST", sessionsPath, "lost");
  press("Book both");
  await until(() => !document.querySelector("[aria-busy=true]"));
  const statuses = [...document.querySelectorAll("p")].map(({ textContent }) => textContent);
  await holds("I4", () => expect(statuses.toSorted()).toEqual(["error", "success"]));
  await holds("I2", async () => expect(await harness.sessions()).toHaveLength(1));
}

faultRow("W3", "a booking whose response is lost is never there twice without being shown", [
  ...Object.keys(kinds).map((kind) => ({
    name: `createSession ${kind} × then random outcomes × random decisions of the user`,
    runs: 12,
    run: (drill: Drill) => withHarness(bookWithFaults)(drill, kind),
  })),
  {
    name: "createSession arrives late × then random outcomes × random decisions, with the whole form",
    runs: 3,
    run: (drill) => withHarness(bookWithFaults)(drill, "arrives up to 20 s late", true),
  },
  { name: "createSession × two equal bookings at once × one never arrives", run: withHarness(bookTwoAtOnce) },
]);
