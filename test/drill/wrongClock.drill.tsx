import { fireEvent, render, screen, within } from "@testing-library/react";
import { useEffect } from "react";
import { expect, vi } from "vitest";

import {
  type CoviuClient,
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
import { testNow, withCoviu } from "../render.tsx";
import type { Drill } from "./faultRow.ts";
import { pass, timedFaultRow } from "./timedFaultRow.tsx";

const minute = 60_000;
const hour = 60 * minute;
const zone = "Australia/Sydney";
/** Time by which the browser's clock is ahead of the server's, in ms. */
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
const skewText = (skew: number) => `${skew / 1000} s ahead`;

/** Clinic whose server has another time than the browser. Responses have a `date` header unless `hasDate` is false. */
function clinic(skew: number, { hasDate = true, latencyMs = 0 } = {}) {
  const serverNow = () => new Date(Date.now() - skew);
  vi.setSystemTime(Date.parse(testNow) + skew);
  const sandbox = createSandbox({ now: serverNow, latencyMs });
  const client = createCoviuClient({
    ...sandbox,
    async fetch(input, init) {
      const response = await sandbox.fetch(input, init);
      if (hasDate) response.headers.set("date", serverNow().toUTCString());
      return response;
    },
  });
  return { sandbox, client, serverNow };
}

const provided = (client: CoviuClient, children: React.ReactNode, now?: () => Date) =>
  withCoviu(children, { client, now });

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
  return <p>{data ? "read" : "loading"}</p>;
}

