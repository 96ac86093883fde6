import type { CoviuErrorCode } from "../../api/errors.ts";
import type { GuardedStore } from "./guardedStore.ts";
import type { HoldLock } from "./locks.ts";
import { Refusal, refusalOf } from "./refusal.ts";
import { type RequestScope, storeWords } from "./scope.ts";
import type { Seal } from "./seal.ts";

/** What a write has made or changed. */
export interface Done {
  /** The service's id of the session or person; `undefined` for a cancel or a removal. */
  id: string | undefined;
  /** The answer. */
  body: object;
}

/** The outcome of a write, under the id that its browser gave it. */
interface StoredOutcome {
  /**
   * `claimed`: a server is at work, and nothing was sent. `sending`: it may have been sent. `unknown`: it was sent, and
   * nobody knows what became of it.
   */
  state: "claimed" | "sending" | "done" | "refused" | "unknown";
  /** A digest of the request: another body under the same id is another write. */
  asked: string;
  /** Milliseconds since 1970. The server at work renews it. */
  at: number;
  /** The server at work. */
  by?: string;
  /** Ids of what looked the same before it was sent. `undefined` if that could not be read. */
  before?: readonly string[] | undefined;
  /** The answer, if it is small. */
  body?: object | undefined;
  /** For a large answer: it is read again. */
  id?: string | undefined;
  refusal?: { status: number; code: CoviuErrorCode; message: string };
}

/** A write that is to happen once, however often it is asked for. */
export interface WriteOnce {
  /** Of the operation, the tenant and the user. */
  id: string;
  asked: string;
  /** Names what is locked while it is sent and confirmed. @throws Refusal */
  lockName: () => Promise<string>;
  /**
   * Sends it, at most once, after `begin`, which is given the ids of what looks the same already.
   *
   * @throws Refusal or CoviuError
   */
  perform: (begin: (before: readonly string[] | undefined) => Promise<void>) => Promise<Done>;
  /** Looks for what was made since then, where no answer said so. */
  confirm: (before: readonly string[] | undefined) => Promise<Done | undefined>;
  /** Reads a large answer again. @throws Refusal or CoviuError */
  reread: (id: string) => Promise<object>;
}

export interface Outcome {
  body: object;
  /** It was asked for before: nothing was sent. */
  repeated: boolean;
}

interface RecordsContext {
  store: GuardedStore;
  seal: Seal;
  scope: RequestScope;
  holdLock: HoldLock;
}

const daySeconds = 24 * 3600;
/** A claim that was not renewed for so long is of a server that has died. */
const leaseMs = 15_000;
const renewEveryMs = 5000;
/** A larger answer is not kept. */
const maxKeptBody = 8192;
/** Claims that are tried before a repeat gives up: each time somebody else was faster. */
const maxClaims = 20;
/** Pauses before each look, in milliseconds: the service may still be at work on what it got. */
const lookPausesMs = [0, 2000, 4000];

/**
 * Keeps the outcome of each write for a day. A browser may send a POST again by itself on a connection that was cut, so
 * a repeat gets the answer of the first one; and a lost answer of the service is looked for before anybody is told.
 *
 * A server writes down `sending` before it sends, by a swap that fails if another server has taken over. So whoever
 * finds a `claimed` one of a dead server may send it, and whoever finds a `sending` one must not.
 */
