// @vitest-environment node
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";

import { expect } from "vitest";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import {
  inHours,
  type Booked,
  creating,
  listing,
  opening,
  type Operation,
  reads,
  start,
} from "../harness/operations.ts";
import { scriptedServer } from "../harness/scriptedServer.ts";
import { faultRow, type Scenario } from "./faultRow.ts";
import {
  failureOf,
  impatient,
  lostRead,
  recoveredRead,
  sizeOf,
  somewhere,
  withClinic,
  withoutPauses,
} from "./networkScenarios.ts";

withoutPauses();

faultRow("J1", "a truncated answer to a read is asked for once more", [
  ...reads.map((read): Scenario => ({
    name: `a body made shorter by a gateway at any byte × ${read.operation} × once`,
    runs: 20,
    async run(drill) {
      const { body } = await sizeOf(read.operation, read.ask);
      const truncate = somewhere(drill.seed, body);
      await recoveredRead("", read, { truncate }, { arrivals: 2 }).run(drill);
    },
  })),
  lostRead(
    "a body made shorter by a gateway × for good",
    listing,
    { truncate: 300 },
    { code: "bad_response", tries: 2 },
  ),
]);

faultRow(
  "N13",
  "408 is not in the list of what is asked again",
  reads.map((read) => lostRead("408", read, { answer: { status: 408 } }, { code: "timeout", tries: 1 })),
);

faultRow(
  "N14",
  "the time for all tries ends a try that is running",
  (
    [
      ["a drip of the body", { drip: { bytes: 1, every: 50, from: "body" } }],
      ["a drip of the head", { drip: { bytes: 1, every: 50 } }],
      ["silence", { hang: "after-commit" }],
    ] as const
  ).map(([name, fault]): Scenario => ({
    name: `${name} × ${opening.operation} × less time for all than for one`,
    run: withClinic(
      async (clinic, { holds }) => {
        clinic.proxy.next({ ...fault, times: Infinity });
        const begun = performance.now();
        const error = await failureOf(opening.ask(clinic));
        await holds("I4", () => expect(error).toMatchObject({ code: "timeout", outcome: "unknown" }));
        await holds("I3", () => expect(performance.now() - begun).toBeLessThan(1500));
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(1));
      },
      { timeouts: { request: 3000, total: 200 } },
    ),
  })),
);

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Until the head of an answer has been read. Its body drips. */
async function headRead({ proxy }: Booked): Promise<void> {
  await expect.poll(() => proxy.arrivals({ committed: true })).toBe(1);
  await new Promise(setImmediate);
}

const drip = { bytes: 1, every: 20, from: "body" } as const;

faultRow(
  "N14",
  "a limit is not forgotten when the engine clears up in mid-body",
  [listing, creating].map((operation): Scenario => ({
    name: `a drip of the body × ${operation.operation} × garbage is collected`,
    run: withClinic(async (clinic, { holds }) => {
      clinic.proxy.next({ drip, times: Infinity });
      const call = start(operation, clinic);
      await headRead(clinic);
      collectGarbage();
      await holds("I3", async () =>
        expect(await failureOf(call)).toMatchObject({ code: "timeout", outcome: "unknown" }),
      );
    }, impatient),
  })),
);

faultRow(
  "L1",
  "a call that is given up in mid-body ends, and its connection too",
  [false, true].map((collected): Scenario => ({
    name: `a drip of the body × getSessionPage × given up${collected ? " after garbage was collected" : ""}`,
    run: withClinic(async (clinic, { holds }) => {
      clinic.proxy.next({ drip });
      const abort = new AbortController();
      const call = listSessions(clinic.client, {}, { signal: abort.signal });
      await headRead(clinic);
      if (collected) collectGarbage();
      abort.abort("left the page");
      await holds("I3", () => expect(call).rejects.toBe("left the page"));
      await clinic.proxy.idle();
      await holds("I8", () => expect(clinic.proxy.arrivals({ ended: "abandoned" })).toBe(1));
    }),
  })),
);

const mebibyte = 1024 * 1024;

/** A page, or a session, of so many bytes of JSON. */
function ofSize(operation: Operation, bytes: number): string {
  const note = "x".repeat(bytes - 140);
  return "ask" in operation
    ? `{"content":[],"more":false,"note":"${note}"}`
    : `{"session_id":"a","start_time":"${inHours(48)}","end_time":"${inHours(49)}","note":"${note}"}`;
}

/** Answers in chunks, as fast as the other side reads, and tells of each. */
async function stream(response: ServerResponse, body: Buffer, onChunk: (size: number) => void): Promise<void> {
  function* chunks() {
    for (let from = 0; from < body.length; from += 65_536) {
      const chunk = body.subarray(from, from + 65_536);
      onChunk(chunk.length);
      yield chunk;
    }
  }
  response.writeHead(200, { "content-type": "application/json" });
  // It breaks off when the client has read enough.
  await pipeline(Readable.from(chunks()), response).catch(() => {});
}

type Framing = "length" | "chunks" | "gzip";

function large(size: number, framing: Framing, operation: Operation, refused: boolean): Scenario {
  return {
    name: `${size} MB with ${framing} × ${operation.operation}`,
    async run({ holds }) {
      const body = Buffer.from(ofSize(operation, size * mebibyte));
      let written = 0;
      const server = await scriptedServer((response) => {
        if (framing === "chunks") {
          void stream(response, body, (size) => (written += size));
          return;
        }
        const bytes = framing === "gzip" ? gzipSync(body) : body;
        const encoding = framing === "gzip" ? { "content-encoding": "gzip" } : {};
        response.writeHead(200, { "content-type": "application/json", "content-length": bytes.length, ...encoding });
        response.end(bytes);
      });
      const client = createCoviuClient({ baseUrl: server.baseUrl, getAccessToken: async () => "token" });
      const answer = start(operation, { client, sessionId: "one", participantId: "two" });
      if (refused) {
        await holds("I4", () => expect(answer).rejects.toMatchObject({ code: "bad_response", outcome: "unknown" }));
      } else await holds("I4", () => expect(answer).resolves.toHaveProperty("note"));
      await holds("I8", () => expect(server.arrivals()).toBe(1));
      await server.close();
      // What the sockets hold on the way comes on top.
      if (refused && framing === "chunks") expect(written).toBeLessThan(20 * mebibyte);
    },
  };
}

faultRow(
  "J9",
  "an answer of more than 5 MB is refused before it is parsed, one below is read",
  (["length", "chunks", "gzip"] as const).flatMap((framing) =>
    [listing, creating].flatMap((operation) => [
      large(4, framing, operation, false),
      large(6, framing, operation, true),
      ...(operation === listing ? [large(50, framing, operation, true)] : []),
    ]),
  ),
);
