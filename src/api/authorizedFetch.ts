import type { CoviuClientOptions } from "./client.ts";
import { CoviuError } from "./errors.ts";
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
  const tokens = getAccessToken && createTokenSource(getAccessToken, timeouts.token ?? 10_000);
  let lost = false;
  let answers = 0;
  let accepted: { token: string | undefined; at: number } | undefined;

  async function send(request: Request, token?: string): Promise<Response> {
    if (token) request.headers.set("authorization", `Bearer ${token}`);
    const limit = AbortSignal.timeout(timeouts.request ?? 10_000);
    const response = await fetch(request, { signal: AbortSignal.any([request.signal, limit]) });
    if (answered(response)) {
      accepted = { token, at: (answers += 1) };
      lost = false;
    }
    return response;
  }

  /** Some servers answer 401 for one canceled session: a cheap list tells that from a sign-in that is over. */
  async function works(token: string, signal: AbortSignal): Promise<boolean> {
    const probe = await send(
      new Request(`${baseUrl.replace(/\/+$/, "")}/sessions?page_size=1`, { signal }),
      token,
    ).catch(() => undefined);
    // Whoever asks again later loses nothing: a 401 says that nothing was done.
    if (!probe || probe.status >= 500) {
      throw new CoviuError({ code: "auth_unavailable", operation: "getAccessToken", outcome: "not-sent" });
    }
    return answered(probe);
  }

  return async (input, init) => {
    const request = new Request(input, init);
    const replay = tokens ? request.clone() : request;
    const before = answers;
    let token = await tokens?.get();
    let response = await send(request, token);
    if (response.status !== 401) return response;

    if (tokens && token) {
      const acceptedSince = accepted?.token === token && accepted.at > before;
      let gone = acceptedSince && (await works(token, replay.signal));
      if (!gone) {
        token = await tokens.get(token);
        response = await send(replay, token);
        if (response.status !== 401) return response;
        gone = await works(token, replay.signal);
      }
      if (gone) return new Response(null, { status: 404 });
    }
    // Without a token there is a proxy, where 401 means that the host's own login is over.
    if (!lost) onAuthLost?.();
    lost = true;
    return response;
  };
}

/** Neither refused for its token nor lost in an outage. */
function answered({ status }: Response): boolean {
  return status !== 401 && status < 500;
}
