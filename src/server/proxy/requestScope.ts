import { ProxyError } from "./proxyError.ts";
import { settleWithin, SettleTimeoutError, waitFor } from "./timers.ts";

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

/** Time limit and error reporting of one request to the proxy. Nothing in it outlives the request. */
export interface RequestScope {
  /** Aborts the reads of this request: at its time limit and, for a read, when the browser disconnects. */
  signal: AbortSignal;
  /** Time until the time limit of this request, in ms. */
  remainingMs: () => number;
  /** @throws ProxyError if too little time is left to send a write and to confirm it. */
  assertTimeToSend: () => void;
  /**
   * Calls a function of the app, waits up to 10 s for its promise, and checks the value.
   * Errors are reported to `onError`.
   *
   * @throws AppCallError
   */
  callApp: <Value>(
    source: ProxyErrorSource,
    work: () => unknown,
    check: (value: unknown) => Value,
    options?: { cleanup?: boolean },
  ) => Promise<Value>;
  /** Waits. Ends early at the time limit of the request. */
  wait: (timeMs: number) => Promise<void>;
  report: (source: ProxyErrorSource, error: unknown) => void;
  /** Removes timers and listeners. */
  close: () => void;
}

/** Time limit of one function of the app, in ms. */
const appCallMs = 10_000;
/** Time limit of a call that releases something, in ms. It may run after the time limit of the request. */
const cleanupMs = 2000;
/** Time that must be left to send a write, in ms: the service has 8 s to respond. */
const sendMarginMs = 10_000;

/** A function of the app threw, returned a wrong value, or did not settle. The error has been reported. */
export class AppCallError extends ProxyError {
  readonly source: ProxyErrorSource;

  constructor(source: ProxyErrorSource, isTimeout: boolean) {
    if (source === "store") super(503, "server", storeFailedMessage, { outcome: "not-sent" });
    else if (isTimeout) super(503, "server", "The server took too long to decide about this.", { outcome: "not-sent" });
    else super(500, "server", "The proxy failed.", { outcome: "not-sent" });
    this.source = source;
  }
}

export const storeFailedMessage = "The server can’t make sure at the moment that this happens only once.";

interface RequestScopeOptions {
  /** Time limit of the whole request, in ms. */
  totalMs: number;
  /** Aborts when the browser disconnects. */
  browserSignal: AbortSignal | undefined;
  report: (source: ProxyErrorSource, error: unknown) => void;
}

export function createRequestScope({ totalMs, browserSignal, report }: RequestScopeOptions): RequestScope {
  const endsAt = performance.now() + totalMs;
  const controller = new AbortController();
  const { signal } = controller;
  const abortAtTimeLimit = () => controller.abort(tooLate());
  const abortOnDisconnect = () =>
    controller.abort(new ProxyError(499, "timeout", "The browser has disconnected.", { outcome: "not-sent" }));
  const timer = setTimeout(abortAtTimeLimit, totalMs);
  if (browserSignal?.aborted) abortOnDisconnect();
  browserSignal?.addEventListener("abort", abortOnDisconnect, { once: true });
  const remainingMs = () => Math.max(0, endsAt - performance.now());

  return {
    signal,
    remainingMs,
    report,
    assertTimeToSend() {
      if (remainingMs() < sendMarginMs) throw tooLate();
    },
    async callApp(source, work, check, { cleanup = false } = {}) {
      try {
        const returned = work();
        const limitMs = cleanup ? cleanupMs : Math.min(appCallMs, remainingMs());
        return check(isThenable(returned) ? await settleWithin(limitMs, returned) : returned);
      } catch (error) {
        const isTimeout = error instanceof SettleTimeoutError;
        report(source, isTimeout ? new Error(`${source} did not settle within ${error.limitMs / 1000} s.`) : error);
        throw new AppCallError(source, isTimeout);
      }
    },
    async wait(timeMs) {
      await waitFor(Math.min(timeMs, remainingMs()), signal);
    },
    close() {
      clearTimeout(timer);
      browserSignal?.removeEventListener("abort", abortOnDisconnect);
    },
  };
}

function tooLate(): ProxyError {
  return new ProxyError(503, "timeout", "This took too long.", { outcome: "not-sent" });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  const isObject = (typeof value === "object" && value !== null) || typeof value === "function";
  return isObject && "then" in value && typeof value.then === "function";
}
