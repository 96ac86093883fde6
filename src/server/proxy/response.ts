import type { ProxyError } from "./proxyError.ts";

/** The only headers that the proxy sets. It passes on none of the service's headers, such as cookies. */
const headers = {
  "content-type": "application/json; charset=utf-8",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
};

/** One day. */
const maxRetryAfterSeconds = 86_400;

export function jsonResponse(body: object): Response {
  return new Response(JSON.stringify(body), { headers });
}

export function redirectResponse(location: string): Response {
  return new Response(null, { status: 303, headers: { ...headers, location } });
}

/** @param reference Finds the request in the audit and in the errors given to `onError`. */
export function errorResponse({ status, code, message, retryAfter }: ProxyError, reference: string): Response {
  return new Response(JSON.stringify({ error: { code, message, reference } }), {
    status,
    headers: {
      ...headers,
      ...(retryAfter !== undefined && { "retry-after": String(Math.min(retryAfter, maxRetryAfterSeconds)) }),
    },
  });
}
