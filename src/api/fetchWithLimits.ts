import type { CoviuClientOptions } from "./client.ts";
import type { ConnectionControl } from "./connection.ts";
import { CoviuError } from "./errors.ts";
import { withTimeout } from "./withTimeout.ts";

/** Sends a request once. */
export type Send = (request: Request) => Promise<Response>;

/** Bytes of an answer: a page of 200 sessions has about 120,000. */
const largest = 5_000_000;

/** Sends requests, each with its time limit, as long as the client has not ended. */
export function createSend(
  { fetch = (...request) => globalThis.fetch(...request), timeouts = {}, getAccessToken }: CoviuClientOptions,
  connection: ConnectionControl,
): Send {
  // Said here, since a request that is given anything more with it forgets its referrer policy.
  const manner = supported({
    cache: "no-store",
    redirect: "manual",
    referrerPolicy: "no-referrer",
    ...(getAccessToken && { credentials: "omit" }),
  });
  return async (request) => {
    connection.ended.throwIfAborted();
    const response = await withTimeout(timeouts.request ?? 10_000, [request.signal, connection.ended], async (signal) =>
      whole(await fetch(await sentOnce(request), { ...manner, signal }), signal),
    );
    connection.recordServerDate(response.headers.get("date"));
    return response;
  };
}

/** Options that this runtime knows. Workers have no `credentials`, and some no `cache`: they throw if one is given. */
function supported(options: RequestInit): RequestInit {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name in Request.prototype));
}

/**
 * In Node: a write whose body can be read only once. Node's fetch sends a request a second time after status 421 if it has
 * no body or one that can be read again (Fetch standard, "HTTP-network-or-cache fetch"). What is sent stays the same.
 */
async function sentOnce(request: Request): Promise<Request> {
  if (request.method === "GET" || !Reflect.get(globalThis, "process")?.versions?.undici) return request;
  const { url, method, headers, signal } = request;
  const bytes = new Uint8Array(await request.arrayBuffer());
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
  // Without a length it would be sent in chunks, which some gateways refuse.
  headers.set("content-length", String(bytes.length));
  const once = { method, headers, signal, body, duplex: "half" };
  return new Request(url, once);
}

/** Reads the body while the time limit still holds, and no more of it than an answer can have. */
async function whole(response: Response, signal: AbortSignal): Promise<Response> {
  if (!response.body) return response;
  const text = await new Response(response.body.pipeThrough(sizeLimit(response.status), { signal })).text();
  const read = new Response(text, response);
  return response.redirected ? Object.defineProperty(read, "redirected", { value: true }) : read;
}

function sizeLimit(status: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let size = 0;
  return new TransformStream({
    transform(piece, body) {
      size += piece.length;
      if (size <= largest) return body.enqueue(piece);
      throw new CoviuError({
        code: "bad_response",
        operation: "request",
        status,
        outcome: "unknown",
        hint: "too large",
      });
    },
  });
}
