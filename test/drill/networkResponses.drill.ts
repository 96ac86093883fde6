// @vitest-environment node
import { expect } from "vitest";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import { cancelWrite, createWrite, listRead, type Operation, reads, runOperation } from "../harness/operations.ts";
import { scriptedServer } from "../harness/scriptedServer.ts";
import { faultRow, type Scenario } from "./faultRow.ts";
import {
  expectNoSecrets,
  failedRead,
  failureOf,
  positionFor,
  recoveredRead,
  responseSize,
  shortTimeout,
  skipRetryDelays,
  withClinic,
} from "./networkScenarios.ts";

skipRetryDelays();

const listSize = () => responseSize(listRead.operation, listRead.read);

faultRow("J1", "a truncated response to a read is retried, never read in part, and fails with a CoviuError", [
  ...(["reset", "close"] as const).flatMap((cutBy): Scenario[] => [
    {
      name: `a ${cutBy} at any byte × getSessionPage × once`,
      runs: 60,
      run: withClinic(async (clinic, { seed, holds }) => {
        const { head, body } = await listSize();
        const page = await listSessions(clinic.direct);
        clinic.proxy.next({ cut: positionFor(seed, head + body), cutBy });
        await holds("I4", async () => expect(await listRead.read(clinic)).toEqual(page));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(2));
      }),
    },
    {
      name: `a ${cutBy} at any byte × getSessionPage × every time`,
      runs: 60,
      async run(drill) {
        const { head, body } = await listSize();
        const cut = positionFor(drill.seed, head + body);
        await failedRead("", listRead, { cut, cutBy }, { code: "unreachable" }).run(drill);
      },
    },
  ]),
  {
    name: "a body truncated by a gateway at any byte × getSessionPage × every time",
    runs: 60,
    run: withClinic(async (clinic, { seed, holds }) => {
      const { body } = await listSize();
      clinic.proxy.next({ truncate: positionFor(seed, body), times: Infinity });
      const error = await failureOf(listRead.read(clinic));
      await holds("I4", () => expect(error).toMatchObject({ code: "bad_response", outcome: "unknown" }));
      await holds("I8", () => expect(clinic.proxy.arrivals()).toBeLessThanOrEqual(2));
      await holds("I5", () => expectNoSecrets(error, "content", clinic.sessionId));
    }),
  },
  ...reads.slice(1).map((read): Scenario => ({
    name: `a reset at any byte × ${read.operation} × once`,
    runs: 10,
    async run(drill) {
      const { head, body } = await responseSize(read.operation, read.read);
      const cut = positionFor(drill.seed, head + body);
      await recoveredRead("", read, { cut }, { arrivals: 2 }).run(drill);
    },
  })),
  recoveredRead(
    "no more bytes in the middle of the body",
    listRead,
    { cut: 400, cutBy: "hang" },
    { arrivals: 2, options: shortTimeout },
  ),
]);

const page = '{"content":[],"more":false}';
const session = '{"session_id":"a","start_time":"2026-01-12T09:00:00Z","end_time":"2026-01-12T10:00:00Z","ok":true}';
const html = '<!doctype html><title>Sign in, Ana Lee</title><p>{"content":[],"more":false}';

/** Requests of three kinds, each with the body of a valid response. */
const requests = [
  { operation: listRead, validBody: page },
  { operation: createWrite, validBody: session },
  { operation: cancelWrite, validBody: '{"ok":true}' },
];

/** Sends a request to a server that always sends this response. Returns the result and the number of requests. */
async function sendTo(operation: Operation, type: string | undefined, status: number, body: string | Buffer) {
  const server = await scriptedServer((response) => {
    response.writeHead(status, type === undefined ? {} : { "content-type": type });
    response.end(body);
  });
  const client = createCoviuClient({ baseUrl: server.baseUrl, getAccessToken: async () => "token" });
  const result = runOperation(operation, { client, sessionId: "one", participantId: "two" });
  await result.catch(() => {});
  await server.close();
  return { result, arrivals: server.arrivals() };
}

/** Allowed number of requests: a read may be retried once, a write never. */
const maxArrivals = (operation: Operation) => ("read" in operation ? 2 : 1);

