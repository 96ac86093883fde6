import { inspect } from "node:util";

import { afterEach, beforeEach, expect, vi } from "vitest";

import { CoviuError, listSessions } from "../../src/core.ts";
import type { ProxyFault } from "../harness/faultProxy.ts";
import { booked, type Booked, type Read, type Write } from "../harness/operations.ts";
import type { OverHttpOptions } from "../harness/overHttp.ts";
import type { Drill, Scenario } from "./faultRow.ts";

/** Reads are asked again at once: full jitter is anything from nothing on. */
export function withoutPauses(): void {
  beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
  afterEach(() => void vi.restoreAllMocks());
}

/** What one try may take, in milliseconds; a healthy one takes five. */
export const patience = 300;
export const impatient = { timeouts: { request: patience } };

/** Runs something with a clinic behind a faulty line, and takes the clinic down again. */
export function withClinic(run: (clinic: Booked, drill: Drill) => Promise<unknown>, options?: OverHttpOptions) {
  return async (drill: Drill) => {
    const clinic = await booked(options);
    try {
      await run(clinic, drill);
    } finally {
      await clinic.close();
    }
  };
}

export async function failureOf(call: Promise<unknown>): Promise<CoviuError> {
  const error: unknown = await call.then(
    () => expect.fail("it did not fail"),
    (reason: unknown) => reason,
  );
  if (!CoviuError.is(error)) throw error;
  return error;
}

/** An error holds no name, id, address or token, however it is printed. */
export function namesNobody(error: CoviuError, ...more: string[]): void {
  const printed = [String(error), error.stack, JSON.stringify(error), inspect(error, { depth: 9 })].join("\n");
  for (const secret of ["Ana", "Zoë", "Mei-Ling", "Knee", "127.0.0.1:", "/v1", "eyJ", ...more]) {
    expect(printed).not.toContain(secret);
  }
}

function failsOnConnect({ reset, close, hang, garbage }: ProxyFault): boolean {
  return [reset, close, hang, garbage].includes("on-connect");
}

/** Leaves a connection that has carried a request and is free. */
async function warm({ client, proxy }: Booked): Promise<void> {
  await listSessions(client);
  await proxy.idle();
  // The engine frees it a turn after the last byte was read.
  await new Promise(setImmediate);
  proxy.clear();
}

interface Circumstances {
  /** The fault meets a connection that has been used before. */
  reused?: boolean;
  options?: OverHttpOptions;
}

/** A write that is sent once, and whose outcome nobody claims to know. */
export function lostWrite(
  fault: string,
  { operation, send, done }: Write,
  faults: ProxyFault,
  expected: Circumstances & { code: CoviuError["code"]; done: number },
): Scenario {
  const { code, reused = false, options } = expected;
  return {
    name: `${fault} × ${operation}`,
    run: withClinic(async (clinic, { holds }) => {
      if (reused) await warm(clinic);
      clinic.proxy.next(faults);
      const error = await failureOf(send(clinic));
      await clinic.proxy.idle();
      await holds("I4", () => expect(error).toMatchObject({ operation, code, outcome: "unknown" }));
      await holds("I2", async () => expect(await done(clinic)).toBe(expected.done));
      await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(failsOnConnect(faults) ? 0 : 1));
      expect(clinic.proxy.log().some((entry) => entry.reused)).toBe(reused);
      await holds("I5", () => namesNobody(error, clinic.sessionId, clinic.participantId));
    }, options),
  };
}

/** A read that gets through with so many requests. */
export function recoveredRead(
  fault: string,
  { operation, ask, finds }: Read,
  faults: ProxyFault,
  { arrivals, reused = false, options }: Circumstances & { arrivals: number },
): Scenario {
  return {
    name: `${fault} × ${operation}`,
    run: withClinic(async (clinic, { holds }) => {
      if (reused) await warm(clinic);
      clinic.proxy.next(faults);
      const found = await ask(clinic);
      await clinic.proxy.idle();
      await holds("I4", () => expect(found).toMatchObject(finds));
      await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(arrivals));
      if (reused) expect(clinic.proxy.log()[0]?.reused).toBe(true);
    }, options),
  };
}

/** A read that fails for good, after as many tries as the row allows. */
export function lostRead(
  fault: string,
  { operation, ask }: Read,
  faults: ProxyFault,
  { code, tries = 3, options }: { code: CoviuError["code"]; tries?: number; options?: OverHttpOptions },
): Scenario {
  return {
    name: `${fault} × ${operation}`,
    run: withClinic(async (clinic, { holds }) => {
      clinic.proxy.next({ times: Infinity, ...faults });
      const error = await failureOf(ask(clinic));
      await clinic.proxy.idle();
      await holds("I4", () => expect(error).toMatchObject({ operation, code, outcome: "unknown" }));
      if (failsOnConnect(faults)) {
        // The engine may open a spare one.
        expect(clinic.proxy.connections()).toBeGreaterThanOrEqual(tries);
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(0));
      } else await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(tries));
      await holds("I5", () => namesNobody(error, clinic.sessionId, clinic.participantId));
    }, options),
  };
}

const sizes = new Map<string, Promise<{ head: number; body: number }>>();

/** Bytes of a healthy answer, the same for every answer to a question: ids and dates have one length. */
export function sizeOf(operation: string, start: (clinic: Booked) => Promise<unknown>) {
  const known = sizes.get(operation) ?? measure(start);
  sizes.set(operation, known);
  return known;
}

async function measure(start: (clinic: Booked) => Promise<unknown>): Promise<{ head: number; body: number }> {
  const clinic = await booked();
  await start(clinic);
  const size = clinic.proxy.log()[0]?.answer;
  await clinic.close();
  if (!size) throw new Error("Nothing was answered.");
  return size;
}

/** A prime larger than any answer here. */
const stride = 7919;

/** Somewhere below `length`: as many seeds in a row meet every place once. */
export function somewhere(seed: number, length: number): number {
  return (seed * stride) % length;
}
