import { vi } from "vitest";

import {
  addParticipant,
  cancelSession,
  type CoviuClient,
  type CoviuClientOptions,
  createCoviuClient,
  createSession,
  getParticipant,
  getSession,
  listParticipants,
  listSessions,
  type Operation,
  removeParticipant,
  updateParticipant,
  updateSession,
} from "../../src/core.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";

/** Monday 12 January 2026, 9:52 am in Sydney. */
export const now = "2026-01-11T22:52:00.000Z";

export function inHours(hours: number): string {
  return new Date(Date.parse(now) + hours * 3_600_000).toISOString();
}

export interface Ids {
  sessionId: string;
  participantId: string;
}

/** Every operation of the API, to be called on a session that `clinic` has booked. */
export const operations: readonly {
  operation: Operation;
  write: boolean;
  call: (client: CoviuClient, ids: Ids) => Promise<unknown>;
}[] = [
  { operation: "getSessionPage", write: false, call: (client) => listSessions(client) },
  { operation: "getSessionById", write: false, call: (client, { sessionId }) => getSession(client, sessionId) },
  {
    operation: "getSessionParticipants",
    write: false,
    call: (client, { sessionId }) => listParticipants(client, sessionId),
  },
  {
    operation: "getSessionParticipant",
    write: false,
    call: (client, { participantId }) => getParticipant(client, participantId),
  },
  {
    operation: "createSession",
    write: true,
    call: (client) => createSession(client, { session_name: "Review", start_time: inHours(2), end_time: inHours(3) }),
  },
  {
    operation: "updateSession",
    write: true,
    call: (client, { sessionId }) => updateSession(client, sessionId, { session_name: "Renamed" }),
  },
  {
    operation: "addSessionParticipant",
    write: true,
    call: (client, { sessionId }) => addParticipant(client, sessionId, { display_name: "Noor Haddad" }),
  },
  {
    operation: "updateSessionParticipant",
    write: true,
    call: (client, { participantId }) => updateParticipant(client, participantId, { display_name: "Ana Li" }),
  },
  {
    operation: "deleteSessionParticipant",
    write: true,
    call: (client, { participantId }) => removeParticipant(client, participantId),
  },
  { operation: "deleteSession", write: true, call: (client, { sessionId }) => cancelSession(client, sessionId) },
];

export const reads = operations.filter(({ write }) => !write);
export const writes = operations.filter(({ write }) => write);

/** A sandbox with one session tomorrow, a client for it, and nothing in the log. */
export async function clinic(options: Partial<CoviuClientOptions> = {}, sandboxOptions: SandboxOptions = {}) {
  const sandbox = createSandbox({ now, seed: "none", ...sandboxOptions });
  const session = await createSession(createCoviuClient(sandbox), {
    session_name: "Knee rehab",
    start_time: inHours(24),
    end_time: inHours(25),
    participants: [
      { display_name: "Mei-Ling Chen", role: "host" },
      { display_name: "Ana Lee", role: "guest" },
    ],
  });
  const participantId = session.participants?.[1]?.participant_id ?? "";
  sandbox.log.clear();
  const client = createCoviuClient({ ...sandbox, fetch: watched(sandbox.fetch), ...options });
  return { sandbox, client, ids: { sessionId: session.session_id, participantId } };
}

/** What a promise was rejected with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail.");
}

/** Numbers from 0 to 1, always the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed + 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Taken before any test replaces it. */
const soon = globalThis.setImmediate;
const realNow = performance.now.bind(performance);

let underWay = 0;

/** Knows how many requests are on their way. */
function watched(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (...request) => {
    underWay += 1;
    try {
      return await fetch(...request);
    } finally {
      underWay -= 1;
    }
  };
}

/**
 * Lets fake time pass in small steps. What takes real time, as signing a token does, comes to its end first; a request
 * that is held up on purpose is not waited for.
 */
export async function pass(milliseconds: number, step = 100): Promise<void> {
  let heldUp = 0;
  async function settle(): Promise<void> {
    const began = realNow();
    const isBusy = () => underWay > heldUp && realNow() - began < 300;
    for (let turn = 0; turn < 4 || isBusy(); turn += 1) await new Promise((resolve) => soon(resolve));
    heldUp = underWay;
  }
  for (let left = milliseconds; left > 0; left -= step) {
    await settle();
    await vi.advanceTimersByTimeAsync(Math.min(step, left));
  }
  await settle();
}
