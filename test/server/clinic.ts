import { createCoviuClient } from "../../src/core.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";
import { type CoviuProxyOptions, createCoviuProxy, ownSessions, type ProxyAudit } from "../../src/server/index.ts";

export interface User {
  id: string;
  role: "clinician" | "reception";
}

export const users: Record<string, User> = {
  chen: { id: "clinician-chen", role: "clinician" },
  okafor: { id: "clinician-okafor", role: "clinician" },
  desk: { id: "desk", role: "reception" },
};

export const credentials = { apiKey: "sandbox-key", apiSecret: "sandbox-secret" };
export const origin = "https://clinic.example";
/** Where the tests' clock stands: in the middle of the seed's week. */
export const now = "2026-01-11T22:52:00Z";

/** Clinicians have their own sessions, reception has all. */
export const rule = ownSessions<User>({ seesAll: ({ role }) => role === "reception" });

export interface ClinicOptions extends Partial<CoviuProxyOptions<User>> {
  sandbox?: SandboxOptions;
}

/** A clinic's server in front of a sandbox, and browsers of the people who work there. */
export function createClinic({ sandbox: sandboxOptions, ...options }: ClinicOptions = {}) {
  const sandbox = createSandbox({ now, ...sandboxOptions });
  const events: ProxyAudit[] = [];
  const proxy = createCoviuProxy<User>({
    ...credentials,
    baseUrl: sandbox.baseUrl,
    fetch: sandbox.fetch,
    authenticate: ({ headers }) => users[/user=(\w+)/.exec(headers.get("cookie") ?? "")?.[1] ?? ""],
    ...rule,
    audit: (event) => events.push(event),
    ...options,
  });

  /** What a page of the app sends, whoever is signed in. */
  function send(
    user: keyof typeof users,
    path: string,
    init: Omit<RequestInit, "headers"> & { headers?: Record<string, string> } = {},
  ) {
    const headers = { "coviu-kit": "1", "sec-fetch-site": "same-origin", origin, cookie: `user=${user}` };
    const write = init.method && init.method !== "GET";
    return proxy(
      new Request(`${origin}/api/coviu/${path}`, {
        ...init,
        headers: {
          ...headers,
          ...(write && { "coviu-operation": crypto.randomUUID() }),
          ...(init.body ? { "content-type": "application/json" } : {}),
          ...init.headers,
        },
      }),
    );
  }

  /** The kit's client, as in the browser of somebody. */
  function browserOf(user: keyof typeof users, through: (request: Request) => Promise<Response> = proxy) {
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

  return { sandbox, proxy, events, send, browserOf };
}
