import { inspect } from "node:util";

import { afterEach, beforeEach, expect, vi } from "vitest";

import { CoviuError, listSessions } from "../../src/core.ts";
import type { ProxyFault } from "../harness/faultProxy.ts";
import type { Read, Write } from "../harness/operations.ts";
import { type Clinic, openClinic, type OverHttpOptions } from "../harness/overHttp.ts";
import type { Drill, Scenario } from "./faultRow.ts";

/** Sets the random wait before a retry to 0. */
export function skipRetryDelays(): void {
  beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));
  afterEach(() => void vi.restoreAllMocks());
}

/** Time limit for one request, in ms. A request without a fault takes 5 ms. */
export const requestTimeoutMs = 300;
export const shortTimeout = { timeouts: { request: requestTimeoutMs } };

/** Runs a scenario with a clinic behind a fault proxy, and closes the clinic. */
export function withClinic(run: (clinic: Clinic, drill: Drill) => Promise<unknown>, options?: OverHttpOptions) {
  return async (drill: Drill) => {
    const clinic = await openClinic(options);
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

/** Expects no name, id, address or token in any printed form of an error. */
export function expectNoSecrets(error: CoviuError, ...more: string[]): void {
  const printed = [String(error), error.stack, JSON.stringify(error), inspect(error, { depth: 9 })].join("\n");
  for (const secret of ["Ana", "Zoë", "Mei-Ling", "Knee", "127.0.0.1:", "/v1", "eyJ", ...more]) {
    expect(printed).not.toContain(secret);
  }
}

function failsOnConnect({ reset, close, hang, garbage }: ProxyFault): boolean {
  return [reset, close, hang, garbage].includes("on-connect");
}

/** Opens a connection that has carried a request and is idle. */
async function openIdleConnection({ client, proxy }: Clinic): Promise<void> {
  await listSessions(client);
  await proxy.idle();
  // The engine frees the connection one turn after the last byte was read.
  await new Promise(setImmediate);
  proxy.clear();
}

interface ScenarioOptions {
  /** Whether the fault affects a connection that was used before. */
  reused?: boolean;
  options?: OverHttpOptions;
}

/** A write that is sent once and fails with an unknown outcome. */
export function unknownWrite(
  fault: string,
  { operation, send, effectCount }: Write,
  faults: ProxyFault,
  expected: ScenarioOptions & { code: CoviuError["code"]; effects: number },
): Scenario {
  const { code, reused = false, options } = expected;
  return {
    name: `${fault} × ${operation}`,
    run: withClinic(async (clinic, { holds }) => {
      if (reused) await openIdleConnection(clinic);
      clinic.proxy.next(faults);
      const error = await failureOf(send(clinic));
      await clinic.proxy.idle();
      await holds("I4", () => expect(error).toMatchObject({ operation, code, outcome: "unknown" }));
      await holds("I2", async () => expect(await effectCount(clinic)).toBe(expected.effects));
      await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(failsOnConnect(faults) ? 0 : 1));
      expect(clinic.proxy.log().some((entry) => entry.reused)).toBe(reused);
      await holds("I5", () => expectNoSecrets(error, clinic.sessionId, clinic.participantId));
    }, options),
  };
}

/** A read that succeeds after so many requests. */
export function recoveredRead(
  fault: string,
  { operation, read, expected }: Read,
  faults: ProxyFault,
  { arrivals, reused = false, options }: ScenarioOptions & { arrivals: number },
): Scenario {
  return {
    name: `${fault} × ${operation}`,
    run: withClinic(async (clinic, { holds }) => {
      if (reused) await openIdleConnection(clinic);
      clinic.proxy.next(faults);
      const result = await read(clinic);
      await clinic.proxy.idle();
      await holds("I4", () => expect(result).toMatchObject(expected));
      await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(arrivals));
      if (reused) expect(clinic.proxy.log()[0]?.reused).toBe(true);
    }, options),
  };
}

/** A read that fails after as many attempts as the row allows. */
export function failedRead(
  fault: string,
  { operation, read }: Read,
  faults: ProxyFault,
  { code, attempts = 3, options }: { code: CoviuError["code"]; attempts?: number; options?: OverHttpOptions },
): Scenario {
  return {
    name: `${fault} × ${operation}`,
    run: withClinic(async (clinic, { holds }) => {
      clinic.proxy.next({ times: Infinity, ...faults });
      const error = await failureOf(read(clinic));
      await clinic.proxy.idle();
      await holds("I4", () => expect(error).toMatchObject({ operation, code, outcome: "unknown" }));
      if (failsOnConnect(faults)) {
        // The engine may open a spare connection.
        expect(clinic.proxy.connections()).toBeGreaterThanOrEqual(attempts);
        await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(0));
      } else await holds("I8", () => expect(clinic.proxy.arrivals()).toBe(attempts));
      await holds("I5", () => expectNoSecrets(error, clinic.sessionId, clinic.participantId));
    }, options),
  };
}

const sizes = new Map<string, Promise<{ head: number; body: number }>>();

/** Size of a response without a fault. It is the same for each request, since ids and dates have one length. */
export function responseSize(operation: string, run: (clinic: Clinic) => Promise<unknown>) {
  const known = sizes.get(operation) ?? measure(run);
  sizes.set(operation, known);
  return known;
}

async function measure(run: (clinic: Clinic) => Promise<unknown>): Promise<{ head: number; body: number }> {
  const clinic = await openClinic();
  await run(clinic);
  const size = clinic.proxy.log()[0]?.responseSize;
  await clinic.close();
  if (!size) throw new Error("There was no response.");
  return size;
}

/** A prime larger than any response. */
const stride = 7919;

/** Position below `length`. Consecutive seeds reach every position once. */
export function positionFor(seed: number, length: number): number {
  return (seed * stride) % length;
}
