import { afterEach, beforeEach, vi } from "vitest";

import { createCoviuClient } from "../../src/core.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";
import {
  type CoviuProxyOptions,
  createCoviuProxy,
  createMemoryStore,
  type ProxyAudit,
  type ProxyErrorEvent,
} from "../../src/server/index.ts";
import { authenticate, credentials, origin, rule, type User, users } from "./users.ts";

export { authenticate, credentials, origin, rule, type User, users };

/** Time of the tests' clock: in the middle of the seed's week. */
export const now = "2026-01-11T22:52:00Z";

/** Idempotency key of the tests that repeat a write. */
export const idempotencyKey = "0f7d3a3e-5f4d-4d5b-9f6a-2f7c3a1b9e10";

/** Returns a promise that never settles. */
export const never = () => new Promise<never>(() => {});

/** Starts Vitest's fake clock at `now` for each test of a file or `describe`. */
export function fakeClockAtNow(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date(now) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

export interface ClinicOptions extends Partial<CoviuProxyOptions<User>> {
  sandbox?: SandboxOptions;
}

type Headed = Omit<RequestInit, "headers"> & { headers?: Record<string, string> };
type Handler = (request: Request) => Promise<Response>;

/** A request to the service, with or without a response. */
export interface Sent {
  method: string;
  path: string;
}

/** Creates a clinic's server in front of a sandbox, and clients of its users. */
export function createClinic({ sandbox: sandboxOptions, ...options }: ClinicOptions = {}) {
  const sandbox = createSandbox({ now, ...sandboxOptions });
  const store = options.store ?? createMemoryStore();
  const events: ProxyAudit[] = [];
  const errors: { error: unknown; event: ProxyErrorEvent }[] = [];
  const wire: Sent[] = [];

  /** Creates another server of the same clinic, with the same store. */
  function server(own: Partial<CoviuProxyOptions<User>> = {}) {
    const fetch = own.fetch ?? options.fetch ?? sandbox.fetch;
    const proxy = createCoviuProxy<User>({
      ...credentials,
      baseUrl: sandbox.baseUrl,
      authenticate,
      ...rule,
      audit: (event) => events.push(event),
      onError: (error, event) => errors.push({ error, event }),
      ...options,
      store,
      ...own,
      fetch(input, init) {
        const { method, url } = input instanceof Request ? input : new Request(input, init);
        wire.push({ method, path: new URL(url).pathname.replace("/v1/", "") });
        return fetch(input, init);
      },
    });

    /** Sends a request as a page of the app does for this user. */
    function send(user: keyof typeof users, path: string, init: Headed = {}) {
      const headers = { "coviu-kit": "1", "sec-fetch-site": "same-origin", origin, cookie: `user=${user}` };
      const write = init.method && init.method !== "GET";
      return proxy(
        new Request(`${origin}/api/coviu/${path}`, {
          ...init,
          headers: {
            ...headers,
            ...(write && { "idempotency-key": crypto.randomUUID() }),
            ...(init.body ? { "content-type": "application/json" } : {}),
            ...init.headers,
          },
        }),
      );
    }

    /** Sends a write, with a new idempotency key unless one is given. */
    async function write(user: keyof typeof users, call: Call, idempotencyKey: string = crypto.randomUUID()) {
      const { method, path, body } = call;
      const headers = { "idempotency-key": idempotencyKey };
      const response = await send(user, path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      return { status: response.status, headers: response.headers, json: await response.json() };
    }

    /** Creates the kit's client, as in the browser of this user. */
    function browserOf(user: keyof typeof users, through: Handler = proxy) {
      return createCoviuClient({
        baseUrl: `${origin}/api/coviu`,
        fetch: (input, init) => {
          const request = new Request(input, init);
          request.headers.set("cookie", `user=${user}`);
          request.headers.set("sec-fetch-site", "same-origin");
          return through(request);
        },
      });
    }

    return { proxy, send, write, browserOf };
  }

  /** Counts writes to the service, without requests for a token. */
  const writes = () => wire.filter(({ method, path }) => method !== "GET" && path !== "auth/token").length;

  return { sandbox, store, events, errors, wire, writes, server, ...server() };
}

export interface Call {
  method: string;
  path: string;
  body?: object | undefined;
}

const immediate = globalThis.setImmediate;
let pendingCrypto = 0;
for (const name of ["sign", "verify", "encrypt", "decrypt", "importKey", "deriveKey"] as const) {
  const { subtle } = globalThis.crypto;
  const work: (...args: never[]) => Promise<unknown> = subtle[name].bind(subtle);
  const counted = (...args: never[]) => {
    pendingCrypto += 1;
    return work(...args).finally(() => {
      pendingCrypto -= 1;
    });
  };
  Object.defineProperty(subtle, name, { value: counted, configurable: true });
}

/** Waits until no work can continue without the clock advancing. */
export async function idle(): Promise<void> {
  for (let quiet = 0; quiet < 4; quiet = pendingCrypto > 0 ? 0 : quiet + 1) {
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => {
      immediate(resolve);
    });
  }
}

/** Advances Vitest's fake clock until the work settles, and only while no other work can continue. */
export async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  let isSettled = false;
  work.then(
    () => (isSettled = true),
    () => (isSettled = true),
  );
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop
    await idle();
    if (isSettled) return work;
    if (vi.getTimerCount() === 0) throw new Error("The work waits for something other than a timer.");
    // oxlint-disable-next-line no-await-in-loop
    await vi.advanceTimersToNextTimerAsync();
  }
}

/** A booking of a clinician. */
export const booking = {
  session_name: "Knee rehab",
  start_time: "2026-01-13T00:00:00.000Z",
  end_time: "2026-01-13T00:30:00.000Z",
  participants: [
    { display_name: "Mei-Ling Chen", role: "HOST", state: "clinician-chen" },
    { display_name: "Ana Lee", role: "GUEST" },
  ],
};

/** All headers of a response of the proxy. */
export const responseHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "content-type": "application/json; charset=utf-8",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
