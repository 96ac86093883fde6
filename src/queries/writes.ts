import type { CoviuClient, Operation } from "../api/client.ts";
import type { CoviuError } from "../api/errors.ts";
import { within } from "../api/within.ts";

/**
 * How far a write has got that is not settled yet: `unknown` is one whose answer never came and of which looking found
 * nothing. It may have happened, or may still; once it turns up it is `found`.
 */
export type WritePhase = "sending" | "checking" | "unknown" | "found";

/** A write that is neither done nor refused. It belongs to the client and outlives the form it came from. */
export interface Write<Data = unknown, Variables = unknown> {
  operation: Operation;
  /** What the mutation was called with, to know it by. */
  variables: Variables;
  /** Milliseconds since 1970, by this computer's clock. */
  startedAt: number;
  phase: WritePhase;
  /** How often it was looked for in vain since it is `unknown`. */
  looked: number;
  /** Why the last look was none. */
  error?: CoviuError | undefined;
  /** The answer that was `found`. */
  data?: Data | undefined;
  /** Looks once more, and tells whether it has happened; `undefined` where it could not look, as `error` says. */
  check: () => Promise<boolean | undefined>;
}

export interface Writes {
  /** The same array until something changes. */
  list: () => readonly Write[];
  subscribe: (notify: () => void) => () => void;
  /** Somebody has seen how it stands: it comes back only if it turns up after all. */
  close: (variables: unknown) => void;
}

const none: readonly Write[] = [];

/** Milliseconds: whoever saves waits no longer for the code that watches over it. */
const longest = 5000;
let followed: typeof import("./followed.ts") | undefined;

/** Loads what makes sure of writes: it is not needed before one can be sent. Without it they are only sent. */
export async function loadFollowed(): Promise<typeof followed> {
  return (followed ??= await within(longest, [], () => import("./followed.ts")).catch(() => undefined));
}

/** The writes of a client that are not settled: there are none before what follows them is there. */
export function writesOf(client: CoviuClient): Writes {
  return {
    list: () => followed?.logOf(client).list() ?? none,
    close: (variables) => followed?.logOf(client).close(variables),
    subscribe(notify) {
      let stop: (() => void) | undefined;
      let left = false;
      async function listen(): Promise<void> {
        const loaded = await loadFollowed();
        if (left || !loaded) return;
        stop = loaded.logOf(client).subscribe(notify);
        notify();
      }
      void listen();
      return () => {
        left = true;
        stop?.();
      };
    },
  };
}
