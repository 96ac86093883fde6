import type { CoviuClientOptions } from "./clientOptions.ts";
import type { ConnectionControl } from "./connection.ts";
import { CoviuError } from "./errors.ts";
import { withTimeout } from "./withTimeout.ts";

/** Sends a request once. */
export type Send = (request: Request) => Promise<Response>;

/** A page of 200 sessions has about 120,000 bytes. */
const maxBodyBytes = 5_000_000;

/** Sends requests with a time limit and a size limit, until the client ends. */
export function fetchWithLimits(
  { fetch = (...request) => globalThis.fetch(...request), timeouts = {}, getAccessToken }: CoviuClientOptions,
  connection: ConnectionControl,
): Send {
  // Options of `fetch` and not of the request: a request that is passed with further options loses its referrer policy.
  const fetchOptions = supported({
    cache: "no-store",
    redirect: "manual",
    referrerPolicy: "no-referrer",
    ...(getAccessToken && { credentials: "omit" }),
  });
  return async (request) => {
    connection.ended.throwIfAborted();
    const response = await withTimeout(timeouts.request ?? 10_000, [request.signal, connection.ended], async (signal) =>
      readBody(await fetch(await withoutResending(request), { ...fetchOptions, signal }), signal),
    );
    connection.recordServerDate(response.headers.get("date"));
    return response;
  };
}

/** Drops options that the runtime does not know. Workers have no `credentials`, and some no `cache`, and throw for them. */
function supported(options: RequestInit): RequestInit {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name in Request.prototype));
}

/**
 * In Node, makes a write with a body that can be read only once. After status 421, Node's `fetch` sends a request a second
 * time if it has no body, or one that can be read again (Fetch standard, "HTTP-network-or-cache fetch").
 */
async function withoutResending(request: Request): Promise<Request> {
  if (request.method === "GET" || !Reflect.get(globalThis, "process")?.versions?.undici) return request;
  const { url, method, headers, signal } = request;
  const bytes = new Uint8Array(await request.arrayBuffer());
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
  // Without a length the body is sent in chunks, which some gateways refuse.
  headers.set("content-length", String(bytes.length));
  const once = { method, headers, signal, body, duplex: "half" };
  return new Request(url, once);
}

/** Reads the body within the time limit and the size limit. */
async function readBody(response: Response, signal: AbortSignal): Promise<Response> {
  if (!response.body) return response;
  const text = await new Response(response.body.pipeThrough(sizeLimit(response.status), { signal })).text();
  const read = new Response(text, response);
  return response.redirected ? Object.defineProperty(read, "redirected", { value: true }) : read;
}

function sizeLimit(status: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let size = 0;
  return new TransformStream({
    transform(chunk, body) {
      size += chunk.length;
      if (size <= maxBodyBytes) return body.enqueue(chunk);
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
