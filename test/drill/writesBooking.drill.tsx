import { act, fireEvent, screen } from "@testing-library/react";
import { type ReactElement, useState } from "react";
import { expect, vi } from "vitest";

import type { Session } from "../../src/api/schemas.ts";
import { FrontDesk } from "../../src/components/FrontDesk/FrontDesk.tsx";
import { PendingWrites } from "../../src/components/PendingWrites/PendingWrites.tsx";
import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import { SessionScheduler } from "../../src/components/SessionScheduler/SessionScheduler.tsx";
import { SessionSchedulerDialog } from "../../src/components/SessionScheduler/SessionSchedulerDialog.tsx";
import { useSessionScheduler } from "../../src/components/SessionScheduler/useSessionScheduler.ts";
import { copiedSession } from "../harness/copiedSession.ts";
import { type Drill, faultRow, type Scenario } from "./faultRow.ts";
import {
  button,
  type RequestOutcome,
  field,
  pass,
  press,
  type Harness,
  screenText,
  type as enter,
  until,
  withHarness,
} from "./writesHarness.tsx";

/** Start of a session in two minutes. */
const soonStart = "2026-01-11T22:54:00.000Z";
const sessions = /\/sessions$/;
const canary = "Zaphod Canary";

const bookingWithNotices = (
  <>
    <PendingWrites />
    <SessionScheduler />
  </>
);
const bookingWithList = (
  <>
    <SessionList />
    <SessionScheduler />
  </>
);

function scenario(name: string, run: (harness: Harness, drill: Drill) => Promise<void>): Scenario {
  return { name, run: (drill) => withHarness(run)(drill) };
}

async function fillIn(): Promise<void> {
  await pass();
  enter("Session name", "Knee rehab");
  enter("Name of person 1", canary);
}

const isBooked = () => screenText().includes("Session booked.");

/** Books, and waits until the form shows the result or asks the user. */
async function book(
  harness: Harness,
  outcome: RequestOutcome,
  { holds }: Drill,
  ui: ReactElement = <SessionScheduler />,
): Promise<void> {
  harness.renderUi(ui);
  await fillIn();
  harness.next("POST", sessions, outcome);
  press("Book session");
  const waitedMs = await until(
    () => !document.querySelector("[aria-busy=true]") && (isBooked() || button("Check again")),
  );
  await holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(35_000));
}

async function expectOneBooking(harness: Harness, { holds }: Drill): Promise<void> {
  await holds("I2", async () => expect(await harness.sessions()).toHaveLength(1));
  await holds("I4", () => expect(isBooked()).toBe(true));
}

/** Clicks the button, or presses Enter, fifty times at once. */
function repeatInput(kind: "clicks" | "Enters" | "both", label: string | RegExp): void {
  for (let time = 0; time < 50; time += 1) {
    const found = button(label) ?? document.querySelector("[aria-busy=true]");
    if (kind !== "Enters" && found) fireEvent.click(found);
    const input = document.querySelector("[role=form] input");
    if (kind !== "clicks" && input) fireEvent.keyDown(input, { key: "Enter" });
  }
}

