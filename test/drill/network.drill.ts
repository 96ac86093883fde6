// @vitest-environment node
import { afterEach, expect, vi } from "vitest";

import { failureText } from "../../src/components/Failure/failureText.ts";
import { failureMessages } from "../../src/components/Failure/messages.ts";
import { type CoviuError, createCoviuClient, listSessions } from "../../src/core.ts";
import {
  type Booked,
  canceling,
  creating,
  listing,
  opening,
  type Operation,
  reads,
  start,
  type Write,
  writes,
} from "../harness/operations.ts";
import { scriptedServer } from "../harness/scriptedServer.ts";
import { faultRow, type Scenario } from "./faultRow.ts";
import {
  failureOf,
  impatient,
  lostRead,
  lostWrite,
  namesNobody,
  patience,
  recoveredRead,
  sizeOf,
  somewhere,
  withClinic,
  withoutPauses,
} from "./networkScenarios.ts";

withoutPauses();
afterEach(() => void vi.unstubAllGlobals());

faultRow("N9", "no answer in time: a read is asked again, a write is unknown", [
  ...reads.flatMap((read) => [
    recoveredRead("silence once, not done", read, { hang: "before-commit" }, { arrivals: 2, options: impatient }),
    recoveredRead("silence once, done", read, { hang: "after-commit" }, { arrivals: 2, options: impatient }),
  ]),
  recoveredRead("silence twice", opening, { hang: "before-commit", times: 2 }, { arrivals: 3, options: impatient }),
  recoveredRead("a connection that says nothing", opening, { hang: "on-connect" }, { arrivals: 1, options: impatient }),
  recoveredRead("an answer that is late but in time", listing, { delayAnswer: 50 }, { arrivals: 1 }),
  lostRead("silence for good", listing, { hang: "after-commit" }, { code: "timeout", options: impatient }),
  lostRead(
    "silence for good, no time left for another try",
    opening,
    { hang: "before-commit" },
    { code: "timeout", tries: 1, options: { timeouts: { request: patience, total: patience / 2 } } },
  ),
  ...writes.flatMap((write) => [
    lostWrite(
      "silence before it is done",
      write,
      { hang: "before-commit" },
      { code: "timeout", done: 0, options: impatient },
    ),
    lostWrite(
      "silence after it is done",
      write,
      { hang: "after-commit" },
      { code: "timeout", done: 1, options: impatient },
    ),
  ]),
  lostWrite(
    "a connection that says nothing",
    creating,
    { hang: "on-connect" },
    { code: "timeout", done: 0, options: impatient },
  ),
  lostWrite(
    "an answer that is too late",
    creating,
    { delayAnswer: 5000 },
    { code: "timeout", done: 1, options: impatient },
  ),
  lostWrite(
    "silence on a used connection",
    canceling,
    { hang: "after-commit" },
    { code: "timeout", done: 1, reused: true, options: impatient },
  ),
]);

faultRow("N10", "a reset before anything is done: a read is asked again, a write is unknown", [
  ...reads.flatMap((read) => [
    recoveredRead("a reset", read, { reset: "before-commit" }, { arrivals: 2 }),
    recoveredRead("a reset of a used connection", read, { reset: "before-commit" }, { arrivals: 2, reused: true }),
  ]),
  recoveredRead("a reset while connecting", listing, { reset: "on-connect" }, { arrivals: 1 }),
  recoveredRead("two resets", listing, { reset: "before-commit", times: 2 }, { arrivals: 3 }),
  recoveredRead("a close", listing, { close: "before-commit" }, { arrivals: 2 }),
  recoveredRead("garbage", listing, { garbage: "before-commit" }, { arrivals: 2 }),
  recoveredRead("a reset after it was answered", listing, { reset: "after-commit" }, { arrivals: 2 }),
  lostRead("resets for good", listing, { reset: "before-commit" }, { code: "unreachable" }),
  lostRead("resets while connecting for good", opening, { reset: "on-connect" }, { code: "unreachable" }),
  ...writes.flatMap((write) => [
    lostWrite("a reset", write, { reset: "before-commit" }, { code: "unreachable", done: 0 }),
    lostWrite(
      "a reset of a used connection",
      write,
      { reset: "before-commit" },
      { code: "unreachable", done: 0, reused: true },
    ),
    lostWrite("a reset after it was done", write, { reset: "after-commit" }, { code: "unreachable", done: 1 }),
  ]),
  lostWrite("a reset while connecting", creating, { reset: "on-connect" }, { code: "unreachable", done: 0 }),
  lostWrite("a close", creating, { close: "before-commit" }, { code: "unreachable", done: 0 }),
  lostWrite("a close after it was done", creating, { close: "after-commit" }, { code: "unreachable", done: 1 }),
  lostWrite("garbage", creating, { garbage: "before-commit" }, { code: "unreachable", done: 0 }),
  lostWrite("garbage after it was done", creating, { garbage: "after-commit" }, { code: "unreachable", done: 1 }),
]);