faultRow("J2", "a response of a wrong type is read safely or refused, never taken for success", [
  ...requests.flatMap(({ operation, validBody }) =>
    [undefined, "text/plain", "text/html", "application/octet-stream", "application/problem+json", "nonsense"].map(
      (type): Scenario => ({
        name: `JSON with content type ${type ?? "none"} × ${operation.operation}`,
        async run({ holds }) {
          const { result, arrivals } = await sendTo(operation, type, 200, validBody);
          const expected = "read" in operation ? { content: [], more: false } : { ok: true };
          const refusal = { code: "bad_response", outcome: "unknown" };
          await holds("I4", () =>
            result.then(
              (value) => expect(value).toMatchObject(expected),
              (error: unknown) => expect(error).toMatchObject(refusal),
            ),
          );
          await holds("I8", () => expect(arrivals).toBeLessThanOrEqual(maxArrivals(operation)));
        },
      }),
    ),
  ),
  ...requests.flatMap(({ operation }) =>
    (
      [
        ["HTML with 200", "text/html; charset=utf-8", 200, html],
        ["HTML with a JSON content type", "application/json", 200, html],
        ["HTML without a content type", undefined, 200, html],
        ["an empty 200", "application/json", 200, ""],
        ["an empty 200 without a content type", undefined, 200, ""],
        ["204", undefined, 204, ""],
        ["only spaces", "application/json", 200, " \r\n "],
        ["null", "application/json", 200, "null"],
        ["a text", "application/json", 200, '"ok"'],
        ["true", "application/json", 200, "true"],
        ["a list of nothing", "application/json", 200, "[]"],
        ["an empty object", "application/json", 200, "{}"],
        ["two documents", "application/json", 200, `${page}${session}`],
        ["JavaScript", "text/javascript", 200, `callback(${page})`],
        ["bytes of an image", "image/png", 200, Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")],
      ] satisfies [string, string | undefined, number, string | Buffer][]
    ).map(([name, type, status, body]): Scenario => ({
      name: `${name} × ${operation.operation}`,
      async run({ holds }) {
        const { result, arrivals } = await sendTo(operation, type, status, body);
        const failure = await failureOf(result);
        // HTML comes from another server than the service.
        const code = /^HTML with(out a content type| 200)/.test(name) ? "wrong_address" : "bad_response";
        await holds("I4", () => expect(failure).toMatchObject({ code, outcome: "unknown" }));
        await holds("I5", () => expectNoSecrets(failure, "doctype", "Sign in", "callback"));
        await holds("I8", () => expect(arrivals).toBeLessThanOrEqual(maxArrivals(operation)));
      },
    })),
  ),
]);

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const nestedObjects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

faultRow(
  "J9",
  "a response that is nested deeply is read or refused",
  [10_000, 100_000].flatMap((depth) =>
    (
      [
        ["lists instead of a page", listRead, "refused", nested(depth)],
        ["objects instead of a page", listRead, "refused", nestedObjects(depth)],
        ["objects instead of a session", createWrite, "refused", nestedObjects(depth)],
        ["lists that never close", listRead, "refused", "[".repeat(depth)],
        ["lists in a page", listRead, "either", `{"more":false,"content":[],"note":${nested(depth)}}`],
        ["lists as a row", listRead, "either", `{"more":false,"content":[${nested(depth)}]}`],
        ["lists in a session", createWrite, "either", session.replace('"a"', `"a","note":${nested(depth)}`)],
      ] satisfies [string, Operation, "refused" | "either", string][]
    ).map(([name, operation, outcome, body]): Scenario => ({
      name: `${depth} ${name} × ${operation.operation}`,
      async run({ holds }) {
        const { result, arrivals } = await sendTo(operation, "application/json", 200, body);
        const error: unknown = await result.then(
          () => (outcome === "refused" ? expect.fail("it was read") : undefined),
          (reason: unknown) => reason,
        );
        if (error) await holds("I4", () => expect(error).toMatchObject({ code: "bad_response", outcome: "unknown" }));
        await holds("I8", () => expect(arrivals).toBeLessThanOrEqual(maxArrivals(operation)));
      },
    })),
  ),
);