faultRow(
  "W1",
  "a double click or Enter held down sends one request, and the button keeps the focus",
  [
    scenario("createSession × 50 calls of submit × in one event", async (harness, { holds }) => {
      harness.renderStrict(<RepeatingForm />);
      await pass();
      press("Book session");
      await pass(1000);
      await holds("I8", () => expect(harness.count("createSession")).toBe(1));
    }),
  ].concat(
    (["clicks", "Enters", "both"] as const).flatMap((kind) => [
      scenario(`createSession × 50 ${kind} × at once`, async (harness, drill) => {
        harness.renderStrict(<SessionScheduler />);
        await fillIn();
        repeatInput(kind, "Book session");
        await until(isBooked);
        await drill.holds("I8", () => expect(harness.count("createSession")).toBe(1));
        await expectOneBooking(harness, drill);
      }),
      scenario(`createSession × 50 ${kind} × while it is sent`, async (harness, drill) => {
        harness.renderStrict(<SessionScheduler />);
        await fillIn();
        harness.next("POST", sessions, { respondsAfterMs: 3000 });
        press("Book session");
        await pass(1000);
        repeatInput(kind, "Booking…");
        await drill.holds("I6", () => expect(document.activeElement?.textContent).toBe("Booking…"));
        await until(isBooked);
        await drill.holds("I8", () => expect(harness.count("createSession")).toBe(1));
      }),
      scenario(`createSession × 50 ${kind} × while it is checked`, async (harness, drill) => {
        harness.renderStrict(<SessionScheduler />);
        await fillIn();
        harness.next("POST", sessions, { arrivesAfterMs: 5000 });
        press("Book session");
        await pass(1000);
        repeatInput(kind, "Checking…");
        await until(isBooked);
        await pass(5000);
        await drill.holds("I8", () => expect(harness.count("createSession")).toBe(1));
        await expectOneBooking(harness, drill);
      }),
      scenario(`createSession × 50 ${kind} × at the question after a lost response`, async (harness, drill) => {
        await book(harness, "lost", drill);
        repeatInput(kind, kind === "Enters" ? "Check again" : "Book anyway");
        await until(() => !document.querySelector("[aria-busy=true]"));
        await drill.holds("I8", () => expect(harness.count("createSession")).toBe(kind === "Enters" ? 0 : 1));
      }),
    ]),
  ),
);

/** Form of an app that submits fifty times in one event. */
function RepeatingForm() {
  const { submit } = useSessionScheduler({ copyOf: copiedSession });
  return <button onClick={() => Array.from({ length: 50 }, submit)}>Book session</button>;
}

const forms: [string, ReactElement][] = [
  ["in a page", <SessionScheduler key="page" />],
  ["in a dialog", <DialogWithResult key="dialog" />],
];

function DialogWithResult() {
  const [session, setSession] = useState<Session>();
  return (
    <>
      {session && <p>Session booked. {session.session_name}</p>}
      <SessionSchedulerDialog open={!session} onOpenChange={() => {}} onScheduled={setSession} />
    </>
  );
}

const lostResponses: [string, RequestOutcome][] = [
  ["connection reset, done", "response-lost"],
  ["no response within 10 s, done after 10.1 s", { respondsAfterMs: 10_100 }],
  ["no response within 10 s, done at once", { respondsAfterMs: 60_000 }],
  ["503, done", { status: 503, done: true }],
  ["500, done", { status: 500, done: true }],
  ["502, done", { status: 502, done: true }],
  ["504, done", { status: 504, done: true }],
  ["408, done", { status: 408, done: true }],
  ["a page of HTML as response", "html"],
];

for (const id of ["W2", "N6"] as const) {
  faultRow(
    id,
    "a booking whose response is lost is found by the check, and the form shows it",
    lostResponses
      .filter(
        ([, outcome]) =>
          (id === "N6") === (typeof outcome === "object" && "status" in outcome && outcome.status >= 500),
      )
      .flatMap(([fault, outcome]) =>
        forms.map(([where, ui]) =>
          scenario(`createSession × ${fault} × ${where}`, async (harness, drill) => {
            if (fault.endsWith("done at once")) {
              harness.next("POST", sessions, { respondsAfterMs: 60_000 });
              harness.renderUi(ui);
              await fillIn();
              press("Book session");
              await pass(500);
              await harness.requestAsOther("POST", "sessions", expectedBody());
              const waitedMs = await until(isBooked);
              await drill.holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(35_000));
            } else await book(harness, outcome, drill, ui);
            await expectOneBooking(harness, drill);
            await drill.holds("I6", () => expect(document.querySelector("[role=alert]")).toBeNull());
            await drill.holds("I8", () =>
              expect(harness.requests().filter((request) => request.startsWith("POST")).length).toBeLessThan(2),
            );
          }),
        ),
      ),
  );
}

/** Body of the form's request. */
function expectedBody() {
  return {
    session_name: "Knee rehab",
    start_time: "2026-01-11T23:15:00.000Z",
    end_time: "2026-01-11T23:45:00.000Z",
    participants: [{ display_name: canary, role: "HOST" }],
  };
}

