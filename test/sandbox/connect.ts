import { createCoviuClient } from "../../src/core.ts";
import { createSandbox, type SandboxOptions } from "../../src/sandbox/index.ts";

export const now = "2026-01-12T09:00:00.000Z";
export const minute = 60_000;

/** So many minutes after `now`. */
export function at(minutes: number): string {
  return new Date(Date.parse(now) + minutes * minute).toISOString();
}

/** A sandbox without a seed, the client for it, and requests past the client. */
export function connect(options: SandboxOptions = {}) {
  const sandbox = createSandbox({ now, seed: "none", ...options });
  const client = createCoviuClient(sandbox);

  async function call(method: string, path: string, { body, ...init }: { body?: unknown; signal?: AbortSignal } = {}) {
    const token = await sandbox.getAccessToken({ forceRefresh: false, signal: new AbortController().signal });
    const response = await sandbox.fetch(sandbox.baseUrl + path, {
      ...init,
      method,
      headers: { authorization: `Bearer ${String(token)}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, answer: await answerOf(response) };
  }

  return { sandbox, client, call };
}

export async function answerOf(response: Response): Promise<Record<string, unknown>> {
  return response.json();
}
