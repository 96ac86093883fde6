import { isNode } from "./runtime.ts";

export type Fetch = typeof globalThis.fetch;

interface PortableRequest {
  url: string;
  method: string;
  headers: Headers;
  body?: string | undefined;
  signal: AbortSignal | null | undefined;
}

/**
 * Calls `fetch` with only the options that every server runtime supports. Workers reject `redirect: "error"` and
 * `credentials`, and older ones `cache`. Redirects are not followed: the caller receives their status.
 *
 * Node's `fetch` repeats a request after a 421, unless its body is a stream. A stream can be read only once, so a write
 * is sent only once.
 */
export function portableFetch(
  fetch: Fetch,
  { url, method, headers, body, signal }: PortableRequest,
): Promise<Response> {
  const isRead = method === "GET";
  const sentHeaders = new Headers(headers);
  const stream = !isRead && isNode() ? toStream(body ?? "", sentHeaders) : undefined;
  return fetch(url, {
    method,
    headers: sentHeaders,
    redirect: "manual",
    ...(signal && { signal }),
    // Next.js caches responses without it. Workers before November 2024 reject it.
    ...("cache" in Request.prototype && { cache: "no-store" }),
    ...(stream ?? (body !== undefined && { body })),
  });
}

function toStream(text: string, headers: Headers): object {
  const bytes = new TextEncoder().encode(text);
  headers.set("content-length", String(bytes.length));
  const body = new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
  return { body, duplex: "half" };
}

/** Reads a body as text. @throws RangeError if it is larger than `maxBytes`. */
export async function readText({ body }: Response, maxBytes: number): Promise<string> {
  if (!body) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- chunks arrive one after the other
    const { value, done } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > maxBytes) {
      reader.cancel().catch(() => {});
      throw new RangeError("The response is too large.");
    }
    text += decoder.decode(value, { stream: true });
  }
}
