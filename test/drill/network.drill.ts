// @vitest-environment node
import { afterEach, expect, vi } from "vitest";

import { failureText } from "../../src/components/Failure/failureText.ts";
import { failureMessages } from "../../src/components/Failure/messages.ts";
import { type CoviuError, createCoviuClient, listSessions } from "../../src/core.ts";
import {
  cancelWrite,
  createWrite,
  getRead,
  listRead,
  type Operation,
  reads,
  runOperation,
  type Write,
  writes,
} from "../harness/operations.ts";
import type { Clinic } from "../harness/overHttp.ts";
import { scriptedServer } from "../harness/scriptedServer.ts";
import { faultRow, type Scenario } from "./faultRow.ts";
import {
  expectNoSecrets,
  failedRead,
  failureOf,
  positionFor,
  recoveredRead,
  requestTimeoutMs,
  responseSize,
  shortTimeout,
  skipRetryDelays,
  unknownWrite,
  withClinic,
} from "./networkScenarios.ts";

skipRetryDelays();
afterEach(() => void vi.unstubAllGlobals());

faultRow("N9", "without a response in time, a read is retried and the outcome of a write is unknown", [
  ...reads.flatMap((read) => [
    recoveredRead(
      "no response once, not done",
      read,
      { hang: "before-commit" },
      { arrivals: 2, options: shortTimeout },
    ),
    recoveredRead("no response once, done", read, { hang: "after-commit" }, { arrivals: 2, options: shortTimeout }),
  ]),
  recoveredRead(
    "no response twice",
    getRead,
    { hang: "before-commit", times: 2 },
    { arrivals: 3, options: shortTimeout },
  ),
  recoveredRead("a connection without a byte", getRead, { hang: "on-connect" }, { arrivals: 1, options: shortTimeout }),
  recoveredRead("a response that is late but in time", listRead, { delayResponseMs: 50 }, { arrivals: 1 }),
  failedRead("no response ever", listRead, { hang: "after-commit" }, { code: "timeout", options: shortTimeout }),
  failedRead(
    "no response ever, no time for another attempt",
    getRead,
    { hang: "before-commit" },
    { code: "timeout", attempts: 1, options: { timeouts: { request: requestTimeoutMs, total: requestTimeoutMs / 2 } } },
  ),
  ...writes.flatMap((write) => [
    unknownWrite(
      "no response, not done",
      write,
      { hang: "before-commit" },
      { code: "timeout", effects: 0, options: shortTimeout },
    ),
    unknownWrite(
      "no response, done",
      write,
      { hang: "after-commit" },
      { code: "timeout", effects: 1, options: shortTimeout },
    ),
  ]),
  unknownWrite(
    "a connection without a byte",
    createWrite,
    { hang: "on-connect" },
    { code: "timeout", effects: 0, options: shortTimeout },
  ),
  unknownWrite(
    "a response that is too late",
    createWrite,
    { delayResponseMs: 5000 },
    { code: "timeout", effects: 1, options: shortTimeout },
  ),
  unknownWrite(
    "no response on a used connection",
    cancelWrite,
    { hang: "after-commit" },
    { code: "timeout", effects: 1, reused: true, options: shortTimeout },
  ),
]);

