import type { CoviuErrorCode } from "../../api/errors.ts";
import type { Encryption } from "./encryption.ts";
import type { GuardedStore } from "./guardedStore.ts";
import { ProxyError } from "./proxyError.ts";

/** The outcome of a write, stored under its idempotency key. */
export interface StoredOutcome {
  /**
   * `claimed`: a server works on the write and has not sent it. `sending`: it may have been sent. `unknown`: it was
   * sent, and no response confirms what happened.
   */
  state: "claimed" | "sending" | "done" | "refused" | "unknown";
  /** Digest of the request. A repeat under the same key must have the same one. */
  fingerprint: string;
  /** Time of the last renewal by the server that works on the write, in ms since 1970. */
  at: number;
  /** Ids of equal records that existed before it was sent; `undefined` if they could not be read. */
  existingIds?: readonly string[] | undefined;
  /** The response, if it is small. */
  body?: object | undefined;
  /** Id of the record to read again for the response, if the response is large. */
  id?: string | undefined;
  refusal?: { status: number; code: CoviuErrorCode; message: string };
}

/** The exclusive right of one server to finish a write. */
export interface Claim {
  /** Notes that the write is about to be sent. @throws ProxyError if another server has taken over, or the store fails. */
  markSending: (existingIds: readonly string[] | undefined) => Promise<void>;
  /** Stores the outcome, or removes the claim. A failing store is ignored: a repeat then checks the service. */
  finish: (outcome: StoredOutcome | undefined) => Promise<void>;
}

/** How long an outcome is kept. */
const ttlSeconds = 24 * 3600;
const renewEveryMs = 5000;

interface OutcomeStoreContext {
  store: GuardedStore;
  encryption: Encryption;
}

/** Creates the encrypted store of outcomes that one request uses. */
export function createOutcomeStore({ store, encryption }: OutcomeStoreContext) {
  return {
    /** Reads the stored text and the outcome in it; the outcome is `undefined` if it can't be decrypted. */
    async read(key: string): Promise<{ text: string | undefined; outcome: StoredOutcome | undefined }> {
      const text = await store.get(key);
      const json = text === undefined ? undefined : await encryption.decrypt(key, text);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- encrypted by these servers
      return { text, outcome: json === undefined ? undefined : (JSON.parse(json) as StoredOutcome) };
    },

    /** Takes over a write, and renews the claim until it is finished. @returns `undefined` if another server was faster. */
    async claim(key: string, expectedText: string | undefined, first: StoredOutcome): Promise<Claim | undefined> {
      let currentText = expectedText;
      let current = first;
      let queue: Promise<unknown> = Promise.resolve();
      let timer: ReturnType<typeof setTimeout> | undefined;

      async function swap(next: StoredOutcome | undefined, cleanup: boolean): Promise<boolean> {
        const text = next && (await encryption.encrypt(key, JSON.stringify(next)));
        const evictable = next?.state === "done" || next?.state === "refused";
        const isSwapped = await store.swap(key, currentText, text, ttlSeconds, { evictable, cleanup });
        if (isSwapped) currentText = text;
        if (isSwapped && next) current = next;
        return isSwapped;
      }
      /** Runs changes in sequence: each one replaces the text that the previous one stored. */
      function enqueue(change: () => StoredOutcome | undefined, cleanup = false): Promise<boolean> {
        const swapped = queue.then(() => swap(change(), cleanup));
        queue = swapped.catch(() => {});
        return swapped;
      }
      function scheduleRenewal(): void {
        timer = setTimeout(() => {
          enqueue(() => ({ ...current, at: Date.now() })).then(
            (isHeld) => isHeld && timer && scheduleRenewal(),
            () => timer && scheduleRenewal(),
          );
        }, renewEveryMs);
      }

      if (!(await swap(first, false))) return undefined;
      scheduleRenewal();
      return {
        async markSending(existingIds) {
          if (await enqueue(() => ({ ...current, state: "sending", existingIds, at: Date.now() }))) return;
          throw new ProxyError(503, "server", "Another server has taken over this request.", {
            outcome: "not-sent",
            retryAfter: 1,
          });
        },
        async finish(outcome) {
          clearTimeout(timer);
          timer = undefined;
          await enqueue(() => outcome, true).catch(() => false);
        },
      };
    },
  };
}
