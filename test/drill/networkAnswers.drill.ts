// @vitest-environment node
import { expect } from "vitest";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import { canceling, creating, listing, type Operation, reads, start } from "../harness/operations.ts";
import { scriptedServer } from "../harness/scriptedServer.ts";
import { faultRow, type Scenario } from "./faultRow.ts";
import {
  failureOf,
  impatient,
  lostRead,
  namesNobody,
  recoveredRead,
  sizeOf,
  somewhere,
  withClinic,
  withoutPauses,
} from "./networkScenarios.ts";

withoutPauses();

const listingSize = () => sizeOf(listing.operation, listing.ask);

faultRow("J1", "a truncated answer to a read: asked again, never half a page, never another error than ours", [
  ...(["reset", "close"] as const).flatMap((cutBy): Scenario[] => [
    {
      name: `a ${cutBy} at any byte × getSessionPage × once`,
      runs: 60,
      run: withClinic(async (clinic, { seed, holds }) => {
        const { head, body } = await listingSize();
        const page = await listSessions(clinic.direct);
        clinic.proxy.next({ cut: somewhere(seed, head + body), cutBy });
        await holds("I4", async () => expect(await listing.ask(clinic)).toEqual(page));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(2));
      }),
    },
    {
      name: `a ${cutBy} at any byte × getSessionPage × for good`,
      runs: 60,
      async run(drill) {
        const { head, body } = await listingSize();
        const cut = somewhere(drill.seed, head + body);
        await lostRead("", listing, { cut, cutBy }, { code: "unreachable" }).run(drill);
      },
    },
  ]),
  {
    name: "a body made shorter by a gateway at any byte × getSessionPage × for good",
    runs: 60,
    run: withClinic(async (clinic, { seed, holds }) => {
      const { body } = await listingSize();
      clinic.proxy.next({ truncate: somewhere(seed, body), times: Infinity });
      const error = await failureOf(listing.ask(clinic));
      await holds("I4", () => expect(error).toMatchObject({ code: "bad_response", outcome: "unknown" }));
      await holds("I8", () => expect(clinic.proxy.arrivals()).toBeLessThanOrEqual(2));
      await holds("I5", () => namesNobody(error, "content", clinic.sessionId));
    }),
  },
  ...reads.slice(1).map((read): Scenario => ({
    name: `a reset at any byte × ${read.operation} × once`,
    runs: 10,
    async run(drill) {
      const { head, body } = await sizeOf(read.operation, read.ask);
      const cut = somewhere(drill.seed, head + body);
      await recoveredRead("", read, { cut }, { arrivals: 2 }).run(drill);
    },
  })),
  recoveredRead("a stop in mid-body", listing, { cut: 400, cutBy: "hang" }, { arrivals: 2, options: impatient }),
]);

const page = '{"content":[],"more":false}';
const session = '{"session_id":"a","start_time":"2026-01-12T09:00:00Z","end_time":"2026-01-12T10:00:00Z","ok":true}';
const html = '<!doctype html><title>Sign in, Ana Lee</title><p>{"content":[],"more":false}';

/** The three kinds of question, each with what a healthy server says. */
const questions = [
  { operation: listing, healthy: page },
  { operation: creating, healthy: session },
  { operation: canceling, healthy: '{"ok":true}' },
];

/** What a client makes of a server that always answers the same, and how often it asked. */
async function answered(operation: Operation, type: string | undefined, status: number, body: string | Buffer) {
  const server = await scriptedServer((response) => {
    response.writeHead(status, type === undefined ? {} : { "content-type": type });
    response.end(body);
  });
  const client = createCoviuClient({ baseUrl: server.baseUrl, getAccessToken: async () => "token" });
  const answer = start(operation, { client, sessionId: "one", participantId: "two" });
  await answer.catch(() => {});
  await server.close();
  return { answer, arrivals: server.arrivals() };
}

/** A read may be asked once more, a write never. */
const most = (operation: Operation) => ("ask" in operation ? 2 : 1);

faultRow("J2", "an answer of the wrong kind is read safely or refused, never taken for success", [
  ...questions.flatMap(({ operation, healthy }) =>
    [undefined, "text/plain", "text/html", "application/octet-stream", "application/problem+json", "nonsense"].map(
      (type): Scenario => ({
        name: `JSON called ${type ?? "nothing"} × ${operation.operation}`,
        async run({ holds }) {
          const { answer, arrivals } = await answered(operation, type, 200, healthy);
          const read = "ask" in operation ? { content: [], more: false } : { ok: true };
          const refusal = { code: "bad_response", outcome: "unknown" };
          await holds("I4", () =>
            answer.then(
              (found) => expect(found).toMatchObject(read),
              (error: unknown) => expect(error).toMatchObject(refusal),
            ),
          );
          await holds("I8", () => expect(arrivals).toBeLessThanOrEqual(most(operation)));
        },
      }),
    ),
  ),
  ...questions.flatMap(({ operation }) =>
    (
      [
        ["HTML with 200", "text/html; charset=utf-8", 200, html],
        ["HTML called JSON", "application/json", 200, html],
        ["HTML called nothing", undefined, 200, html],
        ["an empty 200", "application/json", 200, ""],
        ["an empty 200 called nothing", undefined, 200, ""],
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
        const { answer, arrivals } = await answered(operation, type, status, body);
        const failure = await failureOf(answer);
        // A page is from another server than the service.
        const code = /^HTML (with|called nothing)/.test(name) ? "wrong_address" : "bad_response";
        await holds("I4", () => expect(failure).toMatchObject({ code, outcome: "unknown" }));
        await holds("I5", () => namesNobody(failure, "doctype", "Sign in", "callback"));
        await holds("I8", () => expect(arrivals).toBeLessThanOrEqual(most(operation)));
      },
    })),
  ),
]);

const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const nestedObjects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

faultRow(
  "J9",
  "an answer of monstrous depth is read or refused, and nothing breaks",
  [10_000, 100_000].flatMap((depth) =>
    (
      [
        ["lists instead of a page", listing, "refused", nested(depth)],
        ["objects instead of a page", listing, "refused", nestedObjects(depth)],
        ["objects instead of a session", creating, "refused", nestedObjects(depth)],
        ["lists that never close", listing, "refused", "[".repeat(depth)],
        ["lists in a page", listing, "either", `{"more":false,"content":[],"note":${nested(depth)}}`],
        ["lists as a row", listing, "either", `{"more":false,"content":[${nested(depth)}]}`],
        ["lists in a session", creating, "either", session.replace('"a"', `"a","note":${nested(depth)}`)],
      ] satisfies [string, Operation, "refused" | "either", string][]
    ).map(([name, operation, outcome, body]): Scenario => ({
      name: `${depth} ${name} × ${operation.operation}`,
      async run({ holds }) {
        const { answer, arrivals } = await answered(operation, "application/json", 200, body);
        const error: unknown = await answer.then(
          () => (outcome === "refused" ? expect.fail("it was read") : undefined),
          (reason: unknown) => reason,
        );
        if (error) await holds("I4", () => expect(error).toMatchObject({ code: "bad_response", outcome: "unknown" }));
        await holds("I8", () => expect(arrivals).toBeLessThanOrEqual(most(operation)));
      },
    })),
  ),
);