export function createRecords({ store, seal, scope, holdLock }: RecordsContext) {
  async function read(key: string, text: string): Promise<StoredOutcome | undefined> {
    const opened = await seal.open(key, text);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by these servers
    return opened === undefined ? undefined : (JSON.parse(opened) as StoredOutcome);
  }

  /** Takes an outcome over, and renews it until it is settled. */
  async function claim(key: string, was: string | undefined, first: StoredOutcome) {
    let held = was;
    let current = first;
    let queue: Promise<unknown> = Promise.resolve();
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function swap(next: StoredOutcome | undefined, cleanup: boolean): Promise<boolean> {
      const value = next && (await seal.close(key, JSON.stringify(next)));
      const evictable = next?.state === "done" || next?.state === "refused";
      const isSwapped = await store.swap(key, held, value, daySeconds, { evictable, cleanup });
      if (isSwapped) held = value;
      if (isSwapped && next) current = next;
      return isSwapped;
    }
    /** One after the other: each needs what the one before has left. */
    function inTurn(change: () => StoredOutcome | undefined, cleanup = false): Promise<boolean> {
      const swapped = queue.then(() => swap(change(), cleanup));
      queue = swapped.catch(() => {});
      return swapped;
    }
    function renewLater(): void {
      timer = setTimeout(() => {
        inTurn(() => ({ ...current, at: Date.now() })).then(
          (isHeld) => isHeld && timer && renewLater(),
          () => timer && renewLater(),
        );
      }, renewEveryMs);
    }

    if (!(await swap(first, false))) return undefined;
    renewLater();
    return {
      /** @throws Refusal if another server has taken over, or the store fails: then nothing must be sent. */
      async begin(before: readonly string[] | undefined): Promise<void> {
        if (await inTurn(() => ({ ...current, state: "sending", before, at: Date.now() }))) return;
        throw new Refusal(503, "server", "Another server has taken this over.", { outcome: "not-sent", retryAfter: 1 });
      },
      /** Where the store fails, the answer holds all the same: a repeat will look. */
      async finish(last: StoredOutcome | undefined): Promise<void> {
        clearTimeout(timer);
        timer = undefined;
        await inTurn(() => last, true).catch(() => false);
      },
    };
  }

  async function found({ confirm }: WriteOnce, before: readonly string[] | undefined): Promise<Done | undefined> {
    for (const pauseMs of lookPausesMs) {
      // oxlint-disable-next-line no-await-in-loop -- one look comes after the other
      await scope.pause(pauseMs);
      if (scope.signal.aborted) return undefined;
      // oxlint-disable-next-line no-await-in-loop
      const done = await confirm(before).catch(() => undefined);
      if (done) return done;
    }
    return undefined;
  }

  function keptOf(asked: string, { id, body }: Done): StoredOutcome {
    const isSmall = id === undefined || JSON.stringify(body).length <= maxKeptBody;
    return { state: "done", asked, at: Date.now(), ...(isSmall ? { body } : { id }) };
  }

  type Claim = NonNullable<Awaited<ReturnType<typeof claim>>>;

  /** Sends it, and looks for it if no answer comes. */
  async function send(write: WriteOnce, claimed: Claim): Promise<Done> {
    const { asked } = write;
    let isSent = false;
    let seen: readonly string[] | undefined;
    try {
      const done = await holdLock(await write.lockName(), async (lock) => {
        try {
          return await write.perform(async (before) => {
            await lock.assertHeld();
            scope.assertTimeToSend();
            await claimed.begin(before);
            [isSent, seen] = [true, before];
          });
        } catch (error) {
          const isUnknown = isSent && refusalOf(error).outcome === "unknown";
          const late = isUnknown ? await found(write, seen) : undefined;
          if (!late) throw error;
          return late;
        }
      });
      await claimed.finish(keptOf(asked, done));
      return done;
    } catch (error) {
      const refusal = refusalOf(error);
      const { status, code, message, outcome, retryAfter, cause } = refusal;
      if (isSent && outcome === "unknown") {
        await claimed.finish({ state: "unknown", asked, at: Date.now(), before: seen });
        throw refusal;
      }
      // A plain no is kept. What was never sent, comes too soon or is no fault of the user's may be asked for again.
      const isFinal = outcome === "refused" && status < 500 && code !== "rate_limited";
      await claimed.finish(
        isFinal ? { state: "refused", asked, at: Date.now(), refusal: { status, code, message } } : undefined,
      );
      if (outcome !== "unknown") throw error;
      throw new Refusal(status, code, message, { outcome: "not-sent", retryAfter, cause });
    }
  }

  /** Looks for one that another server may have sent. It is not sent again. */
  async function takeOver(write: WriteOnce, claimed: Claim, before: readonly string[] | undefined): Promise<Done> {
    const { asked } = write;
    // A person who was removed has no session any more to be locked.
    const name = await write.lockName().catch(() => undefined);
    const confirmed = () => found(write, before);
    const done = await (name === undefined ? confirmed() : holdLock(name, confirmed)).catch(() => undefined);
    await claimed.finish(done ? keptOf(asked, done) : { state: "unknown", asked, at: Date.now(), before });
    if (done) return done;
    throw new Refusal(504, "timeout", "It is not known whether this has happened.", { outcome: "unknown" });
  }

  /** @throws Refusal */
  return async function once(write: WriteOnce): Promise<Outcome> {
    const { asked } = write;
    const key = await seal.digest(write.id);
    let claims = 0;
    for (let pauseMs = 50; ; pauseMs = Math.min(1000, pauseMs * 2)) {
      // oxlint-disable-next-line no-await-in-loop -- each round sees what the one before has left
      const was = await store.get(key);
      // oxlint-disable-next-line no-await-in-loop
      const record = was === undefined ? undefined : await read(key, was);
      if (was !== undefined && record?.asked !== asked) {
        throw new Refusal(409, "conflict", "Something else was asked for under this operation id.");
      }
      if (record?.body) return { body: record.body, repeated: true };
      // oxlint-disable-next-line no-await-in-loop
      if (record?.id !== undefined) return { body: await write.reread(record.id), repeated: true };
      if (record?.refusal) {
        const { status, code, message } = record.refusal;
        throw new Refusal(status, code, message);
      }
      const isAtWork = record !== undefined && record.state !== "unknown" && Date.now() < record.at + leaseMs;
      if (!isAtWork) {
        const isNew = record === undefined || record.state === "claimed";
        const first: StoredOutcome = {
          state: isNew ? "claimed" : "sending",
          asked,
          at: Date.now(),
          by: crypto.randomUUID(),
          before: record?.before,
        };
        claims += 1;
        // oxlint-disable-next-line no-await-in-loop
        const claimed = await claim(key, was, first);
        if (claimed) {
          const work = isNew ? send(write, claimed) : takeOver(write, claimed, record.before);
          // oxlint-disable-next-line no-await-in-loop
          return { body: (await work).body, repeated: !isNew };
        }
      }
      if (scope.remainingMs() < 1000 || claims >= maxClaims) {
        if (record)
          throw new Refusal(504, "timeout", "It is still being worked on.", { outcome: "unknown", retryAfter: 1 });
        throw new Refusal(503, "server", storeWords, { outcome: "not-sent", retryAfter: 1 });
      }
      // oxlint-disable-next-line no-await-in-loop
      await scope.pause(Math.min(pauseMs, Math.max(1, scope.remainingMs() - 900)));
    }
  };
}
