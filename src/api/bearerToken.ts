import type { CoviuClientOptions } from "./clientOptions.ts";
import { notSent } from "./errors.ts";
import type { Send } from "./fetchWithLimits.ts";
import { createTokenSource, type GetAccessToken } from "./tokenSource.ts";

/**
 * Sends requests with the bearer token. After a 401, a request is sent once more with a new token. This is the only time
 * that a write is sent twice: a 401 means that it was not processed. A 401 that remains means that the sign-in is over.
 */
export function withBearerToken(
  { baseUrl, timeouts = {} }: CoviuClientOptions,
  getAccessToken: GetAccessToken,
  sendPlain: Send,
  ended: AbortSignal,
): Send {
  const nextToken = createTokenSource(getAccessToken, timeouts.token ?? 10_000, ended);
  let responseCount = 0;
  let accepted: { token: string; at: number } | undefined;
  let probing: Promise<boolean> | undefined;

  ended.addEventListener("abort", () => {
    accepted = undefined;
  });

  async function send(request: Request, token: string): Promise<Response> {
    request.headers.set("authorization", `Bearer ${token}`);
    const response = await sendPlain(request);
    if (isAccepted(response)) accepted = { token, at: (responseCount += 1) };
    return response;
  }

  /** Some servers answer 401 for one canceled session. A small read tells that from a sign-in that is over. */
  async function isTokenValid(token: string): Promise<boolean> {
    const probe = await send(new Request(`${baseUrl.replace(/\/+$/, "")}/sessions?page_size=1`), token).catch(
      () => undefined,
    );
    // The caller may send again: a 401 means that nothing was done.
    if (!probe || probe.status >= 500) {
      throw notSent("auth_unavailable", "getAccessToken");
    }
    return isAccepted(probe);
  }

  function probe(token: string): Promise<boolean> {
    return (probing ??= isTokenValid(token).finally(() => {
      probing = undefined;
    }));
  }

  return async (request) => {
    const copy = request.clone();
    const countBefore = responseCount;
    const token = await nextToken();
    let response = await send(request, token);
    if (response.status !== 401) return response;

    const wasAcceptedMeanwhile = accepted?.token === token && accepted.at > countBefore;
    let isGone = wasAcceptedMeanwhile && (await probe(token));
    if (!isGone) {
      const next = await nextToken(token);
      if (next !== token) {
        response = await send(copy, next);
        if (response.status !== 401) return response;
      }
      isGone = await probe(next);
    }
    return isGone ? new Response(null, { status: 404, headers: { "coviu-gone": "1" } }) : response;
  };
}

/** Whether the token was accepted: the response is neither a refusal of the token nor part of an outage. */
function isAccepted({ status }: Response): boolean {
  return status !== 401 && status < 500;
}
