import { vi } from "vitest";

import { type CoviuClient, type CoviuClientOptions, createCoviuClient } from "../../src/core.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";
import { bookSession } from "../harness/bookSession.ts";
import * as harness from "../harness/operations.ts";
import { testNow } from "../harness/testTime.ts";

export interface Ids {
  sessionId: string;
  participantId: string;
}

/** Operations of the API, with a function that calls them on a session of `clinic`. */
const callable = (list: readonly harness.Operation[]) =>
  list.map((entry) => ({
    operation: entry.operation,
    call: (client: CoviuClient, ids: Ids) => harness.runOperation(entry, { client, ...ids }),
  }));
export const reads = callable(harness.reads);
export const writes = callable(harness.writes);
export const operations = [...reads, ...writes];

/** Sandbox with one session tomorrow, a client for it, and an empty log. */
export async function clinic(options: Partial<CoviuClientOptions> = {}, sandboxOptions: SandboxOptions = {}) {
  const sandbox = createSandbox({ now: testNow, seed: "none", ...sandboxOptions });
  const ids = await bookSession(createCoviuClient(sandbox));
  sandbox.log.clear();
  const client = createCoviuClient({ ...sandbox, fetch: countPending(sandbox.fetch), ...options });
  return { sandbox, client, ids };
}

/** Reason of a rejected promise. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail.");
}

/** Real timers, also while time is fake. */
const realSetImmediate = globalThis.setImmediate;
const realNow = performance.now.bind(performance);

let pendingCount = 0;

/** Counts pending requests. */
function countPending(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (...request) => {
    pendingCount += 1;
    try {
      return await fetch(...request);
    } finally {
      pendingCount -= 1;
    }
  };
}

/**
 * Advances the fake time in small steps. Before each step it waits for work that takes real time, such as signing a token.
 * It does not wait for requests that a test holds.
 */
export async function pass(ms: number, stepMs = 100): Promise<void> {
  let heldCount = 0;
  async function settle(): Promise<void> {
    const start = realNow();
    const isBusy = () => pendingCount > heldCount && realNow() - start < 300;
    for (let turn = 0; turn < 4 || isBusy(); turn += 1) await new Promise((resolve) => realSetImmediate(resolve));
    heldCount = pendingCount;
  }
  for (let remainingMs = ms; remainingMs > 0; remainingMs -= stepMs) {
    await settle();
    await vi.advanceTimersByTimeAsync(Math.min(stepMs, remainingMs));
  }
  await settle();
}
