import { type CoviuClient, type CoviuClientOptions, createCoviuClient, createSession } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { inHours, testNow } from "../harness/testTime.ts";

export function shuffled<Item>(items: readonly Item[], next: () => number): Item[] {
  return items
    .map((item) => ({ item, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** Waits for promises, React, and timers without a delay. */
export async function settle(rounds = 8): Promise<void> {
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
  /** Word that is in every text of this clinic. */
  canary: string;
  sessionId: string;
  personId: string;
  /** Number of requests that were started, without those for tokens. */
  sent: () => number;
  /** Number of requests for a token. */
  tokens: () => number;
}

/** Clinic with three sessions. All clinics have the same ids, and different texts, keys and tokens. */
export async function canaryClinic(canary: string, options: Partial<CoviuClientOptions> = {}): Promise<Clinic> {
  const sandbox = createSandbox({ now: testNow, seed: "none", secret: canary });
  const direct = createCoviuClient(sandbox);
  let sessionId = "";
  let personId = "";
  for (const hours of [1, 2, 3]) {
    // oxlint-disable-next-line no-await-in-loop -- the ids follow the order
    const session = await createSession(direct, {
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
    getAccessToken: (request) => {
      tokens += 1;
      return getAccessToken(request);
    },
    ...rest,
  });
  return { sandbox, client, canary, sessionId, personId, sent: () => sent, tokens: () => tokens };
}