faultRow("W3", "a booking that appears later is found by a later check, or shown as a duplicate", [
  ...[0, 1, 1.9, 2.1, 4, 5.9].map((late) =>
    scenario(`createSession × arrives ${late} s late × waiting`, async (harness, drill) => {
      await book(harness, { arrivesAfterMs: late * 1000 }, drill);
      await expectOneBooking(harness, drill);
      await pass(40_000);
      await expectOneBooking(harness, drill);
    }),
  ),
  ...[6.1, 8, 14, 20].flatMap((late) => [
    scenario(`createSession × arrives ${late} s late × check again after it`, async (harness, drill) => {
      await book(harness, { arrivesAfterMs: late * 1000 }, drill);
      await drill.holds("I4", () => expect(screenText()).toContain("We couldn’t confirm this booking"));
      await drill.holds("I6", () => expect(document.activeElement).toBe(button("Check again")));
      await pass((late - 6) * 1000 + 1000);
      if (!isBooked()) press("Check again");
      await until(isBooked);
      await expectOneBooking(harness, drill);
    }),
    scenario(
      `createSession × arrives ${late} s late × no user action: found by a later check`,
      async (harness, drill) => {
        await book(harness, { arrivesAfterMs: late * 1000 }, drill);
        await until(isBooked, 40_000, 1000);
        await expectOneBooking(harness, drill);
      },
    ),
    scenario(`createSession × arrives ${late} s late × book anyway before it`, async (harness, drill) => {
      await book(harness, { arrivesAfterMs: late * 1000 }, drill);
      press("Book anyway");
      await until(isBooked);
      await pass(40_000);
      const booked = await harness.sessions();
      await drill.holds("I2", () => expect(screenText().includes("booked twice")).toBe(booked.length > 1));
      expect(booked).toHaveLength(late > 6.1 ? 2 : booked.length);
    }),
    scenario(`createSession × arrives ${late} s late × discarded before it`, async (harness, drill) => {
      await book(harness, { arrivesAfterMs: late * 1000 }, drill, bookingWithNotices);
      press("Discard");
      await pass();
      press("Discard booking");
      await pass();
      await drill.holds("I4", () => expect(screenText()).toContain("We couldn’t confirm this"));
      await pass(40_000);
      await drill.holds("I4", () =>
        expect(screenText()).toContain("Done after allA booking: Knee rehab, Monday 12 January, 10:15 am."),
      );
    }),
  ]),
]);

faultRow("W3", "a check does not find the session of another booking", [
  scenario("createSession × the same once more × never arrives", async (harness, drill) => {
    await book(harness, "delivered", drill);
    await expectOneBooking(harness, drill);
    await fillIn();
    harness.next("POST", sessions, "lost");
    press("Book session");
    await drill.holds("I4", () => until(() => button("Check again")));
    await drill.holds("I4", () => expect(screenText()).toContain("We couldn’t confirm this booking"));
    await drill.holds("I2", async () => expect(await harness.sessions()).toHaveLength(1));
  }),
]);

faultRow("W4", "if nothing was created, the user decides after three checks, and a second request is a new write", [
  scenario("createSession × never arrives × the user is asked after three checks", async (harness, drill) => {
    await book(harness, "lost", drill);
    await drill.holds("I8", () => expect(harness.requests()).toEqual(Array(4).fill("GET /sessions")));
    await drill.holds("I1", () =>
      expect([field("Session name").value, field("Name of person 1").value]).toEqual(["Knee rehab", canary]),
    );
    await pass(60_000);
    await drill.holds("I2", async () => expect(await harness.sessions()).toEqual([]));
  }),
  scenario(
    "createSession × no response, not to the checks either × the user is asked in time",
    async (harness, drill) => {
      harness.next("GET", sessions, { respondsAfterMs: 60_000 }, 50);
      await book(harness, { respondsAfterMs: 60_000 }, drill);
      await drill.holds("I4", () => expect(screenText()).toContain("We couldn’t confirm this booking"));
      press("Book anyway");
      const waitedMs = await until(() => !document.querySelector("[aria-busy=true]"), 60_000);
      await drill.holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(35_000));
    },
  ),
  scenario("createSession × never arrives × book anyway", async (harness, drill) => {
    await book(harness, "lost", drill);
    press("Book anyway");
    await until(isBooked);
    await expectOneBooking(harness, drill);
    await pass(60_000);
    await expectOneBooking(harness, drill);
  }),
  scenario("createSession × never arrives, nor does the second one × book anyway twice", async (harness, drill) => {
    await book(harness, "lost", drill);
    harness.next("POST", sessions, "lost");
    press("Book anyway");
    const waitedMs = await until(() => button("Check again"));
    await drill.holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(35_000));
    press("Book anyway");
    await until(isBooked);
    await expectOneBooking(harness, drill);
  }),
  scenario(
    "createSession × never arrives × the start passes before book anyway: the fields are shown again",
    async (harness, drill) => {
      await book(harness, "lost", drill, <SessionScheduler defaultStart={soonStart} />);
      await pass(2 * 60_000);
      press("Book anyway");
      await until(() => button("Start at 10:15 am"));
      await drill.holds("I1", () => expect(field("Session name").value).toBe("Knee rehab"));
      press("Start at 10:15 am");
      press("Book session");
      await until(isBooked);
      await expectOneBooking(harness, drill);
    },
  ),
]);

