import { type CoviuClient, createCoviuClient } from "../../api/client.ts";
import { CoviuError, type CoviuErrorCode } from "../../api/errors.ts";
import { createCircuitBreaker } from "./circuitBreaker.ts";
import { createConcurrencyLimit } from "./concurrencyLimit.ts";
import { type Fetch, readText, portableFetch } from "./portableFetch.ts";
import { createTokenExchange } from "./tokenExchange.ts";

interface UpstreamOptions {
  baseUrl: string;
  /** Requests to the service at the same time. */
  concurrency: number;
  fetch: Fetch;
}

interface UpstreamRequest {
  /** Identifies the user in the circuit breaker. */
  userKey: string;
  /** Reads are stopped while the service is down. */
  isRead: boolean;
  readKey: () => Promise<string>;
  readSecret: () => Promise<string>;
  /** Aborts when the request to the proxy ends. Failures after that are not counted. */
  signal: AbortSignal;
}

/** Time limit of one request to the service, in ms. */
const requestTimeoutMs = 8000;
/** A page of 200 sessions has about 120,000 bytes. */
const maxResponseBytes = 5_000_000;

/**
 * Creates the connection to the service. Each request to the proxy gets a client of its own: no signal, timer or promise
 * is shared between requests. Token, circuit breaker and concurrency limit are shared as plain data.
 *
 * These clients do not retry reads, since the browser does.
 */
export function createUpstream({ baseUrl, concurrency, fetch }: UpstreamOptions) {
  const exchange = createTokenExchange({ baseUrl, fetch });
  const limit = createConcurrencyLimit(concurrency);
  const breaker = createCircuitBreaker();
  /** Whether the service has responded to a request of any client. */
  let isReached = false;

  /** @throws CoviuError if the service is down and this is a read. */
  return ({ userKey, isRead, readKey, readSecret, signal: ended }: UpstreamRequest): CoviuClient => {
    if (isRead) breaker.assertMaySend(userKey);
    let token: string | undefined;

    async function send(request: Request, signal: AbortSignal | null | undefined): Promise<Response> {
      const { url, method, headers } = request;
      const body = request.body === null ? undefined : await request.text();
      const response = await portableFetch(fetch, { url, method, headers, body, signal });
      const text = await readText(response, maxResponseBytes);
      // `Response` rejects a body for these statuses.
      const isEmpty = [204, 205, 304].includes(response.status);
      const responseHeaders = new Headers(response.headers);
      if (response.ok && /^\s*[{[]/.test(text)) isReached = true;
      // Tells the new client that a 404 is about the record and not about the address of the service.
      if (isReached && response.status === 404) responseHeaders.set("coviu-gone", "1");
      return new Response(isEmpty ? null : text, { status: response.status, headers: responseHeaders });
    }

    return createCoviuClient({
      baseUrl,
      timeouts: { request: requestTimeoutMs },
      async getAccessToken({ forceRefresh, signal }) {
        // A token that another request has already replaced is not replaced again.
        const isRejected = forceRefresh && token !== undefined;
        try {
          let next = await exchange({ readKey, readSecret, signal });
          if (isRejected && next.accessToken === token)
            next = await exchange({ readKey, readSecret, forceRefresh: true, signal });
          token = next.accessToken;
          return next;
        } catch (error) {
          if (CoviuError.is(error) && !ended.aborted) breaker.recordTokenFailure(userKey, error.code);
          throw error;
        }
      },
      async fetch(input, init) {
        const request = typeof input === "object" && "headers" in input ? input : new Request(input, init);
        const signal = init?.signal;
        return limit(signal, async () => {
          try {
            const response = await send(request, signal);
            if (response.status < 500) breaker.recordAnswer(userKey);
            else breaker.recordFailure(userKey, "server");
            return response;
          } catch (error) {
            if (!ended.aborted) breaker.recordFailure(userKey, reasonOf(signal));
            throw error;
          }
        });
      },
    });
  };
}

function reasonOf(signal: AbortSignal | null | undefined): CoviuErrorCode {
  return signal?.aborted ? "timeout" : "unreachable";
}
