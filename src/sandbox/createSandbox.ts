import type { GetAccessToken } from "../api/tokenSource.ts";
import { createApp } from "./app.ts";
import { canariesOf } from "./canaries/ofSandbox.ts";
import type { Canary } from "./canaries/search.ts";
import { checkOptions } from "./checkOptions.ts";
import { createClock, type SandboxClock } from "./clock.ts";
import type { Dialect } from "./dialect.ts";
import { createFaults, type Fault, type SandboxFaults } from "./faults.ts";
import { createLog, type SandboxLog, type SandboxLogEntry } from "./log.ts";
import { operationOf } from "./operationOf.ts";
import { seedClinic, seedMany } from "./seed.ts";
import { createStore } from "./store.ts";
import { createTokens } from "./token.ts";

export interface SandboxOptions {
  /** Where the clock stands, from 1970 to 9000; the real clock if left out. */
  now?: Date | string | (() => Date);
  /** `clinic` is a clinic's week, a number so many upcoming sessions, `none` nothing. */
  seed?: "clinic" | "none" | number;
  /** How it answers; see `Dialect`. */
  dialect?: Dialect;
  /** Milliseconds that every request takes. */
  latency?: number;
  /** @default "sandbox-key" */
  key?: string;
  /** @default "sandbox-secret" */
  secret?: string;
  /** Told of every request, as it is logged. */
  onRequest?: (entry: SandboxLogEntry) => void;
}

/** The API as an app. It is a Hono app; its type needs neither Hono's types nor the DOM library. */
export interface SandboxApp {
  fetch: (request: Request) => Response | Promise<Response>;
  /** Calls a path such as `/v1/sessions`, without the network. */
  request: (path: string, init?: RequestInit) => Response | Promise<Response>;
}

export interface Sandbox {
  baseUrl: string;
  /** The API, in this very page or process. */
  fetch: typeof globalThis.fetch;
  getAccessToken: GetAccessToken;
  /** The same API as an app, to be served over HTTP: `serve({ fetch: sandbox.app.fetch })`. */
  app: SandboxApp;
  clock: SandboxClock;
  faults: SandboxFaults;
  log: SandboxLog;
  /** Its key's secret, tokens, entry links, participants' ids and names so far, for `watchCanaries`. */
  canaries: () => readonly Canary[];
  /** Back to the seed: everything that was booked is gone. */
  reset(): void;
}

/**
 * The Session API in memory, obeying its rules: `createCoviuClient(createSandbox())` is a whole set-up.
 *
 * @throws TypeError where an option has a value with which it could not work.
 */
export function createSandbox({
  now,
  seed = "clinic",
  dialect = "spec",
  latency = 0,
  key = "sandbox-key",
  secret = "sandbox-secret",
  onRequest,
}: SandboxOptions = {}): Sandbox {
  checkOptions({ seed, dialect, latency, key, secret });
  const clock = createClock(now);
  const store = createStore();
  const log = createLog(onRequest);
  const tokens = createTokens(clock, key, secret);
  const state = createFaults(latency, tokens.expireAll);
  const app = createApp({ store, tokens, clock, dialect, log: log.add });
  const baseUrl = "https://sandbox.coviu.invalid/v1";
  let token: Promise<string> | undefined;

  async function fetchInPage(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { signal: given, ...rest } = init ?? {};
    const request = new Request(input, rest);
    const signal = given ?? request.signal;
    signal.throwIfAborted();
    const operation = operationOf(request.method, new URL(request.url).pathname);
    const fault = state.take(operation, request.method);
    const hold = state.takeHold(operation, request.method);
    await unlessAborted(pause((fault?.delay ?? 0) + state.latency()), signal);
    if (state.isOffline() || fault?.cut === "before-commit") throw new TypeError("Failed to fetch");
    const response = fault?.status ? scripted(request, operation, fault) : await app.fetch(request);
    if (fault?.cut === "after-commit") throw new TypeError("Failed to fetch");
    hold?.reach();
    try {
      await unlessAborted(hold?.released, signal);
    } finally {
      hold?.answer();
    }
    return response;
  }

  function scripted(request: Request, operation: SandboxLogEntry["operation"], fault: Fault): Response {
    const { pathname, searchParams } = new URL(request.url);
    const status = fault.status ?? 500;
    const time = clock.now().toISOString();
    log.add({
      operation,
      method: request.method,
      path: pathname,
      query: Object.fromEntries(searchParams),
      status,
      time,
    });
    const headers = { "content-type": "application/json", ...fault.headers };
    const body =
      typeof fault.body === "string" ? fault.body : JSON.stringify(fault.body ?? { error: { message: "Scripted." } });
    return new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
  }

  async function ask(): Promise<string> {
    const response = await app.request("/v1/auth/token", {
      method: "POST",
      headers: {
        authorization: `Basic ${tokens.basic}`,
        "content-type": "application/x-www-form-urlencoded",
      },
      body: "grant_type=client_credentials",
    });
    const { access_token }: { access_token: string } = await response.json();
    return access_token;
  }

  function reset(): void {
    store.clear();
    state.faults.clear();
    log.clear();
    if (seed === "clinic") seedClinic(store, clock.now());
    else if (seed !== "none") seedMany(store, clock.now(), seed);
  }

  reset();
  return {
    baseUrl,
    fetch: fetchInPage,
    getAccessToken: ({ forceRefresh }) => {
      if (forceRefresh) token = undefined;
      token ??= ask();
      return token;
    },
    app,
    clock,
    faults: state.faults,
    log,
    canaries: () => canariesOf(store, tokens, secret),
    reset,
  };
}

function pause(time: number): Promise<void> | undefined {
  return time ? new Promise((resolve) => setTimeout(resolve, time)) : undefined;
}

/** Like the real `fetch`, gives up as soon as the caller does. */
async function unlessAborted(wait: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  if (wait) {
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await Promise.race([wait, aborted]);
  }
  signal.throwIfAborted();
}