function leavingAsks(): boolean {
  return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

const storedEntries = () => JSON.stringify(Object.entries(sessionStorage));

faultRow("W5", "leaving asks for confirmation only while a booking is pending", [
  scenario(
    "createSession × no reload × after a booking nothing is stored, and leaving does not ask",
    async (harness, drill) => {
      await book(harness, "delivered", drill, bookingWithNotices);
      await drill.holds("I4", () => expect([leavingAsks(), storedEntries()]).toEqual([false, "[]"]));
    },
  ),
  scenario("createSession × no reload × booked while nothing is mounted", async (harness, drill) => {
    const view = harness.renderUi(bookingWithNotices);
    await fillIn();
    harness.next("POST", sessions, { respondsAfterMs: 8000 });
    press("Book session");
    await pass(1000);
    view.unmount();
    await pass(8000);
    await drill.holds("I4", () => expect(storedEntries()).toBe("[]"));
  }),
  scenario("createSession × a storage that throws × lost response", async (harness, drill) => {
    vi.spyOn(window, "sessionStorage", "get").mockImplementation(() => {
      throw new DOMException("", "SecurityError");
    });
    await book(harness, "response-lost", drill, bookingWithNotices);
    await expectOneBooking(harness, drill);
  }),
]);

faultRow(
  "N15",
  "offline at the click, there is a plain message at once, nothing is queued, and the form keeps its input",
  [
    scenario("createSession × offline × the click", async (harness, drill) => {
      harness.renderUi(<SessionScheduler />);
      await fillIn();
      harness.sandbox.faults.offline(true);
      vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
      press("Book session");
      const waitedMs = await until(() => document.querySelector("[role=alert]"));
      await drill.holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(1000));
      await drill.holds("I4", () => expect(screenText()).toContain("You’re offline"));
      await drill.holds("I1", () => expect(field("Name of person 1").value).toBe(canary));
      vi.restoreAllMocks();
      harness.sandbox.faults.offline(false);
      act(() => void window.dispatchEvent(new Event("online")));
      await pass(60_000);
      await drill.holds("I8", () => expect(harness.requests()).toEqual([]));
    }),
  ],
);

faultRow("N16", "a booking during which the connection was lost is checked when it is back", [
  ...(["response-lost", "lost"] as const).map((outcome) =>
    scenario(
      `createSession × ${outcome === "response-lost" ? "done, then offline" : "offline before it was done"} × back online after a minute`,
      async (harness, drill) => {
        harness.renderUi(<SessionScheduler />);
        await fillIn();
        harness.next("POST", sessions, outcome);
        // The read before the booking succeeds.
        harness.next("GET", sessions, "delivered", 1);
        harness.next("GET", sessions, "lost", 60);
        press("Book session");
        const waitedMs = await until(() => button("Check again"));
        await drill.holds("I3", () => expect(waitedMs).toBeLessThanOrEqual(35_000));
        await pass(60_000);
        harness.clearRules();
        act(() => void window.dispatchEvent(new Event("online")));
        await until(() => !document.querySelector("[aria-busy=true]"));
        await drill.holds("I4", () => expect(isBooked()).toBe(outcome === "response-lost"));
        await drill.holds("I2", async () =>
          expect(await harness.sessions()).toHaveLength(outcome === "response-lost" ? 1 : 0),
        );
        if (outcome === "lost") {
          await drill.holds("I1", () => expect(field("Session name").value).toBe("Knee rehab"));
          await drill.holds("I4", () => expect(screenText()).toContain("We looked again, and it isn’t there so far."));
        }
      },
    ),
  ),
]);

