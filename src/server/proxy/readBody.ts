import { isTooDeep } from "../../api/jsonDepth.ts";
import { ProxyError } from "./proxyError.ts";
import { waitFor } from "./timers.ts";

/** A session with 200 participants has about 30,000 bytes. */
const maxBodyBytes = 65_536;
const timeoutMs = 10_000;
/** Levels of objects and lists. A booking has three; an edit with `if_unchanged` has four. */
const maxDepth = 12;

const alreadyReadCause =
  "The body was read before it reached the proxy. Mount the proxy before express.json() and the like, or pass on a copy: request.clone().";

/**
 * Reads the fields of a JSON body. If `express.json()` has read the body, its result is used.
 *
 * @throws ProxyError 400, 408, 413 or 415.
 */
export async function readBody(request: Request, parsedBody: unknown): Promise<object | undefined> {
  const { headers } = request;
  const type = headers.get("content-type");
  const isUsed = request.bodyUsed || request.body?.locked === true;
  const text = isUsed ? "" : await readLimitedText(request);
  const hasBody = Number(headers.get("content-length")) > 0 || headers.has("transfer-encoding");
  const middlewareText = !text && (isUsed || hasBody) ? serializeParsed(parsedBody) : undefined;
  if (!text && middlewareText === undefined && isUsed)
    throw new ProxyError(400, "invalid_request", alreadyReadCause, { cause: alreadyReadCause });
  const json = middlewareText ?? text;
  if (!json && type === null) return undefined;
  if (!/^application\/json *(; *charset=utf-8)?$/i.test(type ?? "")) {
    throw new ProxyError(415, "invalid_request", "The body must be application/json.");
  }
  if (!json && Number(headers.get("content-length")) > 0) {
    throw new ProxyError(400, "invalid_request", alreadyReadCause, { cause: alreadyReadCause });
  }
  const body = parseJson(json);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    if (!isTooDeep(body, maxDepth)) return body;
    throw new ProxyError(400, "invalid_request", "The body is nested too deeply.");
  }
  throw new ProxyError(400, "invalid_request", "The body must be a JSON object.");
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The engine's error message would quote the body.
    return undefined;
  }
}

/** Serializes a body that middleware has parsed, so that its size is checked too. */
function serializeParsed(body: unknown): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string") return assertSize(body);
  if (body instanceof Uint8Array) return assertSize(new TextDecoder().decode(body));
  if (typeof body !== "object") return undefined;
  // JSON.stringify overflows the stack on deeply nested values.
  if (isTooDeep(body, maxDepth)) throw new ProxyError(400, "invalid_request", "The body is nested too deeply.");
  return assertSize(JSON.stringify(body));
}

function assertSize(text: string): string {
  if (new TextEncoder().encode(text).length > maxBodyBytes) throw tooLarge();
  return text;
}

function tooLarge(): ProxyError {
  return new ProxyError(413, "invalid_request", "The body is too large.");
}

/** Reads the body in chunks, and stops when it is too large or takes too long. */
async function readLimitedText({ body }: Request): Promise<string> {
  if (!body) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const done = new AbortController();
  const timeout = waitFor(timeoutMs, done.signal).then(() => "timeout" as const);
  let text = "";
  let size = 0;
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- chunks arrive one after the other
      const read = await Promise.race([reader.read(), timeout]);
      if (read === "timeout") throw new TypeError("timeout");
      if (read.done) return text + decoder.decode();
      size += read.value.length;
      if (size > maxBodyBytes) throw tooLarge();
      text += decoder.decode(read.value, { stream: true });
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error instanceof ProxyError ? error : new ProxyError(408, "timeout", "The body did not arrive completely.");
  } finally {
    done.abort();
  }
}
