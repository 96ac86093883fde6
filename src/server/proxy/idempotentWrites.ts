import { checkDelaysMs } from "../../domain/sameBooking.ts";
import type { Encryption } from "./encryption.ts";
import type { GuardedStore } from "./guardedStore.ts";
import type { HoldLock } from "./locks.ts";
import { ProxyError, toProxyError } from "./proxyError.ts";
import { type RequestScope, storeFailedMessage } from "./requestScope.ts";
import { type Claim, createOutcomeStore, type StoredOutcome } from "./storedOutcome.ts";

/** The result of a write. */
export interface WriteResult {
  /** The service's id of the session or person; `undefined` for a cancel or a removal. */
  id: string | undefined;
  /** Body of the response. */
  body: object;
}

/** A write that happens once, however often the browser sends it. */
export interface IdempotentWrite {
  /** Identifies operation, tenant, user and idempotency key. */
  id: string;
  /** Digest of the request. */
  fingerprint: string;
  /** Names the lock that is held while the write is sent and confirmed. @throws ProxyError */
  lockName: () => Promise<string>;
  /**
   * Sends the write at most once. It calls `beforeSend` first, with the ids of equal records that exist already.
   *
   * @throws ProxyError or CoviuError
   */
  send: (beforeSend: (existingIds: readonly string[] | undefined) => Promise<void>) => Promise<WriteResult>;
  /** Checks whether the write happened, after it was sent and no response came. */
  confirm: (existingIds: readonly string[] | undefined) => Promise<WriteResult | undefined>;
  /** Reads the record again for a response that was too large to store. @throws ProxyError or CoviuError */
  reread: (id: string) => Promise<object>;
}

export interface IdempotentResponse {
  body: object;
  /** The write was sent by an earlier request. */
  isRepeat: boolean;
}

interface IdempotentWritesContext {
  store: GuardedStore;
  encryption: Encryption;
  scope: RequestScope;
  holdLock: HoldLock;
}

/** Time after which a claim that was not renewed belongs to a server that died, in ms. */
const leaseMs = 15_000;
/** Maximum length of a response that is stored, in characters of JSON. */
const maxStoredBodyLength = 8192;
/** Attempts to claim a write before a repeat gives up. Each time another server was faster. */
const maxClaims = 20;

/**
 * Creates the function that runs writes once. It stores the outcome of each write for a day. A browser may repeat a POST
 * by itself after a connection was cut, so a repeat receives the response of the first one. If the service's response is
 * lost, the service is checked before the browser gets a response.
 *
 * A server stores `sending` before it sends, by a swap that fails if another server has taken over. So a server that
 * finds the `claimed` outcome of a dead server may send the write, and one that finds `sending` must not.
 */