/** Sessions for which the rules differ between the provider's time and the server's. */
function differingRules(serverNow: Date): string[] {
  const offsets = [-26 * hour, -13 * hour, -2 * hour, -minute, -10_000, 10_000, minute, 2 * hour, 13 * hour, 26 * hour];
  return offsets.flatMap((offset) => {
    const start = serverNow.getTime() + offset;
    const session = {
      start_time: new Date(start).toISOString(),
      end_time: new Date(start + 30 * minute).toISOString(),
    };
    const [kit, server] = [sessionRules(session, now()), sessionRules(session, serverNow)];
    return JSON.stringify(kit) === JSON.stringify(server) ? [] : [`${offset / 1000} s`];
  });
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
function type(name: string, value: string): void {
  fireEvent.change(field(name), { target: { value } });
}

/** Fills in the form with a start. */
function fillIn(at: Date): void {
  const { day, month, year, hour: hours, minute: minutes } = toWallClock(at, zone);
  type("Session name", "Knee rehab");
  type("Day", String(day));
  type("Month", String(month));
  type("Year", String(year));
  type("Start", `${String(hours)}:${String(minutes).padStart(2, "0")}`);
  type("Name of person 1", "Dr Amara Okafor");
}

timedFaultRow("D1", "a wrong clock of the computer is corrected by the server's Date, or the server decides", [
  ...skews.map((skew) => ({
    name: `the rules × ${skewText(skew)}`,
    async run({ holds }: Drill) {
      const { client, serverNow } = clinic(skew);
      render(provided(client, <Peek />));
      await pass(500);
      await holds("I4", () => expect(Math.abs(now().getTime() - serverNow().getTime())).toBeLessThan(3100));
      await holds("I4", () => expect(differingRules(serverNow())).toEqual([]));
    },
  })),
  ...[-24 * hour, 24 * hour].map((skew) => ({
    name: `FrontDesk × ${skewText(skew)} × booking the next free quarter of an hour`,
    async run({ holds }: Drill) {
      const { client, sandbox, serverNow } = clinic(skew);
      render(provided(client, <FrontDesk />));
      await pass(1000);
      await holds("I4", () =>
        expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Monday 12 January 2026"),
      );
      fireEvent.click(screen.getByRole("button", { name: "Book a session" }));
      await pass(500);
      fillIn(new Date(Math.ceil(serverNow().getTime() / (15 * minute)) * 15 * minute));
      fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Book session" }));
      await pass(1000);
      await holds("I4", () => expect(sandbox.log.count({ operation: "createSession", status: 200 })).toBe(1));
    },
  })),
  {
    name: "no Date header × a booking in the past is refused by the server, and its refusal is shown",
    async run({ holds }) {
      const { client, sandbox, serverNow } = clinic(-24 * hour, { hasDate: false });
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
    name: `no Date header × ${skewText(skew)} × a hook sends, and the server decides`,
    async run({ holds }: Drill) {
      const { client, serverNow } = clinic(skew, { hasDate: false });
      render(provided(client, <Peek />));
      await pass(500);
      const allowed = book(new Date(serverNow().getTime() + minute));
      const refused = book(new Date(serverNow().getTime() - minute)).catch((error: unknown) => error);
      await pass(500);
      await holds("I4", () => expect(allowed).resolves.toBeDefined());
      const expected = { code: "invalid_request", explanation: expect.stringContaining("future") };
      await holds("I4", () => expect(refused).resolves.toMatchObject(expected));
    },
  })),
  {
    name: "the clock is corrected while the page is open",
    async run({ holds }) {
      let skew = 5 * hour;
      const sandbox = createSandbox({ now: () => new Date(Date.now() - skew) });
      vi.setSystemTime(Date.parse(testNow) + skew);
      const client = createCoviuClient({
        ...sandbox,
        async fetch(input, init) {
          const response = await sandbox.fetch(input, init);
          response.headers.set("date", new Date(Date.now() - skew).toUTCString());
          return response;
        },
      });
      render(provided(client, <Peek />));
      await pass(500);
      await holds("I4", () => expect(Math.abs(now().getTime() - Date.parse(testNow))).toBeLessThan(3000));
      skew = 0;
      vi.setSystemTime(Date.parse(testNow) + 1000);
      for (let count = 0; count < 3; count += 1) {
        const request = client.http("sessions").text();
        // oxlint-disable-next-line no-await-in-loop -- three of five values decide the median
        await pass(100);
        // oxlint-disable-next-line no-await-in-loop
        await request;
      }
      await holds("I4", () => expect(Math.abs(now().getTime() - Date.now())).toBeLessThan(3000));
    },
  },
  {
    name: "one response has a wrong date",
    async run({ holds }) {
      const { sandbox } = clinic(0);
      const dates = ["", "", "Thu, 01 Jan 1970 00:00:00 GMT", "", "soon"];
      const client = createCoviuClient({
        ...sandbox,
        async fetch(input, init) {
          const response = await sandbox.fetch(input, init);
          response.headers.set("date", dates.shift() || new Date().toUTCString());
          return response;
        },
      });
      for (let count = 0; count < 5; count += 1) {
        const request = client.http("sessions").text();
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await pass(100);
        // oxlint-disable-next-line no-await-in-loop
        await request;
        // oxlint-disable-next-line no-await-in-loop
        await holds("I4", () => expect(client.connection.clockOffset).toBe(0));
      }
    },
  },
  {
    name: "responses take nine seconds × the time is not ahead of the server's",
    async run({ holds }) {
      const { client, serverNow } = clinic(0, { latencyMs: 9000 });
      render(provided(client, <Peek />));
      await pass(20_000);
      await holds("I4", () => expect(now().getTime()).toBeLessThanOrEqual(serverNow().getTime()));
      await holds("I4", () => expect(now().getTime()).toBeGreaterThan(serverNow().getTime() - 11_000));
    },
  },
  {
    name: "the app passes its own clock",
    async run({ holds }) {
      const { client } = clinic(24 * hour);
      const appNow = () => new Date("2026-02-03T00:00:00Z");
      render(provided(client, <Peek />, appNow));
      await pass(500);
      await holds("I4", () => expect(now()).toEqual(appNow()));
    },
  },
]);
