import { type CoviuClientOptions, kitHeaders } from "./clientOptions.ts";
import { hasMode, warnOnce } from "./development.ts";
import { CoviuError, type CoviuErrorOutcome } from "./errors.ts";
import type { Send } from "./fetchWithLimits.ts";

declare const process: { env: { NODE_ENV?: string | undefined } };

type Verdict = "service" | "other" | "unclear";

/** Reason why a response does not come from the Session API. */
type Cause = "not found" | "page" | "slash" | "moved";

/**
 * Checks whether responses at `baseUrl` come from the Session API or a proxy of it. A web server that answers every address
 * with a page, or with 404, must not be taken for a service that has canceled a session.
 *
 * @throws CoviuError `wrong_address`
 */
export function withAddressCheck(send: Send, options: CoviuClientOptions): Send {
  const { baseUrl } = options;
  const root = baseUrl.replace(/\/+$/, "");
  /** Whether the service has responded before. */
  let reached = false;
  let probing: Promise<Verdict> | undefined;

  function wrongAddress(cause: Cause, outcome: CoviuErrorOutcome, status?: number): CoviuError {
    if (hasMode && process.env.NODE_ENV !== "production") warnOfAddress(baseUrl, cause, status);
    return new CoviuError({ code: "wrong_address", operation: "request", outcome, status });
  }

  /** Reads one session of the list, an address that every service has. */
  async function probe(): Promise<Verdict> {
    const request = new Request(`${root}/sessions?page_size=1`, { headers: kitHeaders(options) });
    const response = await send(request).catch(() => undefined);
    if (!response || response.status >= 500 || [401, 403, 429].includes(response.status)) return "unclear";
    const isPage = response.ok && /^\s*(\[|\{.*"content")/s.test(await response.text());
    return isPage ? "service" : "other";
  }

  async function verdict(): Promise<Verdict> {
    probing ??= probe().finally(() => {
      probing = undefined;
    });
    return probing;
  }

  async function checkNotFound(request: Request, response: Response): Promise<void> {
    const { status } = response;
    const { pathname } = new URL(request.url);
    // A list is never canceled or removed.
    if (pathname.endsWith("/sessions") && status !== 410) throw wrongAddress("not found", "refused", status);
    // A 401 for one canceled session: the bearer token was accepted elsewhere, so the service is there.
    if (response.headers.has("coviu-gone")) return;
    const error = errorOfService(await response.clone().text());
    // Only the proxy of the kit gives a reference to its log.
    if (error && "reference" in error) reached = true;
    const isWorded = error !== undefined;
    if (reached && isWorded) return;
    const found = await verdict();
    if (found === "other") throw wrongAddress("not found", "refused", status);
    reached ||= found === "service";
    if (found === "service" || isWorded) return;
    throw new CoviuError({ code: "bad_response", operation: "request", outcome: "unknown", status });
  }

  return async (request) => {
    const response = await send(request);
    const { status } = response;
    if (isRedirect(response)) {
      const moved = await movedTo(request, response, reached);
      // Otherwise a gateway redirects a signed-out user to its sign-in page. The outcome is unknown in both cases: some
      // servers redirect after they have processed a request (303), and browsers hide the status.
      throw moved ? wrongAddress(moved, "unknown", status || undefined) : signedOut();
    }
    if (response.ok && (await isHtml(response))) {
      // The `fetch` of the app has followed a redirect.
      if (response.redirected) throw signedOut();
      throw wrongAddress("page", "unknown", status);
    }
    if (response.ok) reached = true;
    if ([404, 405, 410].includes(status)) await checkNotFound(request, response);
    return response;
  };
}

function warnOfAddress(baseUrl: string, cause: Cause, status: number | undefined): void {
  const sentence = {
    "not found": `it answers ${status}.`,
    page: "it answers with a page of HTML.",
    slash:
      "the server redirects to the same address with or without a slash at its end (in Next.js: set skipTrailingSlashRedirect).",
    moved: "the server redirects to another address of the same resource.",
  }[cause];
  warnOnce(
    `address ${baseUrl} ${cause}`,
    `no Session API was found at baseUrl "${baseUrl}": ${sentence} Check that baseUrl is the address of your proxy (its mount) or of the API, and that the server forwards it.`,
  );
}

function signedOut(): CoviuError {
  return new CoviuError({ code: "auth_required", operation: "request", outcome: "unknown" });
}

function isRedirect({ type, status }: Response): boolean {
  return type === "opaqueredirect" || [301, 302, 303, 307, 308].includes(status);
}

/** Gives the cause if a redirect leads to the same resource at another address, and not to a sign-in page. */
async function movedTo(request: Request, response: Response, reached: boolean): Promise<Cause | undefined> {
  const from = new URL(request.url);
  const location = response.headers.get("location");
  let to = location ? parseUrl(location, from) : undefined;
  // Browsers hide the target of a redirect. In development it is followed, to name the cause. A service that has responded
  // before has not moved.
  if (hasMode && process.env.NODE_ENV !== "production" && !location && !reached) {
    to = await followedTo(from);
  }
  if (!to) return undefined;
  const [fromPath, toPath] = [from, to].map(({ pathname }) => pathname.replace(/\/+$/, ""));
  if (fromPath === toPath && to.host === from.host && to.protocol === from.protocol) return "slash";
  const resource = /\/(sessions|participants)(\/.*)?$/.exec(fromPath ?? "")?.[0];
  return resource && toPath?.endsWith(resource) ? "moved" : undefined;
}

/** Follows a redirect within this origin. Nothing is sent to another origin. */
async function followedTo({ origin, pathname }: URL): Promise<URL | undefined> {
  if (globalThis.location?.origin !== origin) return undefined;
  try {
    const { redirected, url, body } = await globalThis.fetch(`${origin}${pathname}`, {
      mode: "same-origin",
      headers: { accept: "application/json", "coviu-kit": "1" },
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(5000),
    });
    void body?.cancel();
    return redirected ? new URL(url) : undefined;
  } catch {
    return undefined;
  }
}

function parseUrl(url: string, base: URL): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}

async function isHtml(response: Response): Promise<boolean> {
  const type = response.headers.get("content-type") ?? "";
  if (/\bjson\b/i.test(type)) return false;
  const text = await response.clone().text();
  // JSON with the content type of HTML is still JSON.
  return /^text\/html\b/i.test(type) ? /^\s*</.test(text) : /^\s*<(!doctype|html|head|body)\b/i.test(text);
}

/** `{ error: { message } }` is the form of the API and of the proxy. */
function errorOfService(text: string): object | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const error = body instanceof Object && "error" in body ? body.error : undefined;
    return error instanceof Object && "message" in error ? error : undefined;
  } catch {
    return undefined;
  }
}
