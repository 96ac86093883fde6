import type { CoviuClientOptions } from "./client.ts";
import type { Link } from "./connection.ts";
import { CoviuError } from "./errors.ts";
import { createTokenSource } from "./tokenSource.ts";
import { within } from "./within.ts";

/** Bytes of an answer: a page of 200 sessions has about 120,000. */
const largest = 5_000_000;

/**
 * The `fetch` that ky is given. With `getAccessToken` it sets the bearer token and, after a 401, takes the next token
 * and sends once more: the only time a write is sent twice, because a 401 says that it was not processed.
 */
export function authorizedFetch(
  { baseUrl, getAccessToken, fetch = (...request) => globalThis.fetch(...request), timeouts = {} }: CoviuClientOptions,
  link: Link,
): typeof globalThis.fetch {
  let tokens =
    getAccessToken &&
    createTokenSource(
      ({ signal, ...asked }) => getAccessToken({ ...asked, signal: AbortSignal.any([signal, link.ended]) }),
      timeouts.token ?? 10_000,
    );
  let answers = 0;
  let accepted: { token: string; at: number } | undefined;
  let probing: Promise<boolean> | undefined;

  // Whoever keeps the client keeps no token with it.
  link.ended.addEventListener("abort", () => {
    tokens = accepted = undefined;
  });

  async function send(request: Request, token = ""): Promise<Response> {
    link.ended.throwIfAborted();
    if (token) request.headers.set("authorization", `Bearer ${token}`);
    const response = await within(timeouts.request ?? 10_000, async (limit) =>
      whole(await fetch(request, { signal: AbortSignal.any([request.signal, link.ended, limit]) })),
    );
    link.hear(response.headers.get("date"));
    if (answered(response)) accepted = { token, at: (answers += 1) };
    return response;
  }

  /** Some servers answer 401 for one canceled session: a cheap list tells that from a sign-in that is over. */
  async function works(token: string): Promise<boolean> {
    const probe = await send(new Request(`${baseUrl.replace(/\/+$/, "")}/sessions?page_size=1`), token).catch(
      () => undefined,
    );
    // Whoever asks again later loses nothing: a 401 says that nothing was done.
    if (!probe || probe.status >= 500) {
      throw new CoviuError({ code: "auth_unavailable", operation: "getAccessToken", outcome: "not-sent" });
    }
    return answered(probe);
  }

  function probe(token: string): Promise<boolean> {
    probing ??= works(token).finally(() => {
      probing = undefined;
    });
    return probing;
  }

  return async (input, init) => {
    link.ended.throwIfAborted();
    const request = new Request(input, init);
    const replay = tokens ? request.clone() : request;
    const before = answers;
    const token = await tokens?.get();
    let response = await send(request, token);
    if (response.status !== 401) return response;

    if (tokens && token) {
      let gone = accepted?.token === token && accepted.at > before && (await probe(token));
      if (!gone) {
        const next = await tokens.get(token);
        if (next !== token) {
          response = await send(replay, next);
          if (response.status !== 401) return response;
        }
        gone = await probe(next);
      }
      if (gone) return new Response(null, { status: 404 });
    }
    // Without a token there is a proxy, where 401 means that the host's own login is over.
    link.signOut();
    return response;
  };
}

/** Neither refused for its token nor lost in an outage. */
function answered({ status }: Response): boolean {
  return status !== 401 && status < 500;
}

/** Reads the body while the time limit still holds, and no more of it than an answer can have. */
async function whole(response: Response): Promise<Response> {
  const reader = response.body?.getReader();
  if (!reader) return response;
  const decoder = new TextDecoder();
  let size = 0;
  let text = "";
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one piece comes after the other
    const { done, value } = await reader.read();
    if (done) return new Response(text + decoder.decode(), response);
    size += value.length;
    if (size > largest) {
      void reader.cancel();
      throw new SyntaxError("too large");
    }
    text += decoder.decode(value, { stream: true });
  }
}
