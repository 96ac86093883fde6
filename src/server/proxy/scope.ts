import { Refusal } from "./refusal.ts";

/** The part of your app, or of the proxy, in which an error was thrown. */
export type ProxyErrorSource =
  | "authenticate"
  | "authorize"
  | "filter"
  | "narrow"
  | "apiKey"
  | "apiSecret"
  | "audit"
  | "store"
  | "proxy";

/** Time and error reporting of one request to the proxy. Nothing of it outlives the request. */
export interface RequestScope {
  /** Aborts the reads of this request: at its time limit and, for a read, when the browser is gone. */
  signal: AbortSignal;
  /** Milliseconds until the time limit of this request. */
  remainingMs: () => number;
  /** @throws Refusal if too little time is left to send a write and to confirm it. */
  assertTimeToSend: () => void;
  /**
   * Calls a function of the app, waits 10 s at most for a promise it gives, and checks the value.
   * Errors are reported to `onError`.
   *
   * @throws AppFailure
   */
  call: <Value>(
    source: ProxyErrorSource,
    work: () => unknown,
    check: (value: unknown) => Value,
    options?: { cleanup?: boolean },
  ) => Promise<Value>;
  /** Waits. Ends early at the time limit of the request. */
  pause: (timeMs: number) => Promise<void>;
  report: (source: ProxyErrorSource, error: unknown) => void;
  /** Ends timers and listeners. */
  close: () => void;
}

/** Time limit of one function of the app, in ms. */
const appCallMs = 10_000;
/** Time limit of a call that sets something free, in ms: it comes after the time limit of the request. */
const cleanupMs = 2000;
/** A write is not sent later than this before its time limit, in ms: its answer may take 8 s. */
const sendMarginMs = 10_000;

/** A function of the app threw, gave something else than it must, or did not settle. It has been reported. */
export class AppFailure extends Refusal {
  readonly source: ProxyErrorSource;

  constructor(source: ProxyErrorSource, isTimeout: boolean) {
    if (source === "store") super(503, "server", storeWords, { outcome: "not-sent" });
    else if (isTimeout) super(503, "server", "The server took too long to decide about this.", { outcome: "not-sent" });
    else super(500, "server", "The proxy has a problem of its own.", { outcome: "not-sent" });
    this.source = source;
  }
}

export const storeWords = "It can’t be made sure at the moment that this happens only once.";

interface ScopeOptions {
  /** Time limit of the whole request, in ms. */
  totalMs: number;
  /** Aborts when nobody waits for the answer any more. */
  browserSignal: AbortSignal | undefined;
  report: (source: ProxyErrorSource, error: unknown) => void;
}

export function createScope({ totalMs, browserSignal, report }: ScopeOptions): RequestScope {
  const endsAt = performance.now() + totalMs;
  const controller = new AbortController();
  const { signal } = controller;
  const end = () => controller.abort(tooLate());
  const leave = () => controller.abort(new Refusal(499, "timeout", "The browser is gone.", { outcome: "not-sent" }));
  const timer = setTimeout(end, totalMs);
  if (browserSignal?.aborted) leave();
  browserSignal?.addEventListener("abort", leave, { once: true });
  const remainingMs = () => Math.max(0, endsAt - performance.now());

  return {
    signal,
    remainingMs,
    report,
    assertTimeToSend() {
      if (remainingMs() < sendMarginMs) throw tooLate();
    },
    async call(source, work, check, { cleanup = false } = {}) {
      try {
        const given = work();
        const limitMs = cleanup ? cleanupMs : Math.min(appCallMs, remainingMs());
        return check(isThenable(given) ? await settledWithin(limitMs, given) : given);
      } catch (error) {
        const isTimeout = error instanceof SettleTimeout;
        report(source, isTimeout ? new Error(`${source} did not settle within ${error.limitMs / 1000} s.`) : error);
        throw new AppFailure(source, isTimeout);
      }
    },
    async pause(timeMs) {
      await pauseFor(Math.min(timeMs, remainingMs()), signal);
    },
    close() {
      clearTimeout(timer);
      browserSignal?.removeEventListener("abort", leave);
    },
  };
}

export function tooLate(): Refusal {
  return new Refusal(503, "timeout", "This took too long.", { outcome: "not-sent" });
}

/**
 * Waits, or until the signal aborts, and leaves no listener behind.
 *
 * @param start Is given a function that ends the wait.
 */
export function pauseFor(
  timeMs: number,
  signal?: AbortSignal | null,
  start: (end: () => void) => void = () => {},
): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, timeMs);
    signal?.addEventListener("abort", end, { once: true });
    start(end);
  });
}

/** A promise did not settle in time. */
export class SettleTimeout extends Error {
  readonly limitMs: number;

  constructor(limitMs: number) {
    super();
    this.limitMs = limitMs;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  return isObject && "then" in value && typeof value.then === "function";
}

export function settledWithin<Value>(limitMs: number, work: PromiseLike<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new SettleTimeout(limitMs)), limitMs);
    const settle =
      <Result>(then: (result: Result) => void) =>
      (result: Result) => {
        clearTimeout(timer);
        then(result);
      };
    // A thenable may throw where it is asked for its `then`: a promise turns that into a rejection.
    Promise.resolve(work).then(settle(resolve), settle(reject));
  });
}

/** A value's kind, for errors: its content may be secret. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (value === "") return "an empty string";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/**
 * Reads the answer of a rule. Only `true` is a yes; `false`, `undefined` and `null` are a no.
 *
 * @throws TypeError for everything else
 */
export function asDecision(name: string, value: unknown): boolean {
  if (value === true) return true;
  if (value === false || value === undefined || value === null) return false;
  throw new TypeError(`${name} gave ${kindOf(value)}. Give true or false, or a promise of one: only true is a yes.`);
}
