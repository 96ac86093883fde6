import type { Operation } from "../api/operations.ts";
import { checkMilliseconds } from "./checkOptions.ts";

/** A failure to come. Without `operation` and `method` it meets the next request, except for a token. */
export interface Fault {
  operation?: Operation | "token" | undefined;
  method?: string | undefined;
  /** Answers with this status instead of doing what was asked. */
  status?: number | undefined;
  /** What it answers: text as it is, anything else as JSON. */
  body?: unknown;
  headers?: Record<string, string> | undefined;
  /** Milliseconds before anything happens. */
  delay?: number | undefined;
  /** The connection breaks: before the request had an effect, or after it, so that only the answer is lost. */
  cut?: "before-commit" | "after-commit" | undefined;
  /** How many requests it meets; one if left out. */
  times?: number | undefined;
  /** Lets this many matching requests pass first. */
  after?: number | undefined;
}

/** A request whose answer is made but kept back. */
export interface Held {
  /** The request has had its effect. */
  reached: Promise<void>;
  release(): void;
  /** The answer has been given. */
  answered: Promise<void>;
}

export interface SandboxFaults {
  next(fault: Fault): void;
  /** Keeps back the answer to the next matching request until it is released. */
  hold(match: Pick<Fault, "operation" | "method">): Held;
  /** Nothing gets through, like a cable that was pulled. */
  offline(on: boolean): void;
  /** Milliseconds that every request takes. */
  latency(milliseconds: number): void;
  /** Makes every access token issued so far a dead one. */
  expireTokens(): void;
  clear(): void;
}

interface Hold {
  match: Pick<Fault, "operation" | "method">;
  reach(): void;
  released: Promise<void>;
  answer(): void;
}

export interface FaultState {
  faults: SandboxFaults;
  isOffline(): boolean;
  latency(): number;
  take: (operation: string, method: string) => Fault | undefined;
  takeHold: (operation: string, method: string) => Hold | undefined;
}

/** What was scripted to go wrong, and what of it is due. */
export function createFaults(latency: number, expireTokens: () => void): FaultState {
  let planned: Fault[] = [];
  let holds: Hold[] = [];
  let offline = false;
  let wait = latency;

  const matches = (match: Pick<Fault, "operation" | "method">, operation: string, method: string) =>
    (match.operation === undefined ? operation !== "token" : match.operation === operation) &&
    (match.method === undefined || match.method === method);

  return {
    isOffline: () => offline,
    latency: () => wait,
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
        const { status, delay } = fault;
        if (status !== undefined && !(Number.isInteger(status) && status >= 200 && status <= 599))
          throw new TypeError("`status` of a fault must be a whole number from 200 to 599.");
        if (delay !== undefined) checkMilliseconds("delay", delay);
        planned.push(fault);
      },
      hold(match) {
        const reached = deferred();
        const released = deferred();
        const answered = deferred();
        holds.push({ match, reach: reached.resolve, released: released.promise, answer: answered.resolve });
        return { reached: reached.promise, release: released.resolve, answered: answered.promise };
      },
      offline: (on) => {
        offline = on;
      },
      latency: (milliseconds) => {
        checkMilliseconds("latency", milliseconds);
        wait = milliseconds;
      },
      expireTokens,
      clear: () => {
        planned = [];
        holds = [];
        offline = false;
        wait = latency;
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
