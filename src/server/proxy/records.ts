import type { CoviuErrorCode } from "../../api/errors.ts";
import { sleep } from "../../api/within.ts";
import type { ProxyStore } from "../store.ts";
import { Refusal, refusalOf, storeFailed } from "./refusal.ts";
import type { Seal } from "./seal.ts";

/** What became of a write, under the id that its browser gave it. */
interface Record {
  state: "running" | "done" | "refused" | "unknown";
  /** Of what was asked: another body under the same id is another wish. */
  asked: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Who is at work on it. */
  by?: string;
  /** The answer. */
  body?: object;
  refusal?: { status: number; code: CoviuErrorCode; message: string };
}

/** A write that is to happen once, however often it is asked for. */
export interface Once {
  /** Of the operation, the tenant and the user. */
  id: string;
  asked: string;
  perform: () => Promise<object>;
  /** Whether it has happened, where no answer said so. */
  look: () => Promise<object | undefined>;
}

export interface Outcome {
  body: object;
  /** It was asked for before: nothing was sent. */
  repeated: boolean;
}

const day = 24 * 3600;
/** Milliseconds that a repeat waits for the first one. */
const patience = 30_000;
/**
 * Milliseconds after which a repeat looks for itself: the first one's server has died, or is very slow. Short of the
 * patience, so that whoever asks again is told.
 */
const longest = 20_000;
/** Pauses before each look, in milliseconds: the service may still be at work on what it got. */
const looks = [0, 2000, 4000];

/**
 * Keeps what became of each write for a day. A browser may send a POST again by itself on a connection that was cut, so
 * a repeat gets the answer of the first one; and a lost answer of the service is looked for before anybody is told.
 */
export function createRecords(store: ProxyStore, seal: Seal) {
  async function read(key: string, text: string): Promise<Record | undefined> {
    const opened = await seal.open(key, text);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- sealed by these servers
    return opened === undefined ? undefined : (JSON.parse(opened) as Record);
  }

  /** Writes down how it ended. Where the store fails, the answer holds all the same: a repeat will look. */
  async function note(key: string, was: string, record: Record | undefined): Promise<void> {
    const value = record && (await seal.close(key, JSON.stringify(record)));
    await store.swap(key, was, value, day).catch(() => false);
  }

  async function found(look: Once["look"]): Promise<object | undefined> {
    for (const pause of looks) {
      // oxlint-disable-next-line no-await-in-loop -- one look comes after the other
      await sleep(pause);
      // oxlint-disable-next-line no-await-in-loop
      const body = await look().catch(() => undefined);
      if (body) return body;
    }
    return undefined;
  }

  async function settle(key: string, mine: string, { asked, perform, look }: Once): Promise<object> {
    const at = Date.now();
    try {
      const body = await perform();
      await note(key, mine, { state: "done", asked, at, body });
      return body;
    } catch (error) {
      const refusal = refusalOf(error);
      const { status, code, message, outcome } = refusal;
      if (outcome !== "unknown") {
        // A plain no is kept. What was never sent, comes too soon or is no fault of the asker's may be asked for again.
        const isFinal = outcome === "refused" && status < 500 && code !== "rate_limited";
        await note(
          key,
          mine,
          isFinal ? { state: "refused", asked, at, refusal: { status, code, message } } : undefined,
        );
        throw refusal;
      }
      const body = await found(look);
      await note(key, mine, body ? { state: "done", asked, at, body } : { state: "unknown", asked, at });
      if (body) return body;
      throw refusal;
    }
  }

  /** @throws Refusal */
  async function once(write: Once): Promise<Outcome> {
    const { asked } = write;
    const key = await seal.digest(write.id);
    const giveUpAt = Date.now() + patience;
    for (let pause = 50; ; pause = Math.min(1000, pause * 2)) {
      // oxlint-disable-next-line no-await-in-loop -- each round sees what the one before has left
      const was = await store.get(key).catch(storeFailed);
      // oxlint-disable-next-line no-await-in-loop
      const record = was === undefined ? undefined : await read(key, was);
      if (was !== undefined && record?.asked !== asked) {
        throw new Refusal(409, "conflict", "Something else was asked for under this operation id.");
      }
      if (record?.body) return { body: record.body, repeated: true };
      if (record?.refusal) {
        const { status, code, message } = record.refusal;
        throw new Refusal(status, code, message);
      }
      if (record?.state === "running" && Date.now() < record.at + longest) {
        if (Date.now() > giveUpAt) throw new Refusal(504, "timeout", "It is still being worked on.");
        // oxlint-disable-next-line no-await-in-loop
        await sleep(pause);
        continue;
      }
      const claim: Record = { state: "running", asked, at: Date.now(), by: crypto.randomUUID() };
      // oxlint-disable-next-line no-await-in-loop
      const mine = await seal.close(key, JSON.stringify(claim));
      // oxlint-disable-next-line no-await-in-loop
      if (!(await store.swap(key, was, mine, day).catch(storeFailed))) continue;
      const sentBefore = record !== undefined;
      // oxlint-disable-next-line no-await-in-loop
      const body = await settle(key, mine, sentBefore ? { ...write, perform: lost } : write);
      return { body, repeated: sentBefore };
    }
  }

  return { once };
}

/** Whoever was at work on it is gone, or could not tell: it may have happened, so it is not sent again. */
function lost(): Promise<never> {
  return Promise.reject(
    new Refusal(504, "timeout", "It is not known whether this has happened.", { outcome: "unknown" }),
  );
}