export function createIdempotentWrites({ store, encryption, scope, holdLock }: IdempotentWritesContext) {
  const outcomes = createOutcomeStore({ store, encryption });

  async function confirm(
    write: IdempotentWrite,
    existingIds: readonly string[] | undefined,
  ): Promise<WriteResult | undefined> {
    for (const delayMs of checkDelaysMs) {
      // oxlint-disable-next-line no-await-in-loop -- one check after the other
      await scope.wait(delayMs);
      if (scope.signal.aborted) return undefined;
      // oxlint-disable-next-line no-await-in-loop
      const result = await write.confirm(existingIds).catch(() => undefined);
      if (result) return result;
    }
    return undefined;
  }

  /** Sends the write, and checks the service if no response comes. */
  async function send(write: IdempotentWrite, claim: Claim): Promise<WriteResult> {
    const { fingerprint } = write;
    let isSent = false;
    let existing: readonly string[] | undefined;
    try {
      const result = await holdLock(await write.lockName(), async (lock) => {
        try {
          return await write.send(async (existingIds) => {
            await lock.assertHeld();
            scope.assertTimeToSend();
            await claim.markSending(existingIds);
            [isSent, existing] = [true, existingIds];
          });
        } catch (error) {
          const isUnknown = isSent && toProxyError(error).outcome === "unknown";
          const confirmed = isUnknown ? await confirm(write, existing) : undefined;
          if (!confirmed) throw error;
          return confirmed;
        }
      });
      await claim.finish(doneOutcome(fingerprint, result));
      return result;
    } catch (error) {
      const refusal = toProxyError(error);
      const { status, code, message, outcome, retryAfter, cause } = refusal;
      if (isSent && outcome === "unknown") {
        await claim.finish({ state: "unknown", fingerprint, at: Date.now(), existingIds: existing });
        throw refusal;
      }
      // Only a final refusal is stored. A repeat may succeed if the write was not sent, came too early or hit a server error.
      const isFinal = outcome === "refused" && status < 500 && code !== "rate_limited";
      await claim.finish(
        isFinal ? { state: "refused", fingerprint, at: Date.now(), refusal: { status, code, message } } : undefined,
      );
      if (outcome !== "unknown") throw error;
      throw new ProxyError(status, code, message, { outcome: "not-sent", retryAfter, cause });
    }
  }

  /** Confirms a write that another server may have sent. It is not sent again. */
  async function confirmAfterTakeover(
    write: IdempotentWrite,
    claim: Claim,
    existingIds: readonly string[] | undefined,
  ): Promise<WriteResult> {
    const { fingerprint } = write;
    // A removed person has no session that could be locked.
    const name = await write.lockName().catch(() => undefined);
    const check = () => confirm(write, existingIds);
    const result = await (name === undefined ? check() : holdLock(name, check)).catch(() => undefined);
    const unknown: StoredOutcome = { state: "unknown", fingerprint, at: Date.now(), existingIds };
    await claim.finish(result ? doneOutcome(fingerprint, result) : unknown);
    if (result) return result;
    throw new ProxyError(504, "timeout", "It is not known whether this has happened.", { outcome: "unknown" });
  }

  /** @throws ProxyError or CoviuError */
  return async function runOnce(write: IdempotentWrite): Promise<IdempotentResponse> {
    const { fingerprint } = write;
    const key = await encryption.digest(write.id);
    let claims = 0;
    for (let pauseMs = 50; ; pauseMs = Math.min(1000, pauseMs * 2)) {
      // oxlint-disable-next-line no-await-in-loop -- each round reads what the previous one has left
      const { text, outcome } = await outcomes.read(key);
      if (text !== undefined && outcome?.fingerprint !== fingerprint) {
        throw new ProxyError(422, "invalid_request", "This idempotency key was used for another request.");
      }
      if (outcome?.body) return { body: outcome.body, isRepeat: true };
      // oxlint-disable-next-line no-await-in-loop
      if (outcome?.id !== undefined) return { body: await write.reread(outcome.id), isRepeat: true };
      if (outcome?.refusal) {
        const { status, code, message } = outcome.refusal;
        throw new ProxyError(status, code, message);
      }
      const isInProgress = outcome !== undefined && outcome.state !== "unknown" && Date.now() < outcome.at + leaseMs;
      if (!isInProgress) {
        const mayBeSent = outcome !== undefined && outcome.state !== "claimed";
        const existingIds = outcome?.existingIds;
        claims += 1;
        const state = mayBeSent ? "sending" : "claimed";
        // oxlint-disable-next-line no-await-in-loop
        const claim = await outcomes.claim(key, text, { state, fingerprint, at: Date.now(), existingIds });
        if (claim) {
          const work = mayBeSent ? confirmAfterTakeover(write, claim, existingIds) : send(write, claim);
          // oxlint-disable-next-line no-await-in-loop
          return { body: (await work).body, isRepeat: mayBeSent };
        }
      }
      if (scope.remainingMs() < 1000 || claims >= maxClaims) {
        if (outcome) {
          const details = { outcome: "unknown", retryAfter: 1 } as const;
          throw new ProxyError(504, "timeout", "The first request with this idempotency key is in progress.", details);
        }
        throw new ProxyError(503, "server", storeFailedMessage, { outcome: "not-sent", retryAfter: 1 });
      }
      // oxlint-disable-next-line no-await-in-loop
      await scope.wait(Math.min(pauseMs, Math.max(1, scope.remainingMs() - 900)));
    }
  };
}

function doneOutcome(fingerprint: string, { id, body }: WriteResult): StoredOutcome {
  const isSmall = id === undefined || JSON.stringify(body).length <= maxStoredBodyLength;
  return { state: "done", fingerprint, at: Date.now(), ...(isSmall ? { body } : { id }) };
}
