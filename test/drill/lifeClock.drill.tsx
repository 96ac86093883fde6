import { fireEvent, render, screen, within } from "@testing-library/react";
import { StrictMode, useEffect } from "react";
import { expect, vi } from "vitest";

import {
  type CoviuClient,
  CoviuProvider,
  createCoviuClient,
  FrontDesk,
  SessionScheduler,
  sessionRules,
  toWallClock,
  useCoviu,
  useCreateSession,
  useSessions,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";
import type { Drill } from "./faultRow.ts";
import { pass, rowInTime } from "./lifeTime.tsx";

const minute = 60_000;
const hour = 60 * minute;
const zone = "Australia/Sydney";
/** Milliseconds by which the browser's clock is ahead of the server's. */
const skews = [
  -24 * hour,
  -12 * hour,
  -hour,
  -10 * minute,
  -61_000,
  -3000,
  0,
  3000,
  61_000,
  10 * minute,
  hour,
  12 * hour,
  24 * hour,
];
const inWords = (skew: number) => `${skew / 1000} s ahead`;

/** A server that knows the time, and says it in every answer where that can be seen. */
function clinic(skew: number, { says = true, slow = 0 } = {}) {
  // The browser's clock is the one that stands still and is moved on: the server's is apart from it.
  const serverNow = () => new Date(Date.now() - skew);
  vi.setSystemTime(Date.parse(testNow) + skew);
  const sandbox = createSandbox({ now: serverNow, latencyMs: slow });
  const client = createCoviuClient({
    ...sandbox,
    async fetch(input, init) {
      const answer = await sandbox.fetch(input, init);
      if (says) answer.headers.set("date", serverNow().toUTCString());
      return answer;
    },
  });
  return { sandbox, client, serverNow };
}

function provided(client: CoviuClient, children: React.ReactNode, now?: () => Date) {
  return (
    <StrictMode>
      <CoviuProvider client={client} timeZone={zone} locale="en-AU" now={now}>
        {children}
      </CoviuProvider>
    </StrictMode>
  );
}

let now: () => Date = () => new Date(NaN);
let book: (start: Date) => Promise<unknown> = () => Promise.resolve();
function Peek({ read = true }: { read?: boolean }) {
  const coviu = useCoviu();
  const create = useCreateSession();
  const { data } = useSessions({}, { enabled: read });
  useEffect(() => {
    now = coviu.now;
    book = (start) =>
      create.mutateAsync({
        session_name: "New",
        start_time: start.toISOString(),
        end_time: new Date(start.getTime() + hour).toISOString(),
      });
  });
  return <p>{data ? "read" : "not yet"}</p>;
}

/** What the rules allow at the provider's time, for sessions from just before to just after the server's. */
function wrongVerdicts(serverNow: Date): string[] {
  const offsets = [-26 * hour, -13 * hour, -2 * hour, -minute, -10_000, 10_000, minute, 2 * hour, 13 * hour, 26 * hour];
  return offsets.flatMap((offset) => {
    const start = serverNow.getTime() + offset;
    const session = {
      start_time: new Date(start).toISOString(),
      end_time: new Date(start + 30 * minute).toISOString(),
    };
    const [ours, theirs] = [sessionRules(session, now()), sessionRules(session, serverNow)];
    return JSON.stringify(ours) === JSON.stringify(theirs) ? [] : [`${offset / 1000} s`];
  });
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
function type(name: string, value: string): void {
  fireEvent.change(field(name), { target: { value } });
}

/** Books the first quarter of an hour of a day at the clinic that is still to come. */
function fillIn(at: Date): void {
  const { day, month, year, hour: hours, minute: minutes } = toWallClock(at, zone);
  type("Session name", "Knee rehab");
  type("Day", String(day));
  type("Month", String(month));
  type("Year", String(year));
  type("Start", `${String(hours)}:${String(minutes).padStart(2, "0")}`);
  type("Name of person 1", "Dr Amara Okafor");
}

rowInTime("D1", "a browser’s clock that is wrong blocks nothing that the server allows", [
  ...skews.map((skew) => ({
    name: `the rules × ${inWords(skew)}`,
    async run({ holds }: Drill) {
      const { client, serverNow } = clinic(skew);
      render(provided(client, <Peek />));
      await pass(500);
      await holds("I4", () => expect(Math.abs(now().getTime() - serverNow().getTime())).toBeLessThan(3100));
      await holds("I4", () => expect(wrongVerdicts(serverNow())).toEqual([]));
    },
  })),
  ...[-24 * hour, 24 * hour].map((skew) => ({
    name: `the front desk × ${inWords(skew)} × booking the next free quarter of an hour`,
    async run({ holds }: Drill) {
      const { client, sandbox, serverNow } = clinic(skew);
      render(provided(client, <FrontDesk />));
      await pass(1000);
      await holds("I4", () =>
        expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Monday 12 January 2026"),
      );
      fireEvent.click(screen.getByRole("button", { name: "Book a session" }));
      // The part that makes it modal has been loaded above.
      await pass(500);
      fillIn(new Date(Math.ceil(serverNow().getTime() / (15 * minute)) * 15 * minute));
      fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Book session" }));
      await pass(1000);
      await holds("I4", () => expect(sandbox.log.count({ operation: "createSession", status: 200 })).toBe(1));
    },
  })),
  {
    name: "the server’s time can’t be seen × booking what is past is refused by the server, and it says why",
    async run({ holds }) {
      const { client, sandbox, serverNow } = clinic(-24 * hour, { says: false });
      render(provided(client, <SessionScheduler />));
      await pass(500);
      fillIn(new Date(serverNow().getTime() - 2 * hour));
      fireEvent.click(screen.getByRole("button", { name: "Book session" }));
      await pass(1000);
      await holds("I4", () => expect(sandbox.log.count({ operation: "createSession", status: 400 })).toBe(1));
      await holds("I4", () => expect(screen.getByRole("alert")).toHaveTextContent("must be in the future"));
      await holds("I1", () => expect(field("Session name")).toHaveValue("Knee rehab"));
    },
  },
  ...[-24 * hour, 24 * hour].map((skew) => ({
    name: `the server’s time can’t be seen × ${inWords(skew)} × a hook sends, and the server decides`,
    async run({ holds }: Drill) {
      const { client, serverNow } = clinic(skew, { says: false });
      render(provided(client, <Peek />));
      await pass(500);
      const allowed = book(new Date(serverNow().getTime() + minute));
      const refused = book(new Date(serverNow().getTime() - minute)).catch((error: unknown) => error);
      await pass(500);
      await holds("I4", () => expect(allowed).resolves.toBeDefined());
      const told = { code: "invalid_request", explanation: expect.stringContaining("future") };
      await holds("I4", () => expect(refused).resolves.toMatchObject(told));
    },
  })),
  {
    name: "the clock is set right while the page is open",
    async run({ holds }) {
      let skew = 5 * hour;
      const right = createSandbox({ now: () => new Date(Date.now() - skew) });
      vi.setSystemTime(Date.parse(testNow) + skew);
      const own = createCoviuClient({
        ...right,
        async fetch(input, init) {
          const answer = await right.fetch(input, init);
          answer.headers.set("date", new Date(Date.now() - skew).toUTCString());
          return answer;
        },
      });
      render(provided(own, <Peek />));
      await pass(500);
      await holds("I4", () => expect(Math.abs(now().getTime() - Date.parse(testNow))).toBeLessThan(3000));
      skew = 0;
      vi.setSystemTime(Date.parse(testNow) + 1000);
      for (let answers = 0; answers < 3; answers += 1) {
        const asked = own.http("sessions").text();
        // oxlint-disable-next-line no-await-in-loop -- the median of five needs three
        await pass(100);
        // oxlint-disable-next-line no-await-in-loop
        await asked;
      }
      await holds("I4", () => expect(Math.abs(now().getTime() - Date.now())).toBeLessThan(3000));
    },
  },
  {
    name: "one answer has a wrong date",
    async run({ holds }) {
      const { sandbox } = clinic(0);
      const dates = ["", "", "Thu, 01 Jan 1970 00:00:00 GMT", "", "soon"];
      const client = createCoviuClient({
        ...sandbox,
        async fetch(input, init) {
          const answer = await sandbox.fetch(input, init);
          answer.headers.set("date", dates.shift() || new Date().toUTCString());
          return answer;
        },
      });
      for (let answers = 0; answers < 5; answers += 1) {
        const asked = client.http("sessions").text();
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await pass(100);
        // oxlint-disable-next-line no-await-in-loop
        await asked;
        // oxlint-disable-next-line no-await-in-loop
        await holds("I4", () => expect(client.connection.clockOffset).toBe(0));
      }
    },
  },
  {
    name: "answers take nine seconds × nothing is blocked that may still be",
    async run({ holds }) {
      const { client, serverNow } = clinic(0, { slow: 9000 });
      render(provided(client, <Peek />));
      await pass(20_000);
      await holds("I4", () => expect(now().getTime()).toBeLessThanOrEqual(serverNow().getTime()));
      await holds("I4", () => expect(now().getTime()).toBeGreaterThan(serverNow().getTime() - 11_000));
    },
  },
  {
    name: "the app has a clock of its own",
    async run({ holds }) {
      const { client } = clinic(24 * hour);
      const own = () => new Date("2026-02-03T00:00:00Z");
      render(provided(client, <Peek />, own));
      await pass(500);
      await holds("I4", () => expect(now()).toEqual(own()));
    },
  },
]);
