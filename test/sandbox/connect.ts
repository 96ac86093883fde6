import { createCoviuClient } from "../../src/core.ts";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.ts";

export const now = "2026-01-12T09:00:00.000Z";
export const minute = 60_000;

/** Returns the time this many minutes after `now`. */
export function at(minutes: number): string {
  return new Date(Date.parse(now) + minutes * minute).toISOString();
}

/** Creates a sandbox without a seed, its client, and a function for requests without the client. */
export function connect(options: SandboxOptions = {}) {
  const sandbox = createSandbox({ now, seed: "none", ...options });
  const client = createCoviuClient(sandbox);

  async function call(method: string, path: string, { body, ...init }: { body?: unknown; signal?: AbortSignal } = {}) {
    const response = await sandbox.fetch(sandbox.baseUrl + path, {
      ...init,
      method,
      headers: { authorization: `Bearer ${await tokenOf(sandbox)}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await jsonOf(response) };
  }

  return { sandbox, client, call };
}

export async function tokenOf(sandbox: Sandbox, forceRefresh = false): Promise<string> {
  const token = await sandbox.getAccessToken({ forceRefresh, signal: new AbortController().signal });
  return typeof token === "string" ? token : token.accessToken;
}

export async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  return response.json();
}