faultRow("N11", "an answer to a write that breaks off: unknown, and done exactly once", [
  ...writes.flatMap((write) =>
    (["reset", "close"] as const).map((cutBy): Scenario => ({
      name: `a ${cutBy} after any number of bytes × ${write.operation}`,
      runs: write === creating ? 40 : 10,
      async run(drill) {
        const { head, body } = await sizeOf(write.operation, write.send);
        const cut = somewhere(drill.seed, head + body);
        await lostWrite("", write, { cut, cutBy }, { code: "unreachable", done: 1 }).run(drill);
      },
    })),
  ),
  ...writes.map((write): Scenario => ({
    name: `a body made shorter by a gateway × ${write.operation}`,
    runs: 10,
    async run(drill) {
      const { body } = await sizeOf(write.operation, write.send);
      const truncate = somewhere(drill.seed, body);
      await lostWrite("", write, { truncate }, { code: "bad_response", done: 1 }).run(drill);
    },
  })),
  ...writes.map(({ operation, send, done }): Scenario => ({
    name: `a reset after the last byte × ${operation}`,
    async run(drill) {
      const { head, body } = await sizeOf(operation, send);
      await withClinic(async (clinic, { holds }) => {
        clinic.proxy.next({ cut: head + body });
        await holds("I4", () => expect(send(clinic)).resolves.toBeDefined());
        await holds("I2", async () => expect(await done(clinic)).toBe(1));
      })(drill);
    },
  })),
  lostWrite(
    "a stop in mid-body",
    creating,
    { cut: 300, cutBy: "hang" },
    { code: "timeout", done: 1, options: impatient },
  ),
]);

const timedOut = { status: 408, headers: { connection: "close" } };

faultRow(
  "N13",
  "408 says nothing about a write: it is sent once and unknown",
  writes.flatMap((write) => [
    lostWrite("408", write, { answer: timedOut }, { code: "timeout", done: 0 }),
    lostWrite(
      "408 on a used connection",
      write,
      { answer: timedOut, reused: true },
      { code: "timeout", done: 0, reused: true },
    ),
    lostWrite("408 after it was done", write, { answer: { ...timedOut, commit: true } }, { code: "timeout", done: 1 }),
    {
      name: `408 on an idle connection × ${write.operation} × just before`,
      run: withClinic(async (clinic, { holds }) => {
        clinic.proxy.next({ idle408: true });
        await listSessions(clinic.client);
        // Depending on which is read first the write meets the 408 or has a connection of its own.
        const error: unknown = await write.send(clinic).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error) await holds("I4", () => expect(error).toMatchObject({ outcome: "unknown" }));
        await holds("I2", async () => expect(await write.done(clinic)).toBe(error ? 0 : 1));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBeLessThanOrEqual(2));
      }),
    } satisfies Scenario,
  ]),
);

const drip = { bytes: 1, every: 50 };
const drips = [
  { name: "a drip of the head", drip },
  { name: "a drip of the body", drip: { ...drip, from: "body" } },
] as const;

/** The reader did not wait for the rest of it: the connection was given up. */
const abandoned = ({ proxy }: Booked) => proxy.arrivals({ ended: "abandoned", committed: true });