faultRow(
  "W15",
  "a start that has passed is a problem at the field with the next possible time, not an error of the server",
  [
    scenario("createSession × the start passes × while the form is open", async (harness, drill) => {
      harness.renderUi(<SessionScheduler defaultStart={soonStart} />);
      await fillIn();
      await pass(2 * 60_000);
      press("Book session");
      await pass();
      await drill.holds("I8", () => expect(harness.count("createSession")).toBe(0));
      await drill.holds("I4", () => expect(field("Start").getAttribute("aria-invalid")).toBe("true"));
      press("Start at 10:15 am");
      await drill.holds("I6", () => expect(document.activeElement).toBe(field("Start")));
      press("Book session");
      await until(isBooked);
      await expectOneBooking(harness, drill);
    }),
    scenario("createSession × the start passes × on the way to the server", async (harness, drill) => {
      harness.renderUi(<SessionScheduler defaultStart={soonStart} />);
      await fillIn();
      await pass(Date.parse(soonStart) - Date.now() - 1000);
      harness.next("POST", sessions, { respondsAfterMs: 3000 });
      press("Book session");
      await pass(4000);
      await drill.holds("I4", () => expect(field("Start").getAttribute("aria-invalid")).toBe("true"));
      await drill.holds("I4", () => expect(screenText()).not.toContain("The service refused this"));
      await drill.holds("I1", () => expect(field("Name of person 1").value).toBe(canary));
      press("Start at 10:15 am");
      press("Book session");
      await until(isBooked);
      await expectOneBooking(harness, drill);
    }),
    scenario("createSession × the server's clock is ahead × the start has passed there", async (harness, drill) => {
      harness.renderUi(<SessionScheduler defaultStart={soonStart} />);
      await fillIn();
      harness.sandbox.clock.set(new Date(Date.now() + 30 * 60_000));
      press("Book session");
      await until(() => document.querySelector("[role=alert]"));
      await drill.holds("I4", () => expect(screenText()).toContain("`start_time` must be in the future."));
      await drill.holds("I1", () => expect(field("Name of person 1").value).toBe(canary));
    }),
  ],
);

faultRow("W17", "two bookings of one clinician at one time cause a warning, never a block", [
  ...(
    [
      ["the same state", { state: "okafor" }, { state: "okafor" }, true],
      ["the same name, no state", {}, {}, true],
      ["the same name, one state", {}, { state: "okafor" }, true],
      ["the same name, two states", { state: "okafor" }, { state: "another" }, false],
    ] as const
  ).map(([host, booked, typed, isWarned]) =>
    scenario(`createSession × ${host} × while typing`, async (harness, drill) => {
      await harness.bookSession({ participants: [{ display_name: "Dr Amara Okafor", role: "HOST", ...booked }] });
      harness.renderUi(bookingWithList);
      await pass();
      enter("Session name", "Knee rehab");
      enter("Name of person 1", "dr amara okafor ");
      if ("state" in typed) {
        press(/^More about dr amara/);
        enter("Your reference", typed.state);
      }
      await pass();
      const warning = "already has a session then";
      await drill.holds("I4", () => expect(screenText().includes(warning)).toBe(isWarned));
      if (isWarned) {
        await drill.holds("I4", () =>
          expect(screenText()).toContain(
            "Knee rehab, 10:30 – 11:00 am, overlaps by 15 min. You can still book this one.",
          ),
        );
        const warnings = () => harness.announcements.filter((text) => text.includes(warning));
        await drill.holds("I6", () => until(() => warnings().length > 0, 2000));
        await pass(5000);
        await drill.holds("I6", () => expect(warnings()).toHaveLength(1));
      }
      press("Book session");
      await until(isBooked);
      await drill.holds("I2", async () => expect(await harness.sessions()).toHaveLength(2));
    }),
  ),
  scenario("createSession × the same host × the next start is offered", async (harness, drill) => {
    await harness.bookSession({ participants: [{ display_name: canary, role: "HOST" }] });
    harness.renderUi(bookingWithList);
    await fillIn();
    press("Start at 11:00 am instead");
    await pass();
    await drill.holds("I4", () => expect(field("Start").value).toBe("11:00 am"));
    await drill.holds("I6", () => expect(document.activeElement).toBe(field("Start")));
    await drill.holds("I4", () => expect(screenText()).not.toContain("already has a session then"));
  }),
]);

