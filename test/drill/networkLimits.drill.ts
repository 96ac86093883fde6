// @vitest-environment node
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";

import { expect } from "vitest";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import { createWrite, getRead, listRead, type Operation, reads, runOperation } from "../harness/operations.ts";
import type { Clinic } from "../harness/overHttp.ts";
import { scriptedServer } from "../harness/scriptedServer.ts";
import { inHours } from "../harness/testTime.ts";
import { faultRow, type Scenario } from "./faultRow.ts";
import {
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

faultRow("J1", "a truncated response to a read is retried once", [
  ...reads.map((read): Scenario => ({
    name: `a body truncated by a gateway at any byte × ${read.operation} × once`,
    runs: 20,
    async run(drill) {
      const { body } = await responseSize(read.operation, read.read);
      const truncate = positionFor(drill.seed, body);
      await recoveredRead("", read, { truncate }, { arrivals: 2 }).run(drill);
    },
  })),
  failedRead(
    "a body truncated by a gateway × every time",
    listRead,
    { truncate: 300 },
    { code: "bad_response", attempts: 2 },
  ),
]);

faultRow(
  "N13",
  "after a 408, a read is not retried",
  reads.map((read) => failedRead("408", read, { response: { status: 408 } }, { code: "timeout", attempts: 1 })),
);

faultRow(
  "N14",
  "the time limit for all attempts ends the current attempt",
  (
    [
      ["a slow body", { drip: { bytes: 1, everyMs: 50, from: "body" } }],
      ["a slow head", { drip: { bytes: 1, everyMs: 50 } }],
      ["no response", { hang: "after-commit" }],
    ] as const
  ).map(([name, fault]): Scenario => ({
    name: `${name} × ${getRead.operation} × total limit below the limit of one attempt`,
    run: withClinic(
      async (clinic, { holds }) => {
        clinic.proxy.next({ ...fault, times: Infinity });
        const begun = performance.now();
        const error = await failureOf(getRead.read(clinic));
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

/** Waits until the head of a response was read. */
async function headRead({ proxy }: Clinic): Promise<void> {
  await expect.poll(() => proxy.arrivals({ committed: true })).toBe(1);
  await new Promise(setImmediate);
}

const drip = { bytes: 1, everyMs: 20, from: "body" } as const;

faultRow(
  "N14",
  "the time limit also ends a slow response after a garbage collection",
  [listRead, createWrite].map((operation): Scenario => ({
    name: `a slow body × ${operation.operation} × garbage collection`,
    run: withClinic(async (clinic, { holds }) => {
      clinic.proxy.next({ drip, times: Infinity });
      const call = runOperation(operation, clinic);
      await headRead(clinic);
      collectGarbage();
      await holds("I3", async () =>
        expect(await failureOf(call)).toMatchObject({ code: "timeout", outcome: "unknown" }),
      );
    }, shortTimeout),
  })),
);

faultRow(
  "L1",
  "a read that is aborted in the middle of a body ends, and its connection is closed",
  [false, true].map((collected): Scenario => ({
    name: `a slow body × getSessionPage × aborted${collected ? " after a garbage collection" : ""}`,
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

/** JSON of a page or a session with so many bytes. */
function ofSize(operation: Operation, bytes: number): string {
  const note = "x".repeat(bytes - 140);
  return "read" in operation
    ? `{"content":[],"more":false,"note":"${note}"}`
    : `{"session_id":"a","start_time":"${inHours(48)}","end_time":"${inHours(49)}","note":"${note}"}`;
}

/** Sends a body in chunks as fast as the client reads, and calls `onChunk` with the size of each. */
async function stream(response: ServerResponse, body: Buffer, onChunk: (size: number) => void): Promise<void> {
  function* chunks() {
    for (let from = 0; from < body.length; from += 65_536) {
      const chunk = body.subarray(from, from + 65_536);
      onChunk(chunk.length);
      yield chunk;
    }
  }
  response.writeHead(200, { "content-type": "application/json" });
  // The client closes the connection when it has read enough.
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
      const result = runOperation(operation, { client, sessionId: "one", participantId: "two" });
      if (refused) {
        await holds("I4", () => expect(result).rejects.toMatchObject({ code: "bad_response", outcome: "unknown" }));
      } else await holds("I4", () => expect(result).resolves.toHaveProperty("note"));
      await holds("I8", () => expect(server.arrivals()).toBe(1));
      await server.close();
      // Buffers of the sockets add to the limit of 5 MB.
      if (refused && framing === "chunks") expect(written).toBeLessThan(20 * mebibyte);
    },
  };
}

faultRow(
  "J9",
  "a response above 5 MB is refused before it is parsed, a smaller one is read",
  (["length", "chunks", "gzip"] as const).flatMap((framing) =>
    [listRead, createWrite].flatMap((operation) => [
      large(4, framing, operation, false),
      large(6, framing, operation, true),
      ...(operation === listRead ? [large(50, framing, operation, true)] : []),
    ]),
  ),
);
