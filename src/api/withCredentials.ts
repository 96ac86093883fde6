import { type CoviuClientOptions, kitHeaders } from "./clientOptions.ts";
import { notSent } from "./errors.ts";
import type { Send } from "./fetchWithLimits.ts";
import { createHeaderSource } from "./headerSource.ts";
import { createTokenSource, type HeaderSource } from "./tokenSource.ts";

/**
 * Sends requests with the credentials that the app gives: a bearer token or headers. After a 401, a request is sent once
 * more with new credentials. This is the only time that a write is sent twice: a 401 means that it was not processed. A 401
 * that remains means that the sign-in is over.
 */
export function withCredentials(options: CoviuClientOptions, sendPlain: Send, ended: AbortSignal): Send {
  const source = credentialsOf(options, ended);
  if (!source) return sendPlain;
  const { next, name } = source;
  let responseCount = 0;
  let accepted: { credentials: Headers; at: number } | undefined;
  let probing: Promise<boolean> | undefined;

  ended.addEventListener("abort", () => {
    accepted = undefined;
  });

  async function send(request: Request, credentials: Headers): Promise<Response> {
    for (const [header, value] of credentials) if (!request.headers.has(header)) request.headers.set(header, value);
    const response = await sendPlain(request);
    if (isAccepted(response)) accepted = { credentials, at: (responseCount += 1) };
    return response;
  }

  /** Some servers answer 401 for one canceled session. A small read tells that from a sign-in that is over. */
  async function areValid(credentials: Headers): Promise<boolean> {
    const address = `${options.baseUrl.replace(/\/+$/, "")}/sessions?page_size=1`;
    const probe = await send(new Request(address, { headers: kitHeaders(options) }), credentials).catch(
      () => undefined,
    );
    // The caller may send again: a 401 means that nothing was done.
    if (!probe || probe.status >= 500) throw notSent("auth_unavailable", name);
    return isAccepted(probe);
  }

  function probe(credentials: Headers): Promise<boolean> {
    return (probing ??= areValid(credentials).finally(() => {
      probing = undefined;
    }));
  }

  return async (request) => {
    const copy = request.clone();
    const countBefore = responseCount;
    const credentials = await next();
    let response = await send(request, credentials);
    if (response.status !== 401) return response;

    const wereAcceptedMeanwhile = accepted?.credentials === credentials && accepted.at > countBefore;
    let isGone = wereAcceptedMeanwhile && (await probe(credentials));
    if (!isGone) {
      const renewed = await next(credentials);
      if (renewed !== credentials) {
        response = await send(copy, renewed);
        if (response.status !== 401) return response;
      }
      isGone = await probe(renewed);
    }
    return isGone ? new Response(null, { status: 404, headers: { "coviu-gone": "1" } }) : response;
  };
}

function credentialsOf(
  { getAccessToken, headers, timeouts = {} }: CoviuClientOptions,
  ended: AbortSignal,
): { name: string; next: HeaderSource } | undefined {
  const timeoutMs = timeouts.token ?? 10_000;
  if (headers) return { name: "headers", next: createHeaderSource(headers, timeoutMs, ended) };
  return getAccessToken && { name: "getAccessToken", next: createTokenSource(getAccessToken, timeoutMs, ended) };
}

/** Whether the credentials were accepted: the response is neither a refusal of them nor part of an outage. */
function isAccepted({ status }: Response): boolean {
  return status !== 401 && status < 500;
}
