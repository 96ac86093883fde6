import { within } from "../../api/within.ts";
import { Refusal } from "./refusal.ts";

/** Bytes of a body: a session with two hundred people has about 30,000. */
const largest = 65_536;
/** Milliseconds that a body may take. */
const longest = 10_000;

/**
 * Refuses what no page of the app itself can have sent. All of it holds for every route, reads as well: a page of
 * another origin can't set a header of ours without asking first, and the proxy never answers that question.
 *
 * Joining is a link that a person follows, so it has no such header: there the browser itself says where it comes from.
 *
 * @throws Refusal
 */
export function refuseForeign({ method, headers }: Request, origins: readonly string[], isJoin: boolean): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isFollowed = isJoin && site === "same-origin" && headers.get("sec-fetch-mode") === "navigate";
  const isOwn =
    (headers.get("coviu-kit") === "1" || isFollowed) &&
    (site === null || site === "same-origin") &&
    (origin === null || origins.includes(origin)) &&
    // Every browser sends one of the two with a write.
    (method === "GET" || site !== null || origin !== null);
  if (!isOwn) throw new Refusal(403, "forbidden", "This request does not come from the app itself.");
}

/**
 * The fields of a JSON body, and nothing else.
 *
 * @throws Refusal
 */
export async function bodyOf(request: Request): Promise<object | undefined> {
  const type = request.headers.get("content-type");
  const text = await textOf(request).catch((error: unknown) => {
    if (error instanceof Refusal) throw error;
    throw new Refusal(408, "timeout", "The body did not come whole.");
  });
  if (!text && type === null) return undefined;
  if (!/^application\/json *(; *charset=utf-8)?$/i.test(type ?? "")) {
    throw new Refusal(415, "invalid_request", "The body must be application/json.");
  }
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  } catch {
    // The engine's own words would quote it.
  }
  throw new Refusal(400, "invalid_request", "The body must be an object in JSON.");
}

/** Read piece by piece: whoever sends too much, or takes too long, is not listened to. */
async function textOf({ body }: Request): Promise<string> {
  if (!body) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const until = performance.now() + longest;
  let text = "";
  let size = 0;
  try {
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- one piece comes after the other
      const { value, done } = await within(Math.max(0, until - performance.now()), [], () => reader.read());
      if (done) return text + decoder.decode();
      size += value.length;
      if (size > largest) throw new Refusal(413, "invalid_request", "The body is too large.");
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    reader.cancel().catch(() => {});
    throw error;
  }
}