/** Screen with a form that the app can unmount. */
function Desk({ ui, isOpen }: { ui: ReactElement; isOpen: boolean }) {
  return (
    <>
      <PendingWrites />
      <SessionList />
      {isOpen && ui}
    </>
  );
}

faultRow("W18", "a result that arrives after the form was closed is shown, and the list is updated", [
  ...(
    [
      ["at once", 0],
      ["while it is sent", 1000],
      ["just before the response", 2990],
    ] as const
  ).flatMap(([moment, time]) => [
    scenario(`createSession × form closed ${moment} × succeeds`, async (harness, drill) => {
      const view = harness.renderUi(<Desk ui={<SessionScheduler />} isOpen />);
      await fillIn();
      harness.next("POST", sessions, { respondsAfterMs: 3000 });
      press("Book session");
      if (time) await pass(time);
      view.rerender(<Desk ui={<SessionScheduler />} isOpen={false} />);
      await pass(5000);
      await drill.holds("I4", () =>
        expect(screenText()).toContain("DoneA booking: Knee rehab, Monday 12 January, 10:15 am."),
      );
      await drill.holds("I4", () => expect(document.querySelectorAll(".coviu-session-row")).toHaveLength(1));
      press("Dismiss");
      expect(screenText()).not.toContain("DoneA booking");
    }),
    scenario(`createSession × form closed ${moment} × refused`, async (harness, drill) => {
      const view = harness.renderUi(<Desk ui={<SessionScheduler />} isOpen />);
      await fillIn();
      harness.next("POST", sessions, { status: 409, done: false });
      press("Book session");
      view.rerender(<Desk ui={<SessionScheduler />} isOpen={false} />);
      await pass(5000);
      await drill.holds("I4", () => expect(screenText()).toContain("This was not done"));
      await drill.holds("I2", async () => expect(await harness.sessions()).toEqual([]));
    }),
  ]),
]);

faultRow("W3", "a duplicate is shown on the whole screen, and one of the two can be canceled", [
  scenario(
    "a form that stays open × createSession arrives late × book anyway × cancel one of them",
    async (harness, drill) => {
      await book(harness, { arrivesAfterMs: 18_000 }, drill, <Desk ui={<SessionScheduler />} isOpen />);
      press("Book anyway");
      await until(isBooked);
      await pass(40_000);
      await drill.holds("I2", () => expect(screenText()).toContain("This session is booked twice"));
      await drill.holds("I2", () => expect(screenText()).toContain("This may be booked twice"));
      press("Cancel one of them");
      await pass();
      press(/^Cancel 10:15/);
      await drill.holds("I2", () => until(() => !screenText().includes("booked twice")));
      await drill.holds("I2", async () => expect(await harness.sessions()).toHaveLength(1));
    },
  ),
  scenario("FrontDesk × createSession arrives late × book anyway", async (harness, drill) => {
    harness.renderUi(
      <>
        <PendingWrites />
        <FrontDesk />
      </>,
    );
    await pass();
    press("Book a session");
    await fillIn();
    harness.next("POST", sessions, { arrivesAfterMs: 18_000 });
    press("Book session");
    await until(() => button("Book anyway"));
    press("Book anyway");
    await until(() => screenText().includes("Session booked"));
    await pass(40_000);
    await drill.holds("I2", () => expect(screenText()).toContain("This session is booked twice"));
    screen.getByText("This session is booked twice");
    press("Cancel one of them");
    await pass();
    press(/^Cancel 10:15/);
    await drill.holds("I2", () => until(() => !screenText().includes("booked twice")));
    await drill.holds("I2", async () => expect(await harness.sessions()).toHaveLength(1));
  }),
]);
