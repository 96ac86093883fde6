import type { CoviuClientOptions } from "./client.ts";
import { createTokenSource } from "./tokenSource.ts";

/**
 * The `fetch` that ky is given. With `getAccessToken` it sets the bearer token and, after a 401, takes the next token
 * and sends once more: the only time a write is sent twice, because a 401 says that it was not processed.
 */
export function authorizedFetch({
  baseUrl,
  getAccessToken,
  fetch = (...request) => globalThis.fetch(...request),
  timeouts = {},
  onAuthLost,
}: CoviuClientOptions): typeof globalThis.fetch {
  let lost = false;

  function send(request: Request, token?: string): Promise<Response> {
    if (token) request.headers.set("authorization", `Bearer ${token}`);
    return fetch(request, {
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeouts.request ?? 10_000)]),
    });
  }

  function authLost(response: Response): Response {
    if (!lost) onAuthLost?.();
    lost = true;
    return response;
  }

  if (!getAccessToken) {
    // Behind a proxy a 401 means that the host's own login is over.
    return async (input, init) => {
      const response = await send(new Request(input, init));
      if (response.status === 401) return authLost(response);
      lost = false;
      return response;
    };
  }

  const tokens = createTokenSource(getAccessToken, timeouts.token ?? 10_000);
  let accepted: { token: string; times: number } | undefined;

  function timesAccepted(token: string): number {
    return accepted?.token === token ? accepted.times : 0;
  }

  async function tried(request: Request, token: string): Promise<Response> {
    const response = await send(request, token);
    if (response.status !== 401) {
      accepted = { token, times: timesAccepted(token) + 1 };
      lost = false;
    }
    return response;
  }

  /** Some servers answer 401 for one canceled session: a cheap list tells that from a sign-in that is over. */
  async function works(token: string, signal: AbortSignal): Promise<boolean> {
    const probe = await tried(new Request(`${baseUrl.replace(/\/+$/, "")}/sessions?page_size=1`, { signal }), token);
    return probe.status !== 401;
  }

  return async (input, init) => {
    const request = new Request(input, init);
    const replay = request.clone();
    let token = await tokens.get();
    const before = timesAccepted(token);
    let response = await tried(request, token);
    if (response.status !== 401) return response;

    let gone = timesAccepted(token) > before && (await works(token, replay.signal));
    if (!gone) {
      token = await tokens.get(token);
      response = await tried(replay, token);
      if (response.status !== 401) return response;
      gone = await works(token, replay.signal);
    }
    return gone ? new Response(null, { status: 404 }) : authLost(response);
  };
}
