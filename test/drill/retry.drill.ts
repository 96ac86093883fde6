// @vitest-environment node
import { afterEach, expect, vi } from "vitest";

import { listSessions } from "../../src/core.ts";
import { testNow } from "../harness/testTime.ts";
import { clinic, failure, pass, reads, writes } from "./clinic.ts";
import { faultRow } from "./faultRow.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** Clinic on fake time that records when each request arrives. */
async function timedClinic() {
  vi.useFakeTimers({ now: Date.parse(testNow) });
  const began = Date.now();
  const arrivals: number[] = [];
  let isCounting = false;
  const { sandbox, client, ids } = await clinic(
    {},
    {
      now: () => new Date(),
      onRequest: ({ operation }) => {
        if (isCounting && operation !== "token") arrivals.push(Date.now() - began);
      },
    },
  );
  await listSessions(client);
  isCounting = true;
  return { sandbox, client, ids, arrivals };
}

const lists = (client: Parameters<typeof listSessions>[0], size: number) =>
  Promise.allSettled(Array.from({ length: size }, (_, page) => listSessions(client, { page })));

faultRow(
  "N1",
  "all reads of a client wait as long as Retry-After says, then start spread over time",
  [1, 7, 20].map((seconds) => ({
    name: `429 with Retry-After ${seconds} × 20 lists, and a new one in the meantime`,
    runs: 5,
    async run({ holds }) {
      const { sandbox, client, arrivals } = await timedClinic();
      sandbox.faults.next({ status: 429, headers: { "retry-after": String(seconds) }, times: 20 });
      const all = lists(client, 20);
      await pass(500);
      const late = listSessions(client, { page: 99 });
      await pass(29_000);
      const ends = await all;
      await late;
      await holds("I4", () => expect(ends.filter(({ status }) => status === "rejected")).toEqual([]));
      const retries = arrivals.slice(20);
      await holds("I8", () => expect(retries).toHaveLength(21));
      await holds("I8", () => expect(Math.min(...retries)).toBeGreaterThanOrEqual(seconds * 1000));
      await holds("I8", () => expect(Math.max(...retries) - Math.min(...retries)).toBeGreaterThan(1000));
    },
  })),
);

const dateHeader = (ms: number) => new Date(Date.parse(testNow) + ms).toUTCString();

faultRow(
  "N2",
  "Retry-After is read in every form, and dates are compared with the server's clock",
  [
    { name: "a date in 5 s", headers: { "retry-after": dateHeader(5000) }, from: 5000, to: 7100 },
    {
      name: "a date in 5 s by a server that is an hour ahead",
      headers: { "retry-after": dateHeader(3_605_000), date: dateHeader(3_600_000) },
      from: 5000,
      to: 7100,
    },
    { name: "a date in the past", headers: { "retry-after": dateHeader(-60_000) }, from: 0, to: 400 },
    { name: "an unreadable value", headers: { "retry-after": "soon" }, from: 0, to: 400 },
    { name: "a negative number", headers: { "retry-after": "-5" }, from: 0, to: 400 },
    { name: "no header", headers: {}, from: 0, to: 400 },
    { name: "0", headers: { "retry-after": "0" }, from: 0, to: 400 },
  ].map(({ name, headers, from, to }) => ({
    name,
    async run({ holds }) {
      const { sandbox, client, arrivals } = await timedClinic();
      sandbox.faults.next({ status: 429, headers });
      const list = listSessions(client);
      await pass(29_000);
      await holds("I3", () => list);
      await holds("I8", () => expect(arrivals).toHaveLength(2));
      await holds("I8", () => expect(arrivals[1]).toBeGreaterThanOrEqual(from));
      await holds("I8", () => expect(arrivals[1]).toBeLessThanOrEqual(to));
    },
  })),
);

faultRow(
  "N2",
  "a wait that does not fit into the limit ends the read",
  [
    { name: "31 s", headers: { "retry-after": "31" }, seconds: 31 },
    { name: "a day", headers: { "retry-after": "86400" }, seconds: 86_400 },
    { name: "a date in an hour", headers: { "retry-after": dateHeader(3_600_000) }, seconds: 3600 },
  ].flatMap(({ name, headers, seconds }) =>
    reads.map(({ operation, call }) => ({
      name: `${name} × ${operation}`,
      async run({ holds }) {
        const { sandbox, client, ids, arrivals } = await timedClinic();
        sandbox.faults.next({ operation, status: 429, headers });
        const error = await failure(call(client, ids));
        await holds("I3", () => expect(error).toMatchObject({ code: "rate_limited", retryAfter: seconds }));
        await holds("I8", () => expect(arrivals).toHaveLength(1));
        const next = await failure(call(client, ids));
        await holds("I4", () => expect(next).toMatchObject({ code: "rate_limited", outcome: "not-sent" }));
        await holds("I8", () => expect(arrivals).toHaveLength(1));
      },
    })),
  ),
);

faultRow(
  "N3",
  "a write with 429 is not sent again automatically, and its error has the wait",
  writes.map(({ operation, call }) => ({
    name: `429 with Retry-After 3 × ${operation}`,
    async run({ holds }) {
      const { sandbox, client, ids, arrivals } = await timedClinic();
      sandbox.faults.next({ operation, status: 429, headers: { "retry-after": "3" } });
      const end = failure(call(client, ids));
      await pass(60_000);
      const error = await end;
      await holds("I4", () => expect(error).toMatchObject({ code: "rate_limited", outcome: "refused", retryAfter: 3 }));
      await holds("I2", () => expect(arrivals).toHaveLength(1));
    },
  })),
);

faultRow(
  "N4",
  "without a visible Retry-After, a read has three attempts at most",
  reads.map(({ operation, call }) => ({
    name: `429 without the header × ${operation}`,
    runs: 3,
    async run({ holds }) {
      const { sandbox, client, ids, arrivals } = await timedClinic();
      sandbox.faults.next({ operation, status: 429, times: Infinity });
      const end = failure(call(client, ids));
      await pass(29_000);
      await holds("I3", async () => expect(await end).toMatchObject({ code: "rate_limited" }));
      await holds("I8", () => expect(arrivals).toHaveLength(3));
    },
  })),
);

faultRow("N5", "the retry budget limits the retries of a client", [
  {
    name: "every other response is 503 × 200 lists, one after the other",
    async run({ holds }) {
      const { sandbox, client, arrivals } = await timedClinic();
      for (let i = 0; i < 400; i += 1) sandbox.faults.next({ status: 503, after: 1 });
      for (let i = 0; i < 200; i += 1) {
        const list = listSessions(client).catch(() => {});
        await pass(2000);
        await list;
      }
      // 10 retries, and a tenth of one for each success.
      await holds("I8", () => expect(arrivals.length).toBeLessThanOrEqual(200 + 10 + 22));
      await holds("I8", () => expect(arrivals.length).toBeGreaterThan(200));
    },
  },
]);
