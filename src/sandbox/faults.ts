import type { Operation } from "../api/operations.ts";
import { checkMilliseconds } from "./checkOptions.ts";

/** A scripted failure. Without `operation` and `method` it applies to the next request, except for a token. */
export interface Fault {
  /** Operation that fails. */
  operation?: Operation | "token" | undefined;
  /** HTTP method that fails. */
  method?: string | undefined;
  /** HTTP status of the response, from 200 to 599. The request has no effect. */
  status?: number | undefined;
  /** Body of the response: a string as it is, any other value as JSON. */
  body?: unknown;
  /** Headers of the response, in addition to `content-type`. */
  headers?: Record<string, string> | undefined;
  /** Delay before the request is processed, in ms. */
  delayMs?: number | undefined;
  /** Breaks the connection before the request has an effect, or after it, so that only the response is lost. */
  cut?: "before-commit" | "after-commit" | undefined;
  /**
   * Number of requests that fail.
   *
   * @default 1
   */
  times?: number | undefined;
  /**
   * Number of matching requests that succeed first.
   *
   * @default 0
   */
  after?: number | undefined;
}

/** A request whose response is held back. */
export interface HeldResponse {
  /** Resolves when the request has had its effect. */
  reached: Promise<void>;
  /** Sends the response. */
  release(): void;
  /** Resolves when the response was sent. */
  finished: Promise<void>;
}

/** Scripts failures of the sandbox, for tests and stories. */
export interface SandboxFaults {
  /** Scripts a failure. @throws TypeError if `status` or `delayMs` is out of range. */
  next(fault: Fault): void;
  /** Holds back the response to the next matching request until it is released. */
  hold(match: Pick<Fault, "operation" | "method">): HeldResponse;
  /** Makes every request fail without a response, or ends that. */
  offline(isOffline: boolean): void;
  /** Sets the time that every request takes, in ms. @throws TypeError if it is out of range. */
  latency(latencyMs: number): void;
  /** Expires all access tokens issued so far. */
  expireTokens(): void;
  /** Removes all failures and holds, and goes back online. */
  clear(): void;
}

interface Hold {
  match: Pick<Fault, "operation" | "method">;
  markReached(): void;
  released: Promise<void>;
  markFinished(): void;
}

export interface FaultState {
  faults: SandboxFaults;
  isOffline(): boolean;
  latencyMs(): number;
  /** Takes the failure that applies to a request. */
  take: (operation: string, method: string) => Fault | undefined;
  takeHold: (operation: string, method: string) => Hold | undefined;
}

/** Creates the scripted failures of a sandbox, and finds the one that applies to a request. */
export function createFaults(latencyMs: number, expireTokens: () => void): FaultState {
  let planned: Fault[] = [];
  let holds: Hold[] = [];
  let offline = false;
  let currentLatencyMs = latencyMs;

  const matches = (match: Pick<Fault, "operation" | "method">, operation: string, method: string) =>
    (match.operation === undefined ? operation !== "token" : match.operation === operation) &&
    (match.method === undefined || match.method === method);

  return {
    isOffline: () => offline,
    latencyMs: () => currentLatencyMs,
    take(operation, method) {
      const index = planned.findIndex((fault) => matches(fault, operation, method));
      const fault = planned[index];
      if (!fault) return undefined;
      if (fault.after) {
        planned[index] = { ...fault, after: fault.after - 1 };
        return undefined;
      }
      const times = (fault.times ?? 1) - 1;
      if (times > 0) planned[index] = { ...fault, times };
      else planned.splice(index, 1);
      return fault;
    },
    takeHold(operation, method) {
      const index = holds.findIndex(({ match }) => matches(match, operation, method));
      return index < 0 ? undefined : holds.splice(index, 1)[0];
    },
    faults: {
      next: (fault) => {
        const { status, delayMs } = fault;
        if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599))
          throw new TypeError("`status` of a fault must be an integer from 200 to 599.");
        if (delayMs !== undefined) checkMilliseconds("delayMs", delayMs);
        planned.push(fault);
      },
      hold(match) {
        const reached = deferred();
        const released = deferred();
        const finished = deferred();
        holds.push({ match, markReached: reached.resolve, released: released.promise, markFinished: finished.resolve });
        return { reached: reached.promise, release: released.resolve, finished: finished.promise };
      },
      offline: (isOffline) => {
        offline = isOffline;
      },
      latency: (milliseconds) => {
        checkMilliseconds("latencyMs", milliseconds);
        currentLatencyMs = milliseconds;
      },
      expireTokens,
      clear: () => {
        planned = [];
        holds = [];
        offline = false;
        currentLatencyMs = latencyMs;
      },
    },
  };
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
}