faultRow(
  "N10",
  "after a reset before the server did anything, a read is retried and the outcome of a write is unknown",
  [
    ...reads.flatMap((read) => [
      recoveredRead("a reset", read, { reset: "before-commit" }, { arrivals: 2 }),
      recoveredRead("a reset of a used connection", read, { reset: "before-commit" }, { arrivals: 2, reused: true }),
    ]),
    recoveredRead("a reset while connecting", listRead, { reset: "on-connect" }, { arrivals: 1 }),
    recoveredRead("two resets", listRead, { reset: "before-commit", times: 2 }, { arrivals: 3 }),
    recoveredRead("a close", listRead, { close: "before-commit" }, { arrivals: 2 }),
    recoveredRead("garbage", listRead, { garbage: "before-commit" }, { arrivals: 2 }),
    recoveredRead("a reset after the response", listRead, { reset: "after-commit" }, { arrivals: 2 }),
    failedRead("a reset of every request", listRead, { reset: "before-commit" }, { code: "unreachable" }),
    failedRead("a reset of every connection attempt", getRead, { reset: "on-connect" }, { code: "unreachable" }),
    ...writes.flatMap((write) => [
      unknownWrite("a reset", write, { reset: "before-commit" }, { code: "unreachable", effects: 0 }),
      unknownWrite(
        "a reset of a used connection",
        write,
        { reset: "before-commit" },
        { code: "unreachable", effects: 0, reused: true },
      ),
      unknownWrite("a reset after it was done", write, { reset: "after-commit" }, { code: "unreachable", effects: 1 }),
    ]),
    unknownWrite("a reset while connecting", createWrite, { reset: "on-connect" }, { code: "unreachable", effects: 0 }),
    unknownWrite("a close", createWrite, { close: "before-commit" }, { code: "unreachable", effects: 0 }),
    unknownWrite(
      "a close after it was done",
      createWrite,
      { close: "after-commit" },
      { code: "unreachable", effects: 1 },
    ),
    unknownWrite("garbage", createWrite, { garbage: "before-commit" }, { code: "unreachable", effects: 0 }),
    unknownWrite(
      "garbage after it was done",
      createWrite,
      { garbage: "after-commit" },
      { code: "unreachable", effects: 1 },
    ),
  ],
);

faultRow(
  "N11",
  "after a response to a write that is cut off, the outcome is unknown and the write is done exactly once",
  [
    ...writes.flatMap((write) =>
      (["reset", "close"] as const).map((cutBy): Scenario => ({
        name: `a ${cutBy} after any number of bytes × ${write.operation}`,
        runs: write === createWrite ? 40 : 10,
        async run(drill) {
          const { head, body } = await responseSize(write.operation, write.send);
          const cut = positionFor(drill.seed, head + body);
          await unknownWrite("", write, { cut, cutBy }, { code: "unreachable", effects: 1 }).run(drill);
        },
      })),
    ),
    ...writes.map((write): Scenario => ({
      name: `a body truncated by a gateway × ${write.operation}`,
      runs: 10,
      async run(drill) {
        const { body } = await responseSize(write.operation, write.send);
        const truncate = positionFor(drill.seed, body);
        await unknownWrite("", write, { truncate }, { code: "bad_response", effects: 1 }).run(drill);
      },
    })),
    ...writes.map(({ operation, send, effectCount }): Scenario => ({
      name: `a reset after the last byte × ${operation}`,
      async run(drill) {
        const { head, body } = await responseSize(operation, send);
        await withClinic(async (clinic, { holds }) => {
          clinic.proxy.next({ cut: head + body });
          await holds("I4", () => expect(send(clinic)).resolves.toBeDefined());
          await holds("I2", async () => expect(await effectCount(clinic)).toBe(1));
        })(drill);
      },
    })),
    unknownWrite(
      "no more bytes in the middle of the body",
      createWrite,
      { cut: 300, cutBy: "hang" },
      { code: "timeout", effects: 1, options: shortTimeout },
    ),
  ],
);

const timedOut = { status: 408, headers: { connection: "close" } };

faultRow(
  "N13",
  "after a 408, a write is not retried and its outcome is unknown",
  writes.flatMap((write) => [
    unknownWrite("408", write, { response: timedOut }, { code: "timeout", effects: 0 }),
    unknownWrite(
      "408 on a used connection",
      write,
      { response: timedOut, reused: true },
      { code: "timeout", effects: 0, reused: true },
    ),
    unknownWrite(
      "408 after it was done",
      write,
      { response: { ...timedOut, commit: true } },
      { code: "timeout", effects: 1 },
    ),
    {
      name: `408 on an idle connection × ${write.operation} × just before`,
      run: withClinic(async (clinic, { holds }) => {
        clinic.proxy.next({ idle408: true });
        await listSessions(clinic.client);
        // The write gets the 408 or a connection of its own, depending on which is read first.
        const error: unknown = await write.send(clinic).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error) await holds("I4", () => expect(error).toMatchObject({ outcome: "unknown" }));
        await holds("I2", async () => expect(await write.effectCount(clinic)).toBe(error ? 0 : 1));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBeLessThanOrEqual(2));
      }),
    } satisfies Scenario,
  ]),
);