faultRow("N14", "an answer that drips is given up after the time for one try, and its connection too", [
  ...reads.flatMap((read) =>
    drips.map(({ name, drip }): Scenario => ({
      name: `${name} × ${read.operation}`,
      run: withClinic(async (clinic, { holds }) => {
        clinic.proxy.next({ drip });
        await holds("I4", async () => expect(await read.ask(clinic)).toMatchObject(read.finds));
        await clinic.proxy.idle();
        await holds("I3", () => expect(abandoned(clinic)).toBe(1));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(2));
      }, impatient),
    })),
  ),
  ...writes.flatMap((write) =>
    drips.map(({ name, drip }): Scenario => ({
      name: `${name} × ${write.operation}`,
      run: withClinic(async (clinic, { holds }) => {
        clinic.proxy.next({ drip });
        const error = await failureOf(write.send(clinic));
        await clinic.proxy.idle();
        await holds("I4", () => expect(error).toMatchObject({ code: "timeout", outcome: "unknown" }));
        await holds("I2", async () => expect(await write.done(clinic)).toBe(1));
        await holds("I3", () => expect(abandoned(clinic)).toBe(1));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(1));
      }, impatient),
    })),
  ),
  lostRead("a drip for good", listing, { drip }, { code: "timeout", options: impatient }),
  recoveredRead("a drip that is slow but in time", listing, { drip: { bytes: 200, every: 2 } }, { arrivals: 1 }),
]);

/** What a page of another origin gets to see: an answer that does not let it in is no answer. */
const pageFetch: typeof fetch = async (input, init) => {
  const answer = await fetch(input, init);
  if (answer.headers.has("access-control-allow-origin")) return answer;
  await answer.body?.cancel();
  throw new TypeError("Failed to fetch");
};

/** The device may well be online: only the service is named. */
function blamesNoDevice(error: CoviuError): void {
  const texts = [failureText(error, failureMessages, "read"), failureText(error, failureMessages, "write")];
  expect(JSON.stringify([error, String(error), ...texts])).not.toMatch(/offline|on ?line|your (device|internet)/i);
}

/** The clinic as a page sees it that is served from elsewhere, on a device that is online. */
function seenFromAPage(clinic: Booked): Booked {
  vi.stubGlobal("navigator", { onLine: true });
  const { getAccessToken } = clinic.sandbox;
  return { ...clinic, client: createCoviuClient({ baseUrl: clinic.baseUrl, getAccessToken, fetch: pageFetch }) };
}

const badGateway = { status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway of Ana Lee</h1>" };

faultRow("N19", "a service that can't be reached is called that, and nobody is called offline", [
  ...[...reads, ...writes].flatMap((operation): Scenario[] => [
    {
      name: `a refused connection × ${operation.operation}`,
      run: withClinic(async (clinic, { holds }) => {
        vi.stubGlobal("navigator", { onLine: true });
        await clinic.proxy.refuse(true);
        const error = await failureOf(start(operation, clinic));
        await holds("I4", () => expect(error).toMatchObject({ code: "unreachable", outcome: "unknown" }));
        await holds("I4", () => blamesNoDevice(error));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(0));
        await clinic.proxy.refuse(false);
        await holds("I3", () => expect(start(operation, clinic)).resolves.toBeDefined());
      }),
    },
    {
      name: `a gateway error that CORS hides × ${operation.operation}`,
      run: withClinic(async (clinic, { holds }) => {
        clinic.proxy.next({ answer: badGateway, times: Infinity });
        const error = await failureOf(start(operation, seenFromAPage(clinic)));
        await holds("I4", () => expect(error).toMatchObject({ code: "unreachable", outcome: "unknown" }));
        await holds("I4", () => blamesNoDevice(error));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe("send" in operation ? 1 : 3));
        await holds("I5", () => namesNobody(error));
      }),
    },
  ]),
  {
    name: "a gateway error that CORS lets through × createSession",
    run: withClinic(async (clinic, { holds }) => {
      const headers = { "access-control-allow-origin": "*" };
      clinic.proxy.next({ answer: { ...badGateway, headers } });
      const error = await failureOf(creating.send(seenFromAPage(clinic)));
      await holds("I4", () => expect(error).toMatchObject({ code: "server", status: 502, outcome: "unknown" }));
      await holds("I5", () => namesNobody(error, "gateway"));
    }),
  },
]);

const redirects = [301, 302, 303, 307, 308];
const plain = (port: string) => `http://127.0.0.1:${port}/v1/sessions`;
const locations: [string, (port: string) => string][] = [
  ["another name", (port) => `http://localhost:${port}/v1/sessions`],
  ["no scheme", (port) => `//127.0.0.1:${port}/v1/sessions`],
  ["an address with credentials", (port) => `http://reception:secret@127.0.0.1:${port}/v1/sessions`],
];

