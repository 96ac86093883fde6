import type { CoviuClientOptions } from "./client.ts";
import { notSent } from "./errors.ts";
import type { Send } from "./fetchWithLimits.ts";
import { createTokenSource, type GetAccessToken } from "./tokenSource.ts";

/**
 * Sends with the bearer token and, after a 401, once more with the next token: the only time a write is sent twice,
 * because a 401 says that it was not processed. A 401 that is left means that the sign-in is over.
 */
export function authorized(
  { baseUrl, timeouts = {} }: CoviuClientOptions,
  getAccessToken: GetAccessToken,
  plain: Send,
  ended: AbortSignal,
): Send {
  const nextToken = createTokenSource(getAccessToken, timeouts.token ?? 10_000, ended);
  let answers = 0;
  let accepted: { token: string; at: number } | undefined;
  let probing: Promise<boolean> | undefined;

  ended.addEventListener("abort", () => {
    accepted = undefined;
  });

  async function send(request: Request, token: string): Promise<Response> {
    request.headers.set("authorization", `Bearer ${token}`);
    const response = await plain(request);
    if (answered(response)) accepted = { token, at: (answers += 1) };
    return response;
  }

  /** Some servers answer 401 for one canceled session: a cheap list tells that from a sign-in that is over. */
  async function works(token: string): Promise<boolean> {
    const probe = await send(new Request(`${baseUrl.replace(/\/+$/, "")}/sessions?page_size=1`), token).catch(
      () => undefined,
    );
    // Whoever asks again later loses nothing: a 401 says that nothing was done.
    if (!probe || probe.status >= 500) {
      throw notSent("auth_unavailable", "getAccessToken");
    }
    return answered(probe);
  }

  function probe(token: string): Promise<boolean> {
    return (probing ??= works(token).finally(() => {
      probing = undefined;
    }));
  }

  return async (request) => {
    const replay = request.clone();
    const before = answers;
    const token = await nextToken();
    let response = await send(request, token);
    if (response.status !== 401) return response;

    let gone = accepted?.token === token && accepted.at > before && (await probe(token));
    if (!gone) {
      const next = await nextToken(token);
      if (next !== token) {
        response = await send(replay, next);
        if (response.status !== 401) return response;
      }
      gone = await probe(next);
    }
    return gone ? new Response(null, { status: 404, headers: { "coviu-gone": "1" } }) : response;
  };
}

/** Neither refused for its token nor lost in an outage. */
function answered({ status }: Response): boolean {
  return status !== 401 && status < 500;
}