const slowBody = { bytes: 1, everyMs: 50 };
const drips = [
  { name: "a slow head", drip: slowBody },
  { name: "a slow body", drip: { ...slowBody, from: "body" } },
] as const;

/** Number of responses whose connection the client closed before the end. */
const abandoned = ({ proxy }: Clinic) => proxy.arrivals({ ended: "abandoned", committed: true });

faultRow("N14", "the time limit ends a response that arrives very slowly, and closes the connection", [
  ...reads.flatMap((read) =>
    drips.map(({ name, drip }): Scenario => ({
      name: `${name} × ${read.operation}`,
      run: withClinic(async (clinic, { holds }) => {
        clinic.proxy.next({ drip });
        await holds("I4", async () => expect(await read.read(clinic)).toMatchObject(read.expected));
        await clinic.proxy.idle();
        await holds("I3", () => expect(abandoned(clinic)).toBe(1));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(2));
      }, shortTimeout),
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
        await holds("I2", async () => expect(await write.effectCount(clinic)).toBe(1));
        await holds("I3", () => expect(abandoned(clinic)).toBe(1));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(1));
      }, shortTimeout),
    })),
  ),
  failedRead(
    "a slow response to every attempt",
    listRead,
    { drip: slowBody },
    { code: "timeout", options: shortTimeout },
  ),
  recoveredRead("a slow response that is in time", listRead, { drip: { bytes: 200, everyMs: 2 } }, { arrivals: 1 }),
]);

/** Fetch of a page of another origin: a response without CORS headers fails. */
const pageFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.headers.has("access-control-allow-origin")) return response;
  await response.body?.cancel();
  throw new TypeError("Failed to fetch");
};

/** Expects no text that says that the device is offline. */
function expectNotOffline(error: CoviuError): void {
  const texts = [failureText(error, failureMessages, "read"), failureText(error, failureMessages, "write")];
  expect(JSON.stringify([error, String(error), ...texts])).not.toMatch(/offline|on ?line|your (device|internet)/i);
}

/** The clinic with the client of a page of another origin, on a device that is online. */
function fromOtherOrigin(clinic: Clinic): Clinic {
  vi.stubGlobal("navigator", { onLine: true });
  const { getAccessToken } = clinic.sandbox;
  return { ...clinic, client: createCoviuClient({ baseUrl: clinic.baseUrl, getAccessToken, fetch: pageFetch }) };
}

const badGateway = { status: 502, headers: { "content-type": "text/html" }, body: "<h1>Bad gateway of Ana Lee</h1>" };

faultRow("N19", "a service that can't be reached is reported as such, and the user is not called offline", [
  ...[...reads, ...writes].flatMap((operation): Scenario[] => [
    {
      name: `a refused connection × ${operation.operation}`,
      run: withClinic(async (clinic, { holds }) => {
        vi.stubGlobal("navigator", { onLine: true });
        await clinic.proxy.refuse(true);
        const error = await failureOf(runOperation(operation, clinic));
        await holds("I4", () => expect(error).toMatchObject({ code: "unreachable", outcome: "unknown" }));
        await holds("I4", () => expectNotOffline(error));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(0));
        await clinic.proxy.refuse(false);
        await holds("I3", () => expect(runOperation(operation, clinic)).resolves.toBeDefined());
      }),
    },
    {
      name: `a gateway error that CORS hides × ${operation.operation}`,
      run: withClinic(async (clinic, { holds }) => {
        clinic.proxy.next({ response: badGateway, times: Infinity });
        const error = await failureOf(runOperation(operation, fromOtherOrigin(clinic)));
        await holds("I4", () => expect(error).toMatchObject({ code: "unreachable", outcome: "unknown" }));
        await holds("I4", () => expectNotOffline(error));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe("send" in operation ? 1 : 3));
        await holds("I5", () => expectNoSecrets(error));
      }),
    },
  ]),
  {
    name: "a gateway error that CORS lets through × createSession",
    run: withClinic(async (clinic, { holds }) => {
      const headers = { "access-control-allow-origin": "*" };
      clinic.proxy.next({ response: { ...badGateway, headers } });
      const error = await failureOf(createWrite.send(fromOtherOrigin(clinic)));
      await holds("I4", () => expect(error).toMatchObject({ code: "server", status: 502, outcome: "unknown" }));
      await holds("I5", () => expectNoSecrets(error, "gateway"));
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

/** A redirect by the API's host. Nothing may be sent to another host. */
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
        const response = { status, headers: { location: location(port) }, commit };
        clinic.proxy.next({ response, times: Infinity });
        const error = await failureOf(runOperation(operation, clinic));
        await holds("I5", () => expect(second.arrivals()).toBe(0));
        await holds("I5", () => expectNoSecrets(error, port, "localhost", "reception", "secret"));
        await holds("I4", () => expect(error.outcome).toBe("unknown"));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBeLessThanOrEqual("read" in operation ? 3 : 1));
        if ("effectCount" in operation)
          await holds("I2", async () => expect(await operation.effectCount(clinic)).toBe(Number(commit)));
      } finally {
        await second.close();
      }
    }),
  };
}