/** Whatever the API's own host says, nothing goes to another. */
function redirected(
  name: string,
  operation: Operation,
  status: number,
  { location = plain, commit = false }: { location?: (port: string) => string; commit?: boolean } = {},
): Scenario {
  return {
    name: `${name} × ${operation.operation}`,
    run: withClinic(async (clinic, { holds }) => {
      const second = await scriptedServer((response) => response.end('{"content":[],"more":false,"ok":true}'));
      try {
        const { port } = new URL(second.baseUrl);
        const answer = { status, headers: { location: location(port) }, commit };
        clinic.proxy.next({ answer, times: Infinity });
        const error = await failureOf(start(operation, clinic));
        await holds("I5", () => expect(second.arrivals()).toBe(0));
        await holds("I5", () => namesNobody(error, port, "localhost", "reception", "secret"));
        await holds("I4", () => expect(error.outcome).toBe("unknown"));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBeLessThanOrEqual("ask" in operation ? 3 : 1));
        if ("done" in operation)
          await holds("I2", async () => expect(await operation.done(clinic)).toBe(Number(commit)));
      } finally {
        await second.close();
      }
    }),
  };
}

faultRow("N20", "a redirect to another host is never followed", [
  ...redirects.flatMap((status) =>
    [listing, opening, ...writes].map((operation) => redirected(`${status}`, operation, status)),
  ),
  ...locations.flatMap(([name, location]) =>
    [listing, creating].map((operation) => redirected(`307 to ${name}`, operation, 307, { location })),
  ),
  ...writes.map((write) => redirected("303 after it was done", write, 303, { commit: true })),
]);

const serverErrors = [500, 502, 503, 504];

faultRow("N5", "a server error on a read: three tries at most", [
  ...serverErrors.flatMap((status) =>
    reads.flatMap((read) => [
      lostRead(`${status} for good`, read, { answer: { status } }, { code: "server" }),
      recoveredRead(`${status} twice`, read, { answer: { status }, times: 2 }, { arrivals: 3 }),
    ]),
  ),
  recoveredRead("502 once, a page of HTML", listing, { answer: badGateway }, { arrivals: 2 }),
  recoveredRead("504 once, though it was done", listing, { answer: { status: 504, commit: true } }, { arrivals: 2 }),
  recoveredRead("503 once on a used connection", opening, { answer: { status: 503 } }, { arrivals: 2, reused: true }),
  {
    name: "503, then a reset, then an answer × getSessionPage",
    run: withClinic(async (clinic, { holds }) => {
      clinic.proxy.next({ answer: { status: 503 } });
      clinic.proxy.next({ reset: "before-commit" });
      await holds("I4", async () => expect(await listing.ask(clinic)).toMatchObject(listing.finds));
      await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(3));
    }),
  },
  {
    name: "a slow 503 for good, no time for a third × getSessionPage",
    run: withClinic(
      async (clinic, { holds }) => {
        clinic.proxy.next({ answer: { status: 503 }, delay: 150, times: Infinity });
        await failureOf(listing.ask(clinic));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBeLessThanOrEqual(2));
      },
      { timeouts: { total: 250 } },
    ),
  },
]);

const failedWrites = (list: readonly Write[]) =>
  list.flatMap((write) =>
    serverErrors.flatMap((status) => [
      lostWrite(`${status}, not done`, write, { answer: { status } }, { code: "server", done: 0 }),
      lostWrite(`${status}, done`, write, { answer: { status, commit: true } }, { code: "server", done: 1 }),
    ]),
  );

faultRow("N6", "a server error on a POST: sent once, outcome unknown", [
  ...failedWrites(writes.slice(0, 2)),
  lostWrite(
    "503 that says to come back at once",
    creating,
    { answer: { status: 503, headers: { "retry-after": "0" } } },
    { code: "server", done: 0 },
  ),
  lostWrite("502, a page of HTML", creating, { answer: { ...badGateway, commit: true } }, { code: "server", done: 1 }),
]);

faultRow("N7", "a server error on a PUT or DELETE: sent once, outcome unknown", failedWrites(writes.slice(2)));
