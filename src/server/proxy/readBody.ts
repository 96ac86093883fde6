import { isTooDeep } from "../../api/jsonDepth.ts";
import { Refusal } from "./refusal.ts";
import { pauseFor } from "./scope.ts";

/** A session with two hundred people has about 30,000. */
const maxBodyBytes = 65_536;
const timeoutMs = 10_000;
/** Levels of objects and lists: a booking has three, with what it was before four. */
const maxDepth = 12;

const readBefore =
  "The body was read before it reached the proxy. Mount the proxy before express.json() and the like, or hand on a copy: request.clone().";

/**
 * The fields of a JSON body, and nothing else. A body that `express.json()` has read is taken from there.
 *
 * @throws Refusal
 */
export async function readBody(request: Request, parsedBefore: unknown): Promise<object | undefined> {
  const { headers } = request;
  const type = headers.get("content-type");
  const isUsed = request.bodyUsed || request.body?.locked === true;
  const text = isUsed ? "" : await textOf(request);
  const hasBody = Number(headers.get("content-length")) > 0 || headers.has("transfer-encoding");
  const before = !text && (isUsed || hasBody) ? textOfParsed(parsedBefore) : undefined;
  if (!text && before === undefined && isUsed)
    throw new Refusal(400, "invalid_request", readBefore, { cause: readBefore });
  const json = before ?? text;
  if (!json && type === null) return undefined;
  if (!/^application\/json *(; *charset=utf-8)?$/i.test(type ?? "")) {
    throw new Refusal(415, "invalid_request", "The body must be application/json.");
  }
  if (!json && Number(headers.get("content-length")) > 0) {
    throw new Refusal(400, "invalid_request", readBefore, { cause: readBefore });
  }
  const body = parsed(json);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) {
    if (!isTooDeep(body, maxDepth)) return body;
    throw new Refusal(400, "invalid_request", "The body is nested too deep.");
  }
  throw new Refusal(400, "invalid_request", "The body must be an object in JSON.");
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The engine's own words would quote it.
    return undefined;
  }
}

/** In the form in which it was sent, so that its size is checked too. */
function textOfParsed(body: unknown): string | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body === "string") return within(body);
  if (body instanceof Uint8Array) return within(new TextDecoder().decode(body));
  if (typeof body !== "object") return undefined;
  // Of the depth that JSON.stringify can take.
  if (isTooDeep(body, maxDepth)) throw new Refusal(400, "invalid_request", "The body is nested too deep.");
  return within(JSON.stringify(body));
}

function within(text: string): string {
  if (new TextEncoder().encode(text).length > maxBodyBytes) throw tooLarge();
  return text;
}

function tooLarge(): Refusal {
  return new Refusal(413, "invalid_request", "The body is too large.");
}

/** Read piece by piece: whoever sends too much, or takes too long, is not listened to. */
async function textOf({ body }: Request): Promise<string> {
  if (!body) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const late = new AbortController();
  const limit = pauseFor(timeoutMs, late.signal).then(() => "late" as const);
  let text = "";
  let size = 0;
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- one piece comes after the other
      const read = await Promise.race([reader.read(), limit]);
      if (read === "late") throw new TypeError("late");
      if (read.done) return text + decoder.decode();
      size += read.value.length;
      if (size > maxBodyBytes) throw tooLarge();
      text += decoder.decode(read.value, { stream: true });
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error instanceof Refusal ? error : new Refusal(408, "timeout", "The body did not come whole.");
  } finally {
    late.abort();
  }
}
