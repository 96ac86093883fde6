import { type CoviuClient, createCoviuClient } from "../../api/client.ts";
import { CoviuError, type CoviuErrorCode } from "../../api/errors.ts";
import { createCircuitBreaker } from "./circuitBreaker.ts";
import { createConcurrencyLimit } from "./concurrencyLimit.ts";
import { type Fetch, readText, sendOnce } from "./sendOnce.ts";
import { createTokenExchange } from "./tokenExchange.ts";

interface UpstreamOptions {
  baseUrl: string;
  concurrency: number;
  fetch: Fetch;
}

interface UpstreamRequest {
  /** Names the user in the circuit breaker. */
  user: string;
  /** Reads are held back while the service is down. */
  isRead: boolean;
  readKey: () => Promise<string>;
  readSecret: () => Promise<string>;
  /** Whether nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** Time limit of one request to the service, in ms. */
const requestMs = 8000;
/** A page of 200 sessions has about 120,000. */
const maxAnswerBytes = 5_000_000;

/**
 * Connects to the service, with a client of its own for each request to the proxy: no signal, timer or promise is shared
 * between two of them. Token, circuit breaker and concurrency limit are, as plain data.
 *
 * The clients don't repeat reads, as the browser does, and leave it time for an answer.
 */
export function createUpstream({ baseUrl, concurrency, fetch }: UpstreamOptions) {
  const exchange = createTokenExchange({ baseUrl, fetch });
  const limited = createConcurrencyLimit(concurrency);
  const breaker = createCircuitBreaker();
  /** Whether the service has answered a request of any client. */
  let isReached = false;

  /** @throws CoviuError if the service is down and this is a read */
  return ({ user, isRead, readKey, readSecret, signal: ended }: UpstreamRequest): CoviuClient => {
    if (isRead) breaker.assertMaySend(user);
    let token: string | undefined;

    async function send(request: Request, signal: AbortSignal | null | undefined): Promise<Response> {
      const { url, method, headers } = request;
      const body = request.body === null ? undefined : await request.text();
      const response = await sendOnce(fetch, { url, method, headers, body, signal });
      const text = await readText(response, maxAnswerBytes);
      // Statuses that have no body by the standard refuse one.
      const isEmpty = [204, 205, 304].includes(response.status);
      const answered = new Headers(response.headers);
      if (response.ok && /^\s*[{[]/.test(text)) isReached = true;
      // A new client would ask once more whether the service is at this address at all.
      if (isReached && response.status === 404) answered.set("coviu-gone", "1");
      return new Response(isEmpty ? null : text, { status: response.status, headers: answered });
    }

    return createCoviuClient({
      baseUrl,
      timeouts: { request: requestMs },
      async getAccessToken({ forceRefresh, signal }) {
        // A token that another request has replaced meanwhile is not replaced again.
        const isDead = forceRefresh && token !== undefined;
        try {
          let next = await exchange({ readKey, readSecret, signal });
          if (isDead && next.accessToken === token)
            next = await exchange({ readKey, readSecret, forceRefresh: true, signal });
          token = next.accessToken;
          return next;
        } catch (error) {
          if (CoviuError.is(error) && !ended.aborted) breaker.recordTokenFailure(user, error.code);
          throw error;
        }
      },
      async fetch(input, init) {
        const request = typeof input === "object" && "headers" in input ? input : new Request(input, init);
        const signal = init?.signal;
        return limited(signal, async () => {
          try {
            const response = await send(request, signal);
            if (response.status < 500) breaker.recordAnswer(user);
            else breaker.recordFailure(user, "server");
            return response;
          } catch (error) {
            if (!ended.aborted) breaker.recordFailure(user, reasonOf(signal));
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
