import { type CoviuClient, type CoviuClientOptions, createCoviuClient, createSession } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";

/** Numbers from 0 to 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = seed * 0x9e3779b1;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffled<Item>(items: readonly Item[], next: () => number): Item[] {
  return items
    .map((item) => ({ item, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Lets everything happen that is due: promises, React, and timers without a wait. */
export async function due(rounds = 8): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one turn comes after the other
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
}

export interface Clinic {
  sandbox: ReturnType<typeof createSandbox>;
  client: CoviuClient;
  /** In every text of this clinic. */
  canary: string;
  sessionId: string;
  personId: string;
  /** Requests that have left, for tokens too: when they leave, not when they are answered. */
  sent: () => number;
  tokens: () => number;
}

/** A clinic with three sessions. The ids are the same in each; the texts, the key and the tokens are not. */
export async function clinicOf(canary: string, options: Partial<CoviuClientOptions> = {}): Promise<Clinic> {
  const sandbox = createSandbox({ now: testNow, seed: "none", secret: canary });
  const own = createCoviuClient(sandbox);
  const start = Date.parse(testNow);
  const inHours = (hours: number) => new Date(start + hours * 3_600_000).toISOString();
  let sessionId = "";
  let personId = "";
  for (const hours of [1, 2, 3]) {
    // oxlint-disable-next-line no-await-in-loop -- the ids follow the order
    const session = await createSession(own, {
      session_name: `${canary} visit ${hours}`,
      start_time: inHours(hours),
      end_time: inHours(hours + 0.5),
      participants: [
        { display_name: `${canary} doctor`, role: "HOST" },
        { display_name: `${canary} patient`, role: "GUEST" },
      ],
    });
    sessionId = session.session_id;
    personId = session.participants?.[1]?.participant_id ?? "";
  }
  sandbox.log.clear();
  let sent = 0;
  let tokens = 0;
  const { getAccessToken = sandbox.getAccessToken, fetch = sandbox.fetch, ...rest } = options;
  const client = createCoviuClient({
    baseUrl: sandbox.baseUrl,
    fetch: (...request) => {
      sent += 1;
      return fetch(...request);
    },
    getAccessToken: (asked) => {
      tokens += 1;
      return getAccessToken(asked);
    },
    ...rest,
  });
  return { sandbox, client, canary, sessionId, personId, sent: () => sent, tokens: () => tokens };
}
