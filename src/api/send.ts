import type { CoviuClientOptions } from "./client.ts";
import type { Link } from "./connection.ts";
import { CoviuError } from "./errors.ts";
import { within } from "./within.ts";

/** Sends a request once. */
export type Send = (request: Request) => Promise<Response>;

/** Bytes of an answer: a page of 200 sessions has about 120,000. */
const largest = 5_000_000;

/** Sends requests, each with its time limit, as long as the client has not ended. */
export function createSend(
  { fetch = (...request) => globalThis.fetch(...request), timeouts = {}, getAccessToken }: CoviuClientOptions,
  link: Link,
): Send {
  // Said here, since a request that is given anything more with it forgets its referrer policy.
  const manner: RequestInit = {
    cache: "no-store",
    redirect: "manual",
    referrerPolicy: "no-referrer",
    ...(getAccessToken && { credentials: "omit" }),
  };
  return async (request) => {
    link.ended.throwIfAborted();
    const response = await within(timeouts.request ?? 10_000, [request.signal, link.ended], async (signal) =>
      whole(await fetch(request, { ...manner, signal }), signal),
    );
    link.hear(response.headers.get("date"));
    return response;
  };
}

/** Reads the body while the time limit still holds, and no more of it than an answer can have. */
async function whole(response: Response, signal: AbortSignal): Promise<Response> {
  if (!response.body) return response;
  let size = 0;
  const limit = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform(piece, body) {
      size += piece.length;
      if (size <= largest) return body.enqueue(piece);
      const { status } = response;
      throw new CoviuError({
        code: "bad_response",
        operation: "request",
        status,
        outcome: "unknown",
        hint: "too large",
      });
    },
  });
  const text = await new Response(response.body.pipeThrough(limit, { signal })).text();
  return new Response(text, response);
}
