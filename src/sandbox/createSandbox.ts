import type { GetAccessToken } from "../api/tokenSource.ts";
import { createApp } from "./app.ts";
import type { Canary } from "./canaries/search.ts";
import { checkOptions } from "./checkOptions.ts";
import { createClock, type SandboxClock } from "./clock.ts";
import { collectCanaries } from "./collectCanaries.ts";
import { createFaults, type Fault, type SandboxFaults } from "./faults.ts";
import { createLog, type SandboxLog, type SandboxLogEntry } from "./log.ts";
import { operationOf } from "./operationOf.ts";
import type { SandboxOptions } from "./sandboxOptions.ts";
import { seedClinic, seedMany } from "./seed.ts";
import { createStore } from "./store.ts";
import { createTokens } from "./token.ts";

/** The Session API as a Hono app. This type needs neither Hono's types nor the DOM library. */
export interface SandboxApp {
  /** Handles a request. */
  fetch: (request: Request) => Response | Promise<Response>;
  /** Requests a path such as `/v1/sessions`, without the network. */
  request: (path: string, init?: RequestInit) => Response | Promise<Response>;
}

/** The Session API in memory. It can be passed to `createCoviuClient` as its options. */
export interface Sandbox {
  /** Address under which `fetch` responds. It does not exist on the network. */
  baseUrl: string;
  /** Sends requests to the sandbox in this page or process. */
  fetch: typeof globalThis.fetch;
  /** Returns an access token of the sandbox. */
  getAccessToken: GetAccessToken;
  /** The same API as an app, to serve it over HTTP: `serve({ fetch: sandbox.app.fetch })`. Faults do not apply to it. */
  app: SandboxApp;
  /** Clock of the API, which can be set and moved. */
  clock: SandboxClock;
  /** Makes requests fail, wait or get another response. */
  faults: SandboxFaults;
  /** Requests that were received. */
  log: SandboxLog;
  /** Returns the secrets so far for `watchCanaries`: key secret, tokens, entry links, participant ids and names. */
  canaries: () => readonly Canary[];
  /** Restores the seed, and removes faults and the log. */
  reset(): void;
}

/**
 * Creates the Session API in memory, with the rules of the real one. Use it for tests, stories and trying out.
 *
 * @throws TypeError if an option is not valid.
 *
 * @example
 * const sandbox = createSandbox({ now: "2026-01-11T22:52:00Z" });
 * const client = createCoviuClient(sandbox);
 * sandbox.faults.next({ operation: "createSession", status: 500 });
 */
export function createSandbox({
  now,
  seed = "clinic",
  dialect = "spec",
  latencyMs = 0,
  key = "sandbox-key",
  secret = "sandbox-secret",
  onRequest,
}: SandboxOptions = {}): Sandbox {
  checkOptions({ seed, dialect, latencyMs, key, secret });
  const clock = createClock(now);
  const store = createStore();
  const log = createLog(onRequest);
  const tokens = createTokens(clock, key, secret);
  const state = createFaults(latencyMs, tokens.expireAll);
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
    await unlessAborted(pause((fault?.delayMs ?? 0) + state.latencyMs()), signal);
    if (state.isOffline() || fault?.cut === "before-commit") throw new TypeError("Failed to fetch");
    const response = fault?.status ? scriptedResponse(request, operation, fault) : await app.fetch(request);
    if (fault?.cut === "after-commit") throw new TypeError("Failed to fetch");
    hold?.markReached();
    try {
      await unlessAborted(hold?.released, signal);
    } finally {
      hold?.markFinished();
    }
    return response;
  }

  function scriptedResponse(request: Request, operation: SandboxLogEntry["operation"], fault: Fault): Response {
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

  async function requestToken(): Promise<string> {
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
      token ??= requestToken();
      return token;
    },
    app,
    clock,
    faults: state.faults,
    log,
    canaries: () => collectCanaries(store, tokens, secret),
    reset,
  };
}

function pause(timeMs: number): Promise<void> | undefined {
  return timeMs ? new Promise((resolve) => setTimeout(resolve, timeMs)) : undefined;
}

/** Waits, and rejects as soon as the signal aborts, as the real `fetch` does. */
async function unlessAborted(wait: Promise<void> | undefined, signal: AbortSignal): Promise<void> {
  if (wait) {
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    await Promise.race([wait, aborted]);
  }
  signal.throwIfAborted();
}