faultRow("N20", "a redirect to another host is never followed", [
  ...redirects.flatMap((status) =>
    [listRead, getRead, ...writes].map((operation) => redirected(`${status}`, operation, status)),
  ),
  ...locations.flatMap(([name, location]) =>
    [listRead, createWrite].map((operation) => redirected(`307 to ${name}`, operation, 307, { location })),
  ),
  ...writes.map((write) => redirected("303 after it was done", write, 303, { commit: true })),
]);

const serverErrors = [500, 502, 503, 504];

faultRow("N5", "after a server error, a read has three attempts at most", [
  ...serverErrors.flatMap((status) =>
    reads.flatMap((read) => [
      failedRead(`${status} every time`, read, { response: { status } }, { code: "server" }),
      recoveredRead(`${status} twice`, read, { response: { status }, times: 2 }, { arrivals: 3 }),
    ]),
  ),
  recoveredRead("502 once, a page of HTML", listRead, { response: badGateway }, { arrivals: 2 }),
  recoveredRead("504 once, though it was done", listRead, { response: { status: 504, commit: true } }, { arrivals: 2 }),
  recoveredRead("503 once on a used connection", getRead, { response: { status: 503 } }, { arrivals: 2, reused: true }),
  {
    name: "503, then a reset, then a response × getSessionPage",
    run: withClinic(async (clinic, { holds }) => {
      clinic.proxy.next({ response: { status: 503 } });
      clinic.proxy.next({ reset: "before-commit" });
      await holds("I4", async () => expect(await listRead.read(clinic)).toMatchObject(listRead.expected));
      await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(3));
    }),
  },
  {
    name: "a slow 503 every time, no time for a third attempt × getSessionPage",
    run: withClinic(
      async (clinic, { holds }) => {
        clinic.proxy.next({ response: { status: 503 }, delayMs: 150, times: Infinity });
        await failureOf(listRead.read(clinic));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBeLessThanOrEqual(2));
      },
      { timeouts: { total: 250 } },
    ),
  },
]);

const failedWrites = (list: readonly Write[]) =>
  list.flatMap((write) =>
    serverErrors.flatMap((status) => [
      unknownWrite(`${status}, not done`, write, { response: { status } }, { code: "server", effects: 0 }),
      unknownWrite(`${status}, done`, write, { response: { status, commit: true } }, { code: "server", effects: 1 }),
    ]),
  );

faultRow("N6", "after a server error on a POST, it is not sent again and its outcome is unknown", [
  ...failedWrites(writes.slice(0, 2)),
  unknownWrite(
    "503 with Retry-After 0",
    createWrite,
    { response: { status: 503, headers: { "retry-after": "0" } } },
    { code: "server", effects: 0 },
  ),
  unknownWrite(
    "502, a page of HTML",
    createWrite,
    { response: { ...badGateway, commit: true } },
    { code: "server", effects: 1 },
  ),
]);

faultRow(
  "N7",
  "after a server error on a PUT or DELETE, it is not sent again and its outcome is unknown",
  failedWrites(writes.slice(2)),
);
