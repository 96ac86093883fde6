import { isNode } from "./runtime.ts";

export type Fetch = typeof globalThis.fetch;

interface SentRequest {
  url: string;
  method: string;
  headers: Headers;
  body?: string | undefined;
  signal: AbortSignal | null | undefined;
}

/**
 * Sends a request with only what every server's `fetch` knows. Workers refuse `redirect: "error"` and `credentials`, and
 * older ones `cache`. A redirect is not followed: the caller sees its status.
 *
 * Node's `fetch` sends a request a second time after a 421, unless its body is a stream: a stream can be read once.
 */
export function sendOnce(fetch: Fetch, { url, method, headers, body, signal }: SentRequest): Promise<Response> {
  const isRead = method === "GET";
  const sent = new Headers(headers);
  const stream = !isRead && isNode() ? streamOf(body ?? "", sent) : undefined;
  return fetch(url, {
    method,
    headers: sent,
    redirect: "manual",
    ...(signal && { signal }),
    // Next.js keeps what is fetched without it, and workers of before November 2024 refuse it.
    ...("cache" in Request.prototype && { cache: "no-store" }),
    ...(stream ?? (body !== undefined && { body })),
  });
}

function streamOf(text: string, headers: Headers): object {
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

/** Reads a body, and no more of it than an answer can have. @throws TypeError if it is larger */
export async function readText({ body }: Response, maxBytes: number): Promise<string> {
  if (!body) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one piece comes after the other
    const { value, done } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.length;
    if (size > maxBytes) {
      reader.cancel().catch(() => {});
      throw new RangeError("The answer is too large.");
    }
    text += decoder.decode(value, { stream: true });
  }
}
