import type { Refusal } from "./refusal.ts";

/** No other header leaves the proxy: what the service sets, such as cookies, stays behind. */
const headers = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
};

/** Seconds: a day. */
const maxRetryAfter = 86_400;

export function answer(body: object): Response {
  return new Response(JSON.stringify(body), { headers });
}

export function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { ...headers, location } });
}

/** `reference` finds the request in the clinic's own log. */
export function refusedAnswer({ status, code, message, retryAfter }: Refusal, reference: string): Response {
  return new Response(JSON.stringify({ error: { code, message, reference } }), {
    status,
    headers: {
      ...headers,
      ...(retryAfter !== undefined && { "retry-after": String(Math.min(retryAfter, maxRetryAfter)) }),
    },
  });
}
