import { ProxyError } from "./proxyError.ts";

/**
 * Refuses requests that a page of another origin may have sent (CSRF). It applies to every route, reads as well: a page
 * of another origin can't set the header `coviu-kit` without a preflight, and the proxy never allows one.
 *
 * Without `origins`, `Sec-Fetch-Site: same-origin` is sufficient. Browsers omit it on plain HTTP (except on localhost),
 * and Safari before 16.4 always does: `Origin` is then compared with `Host`, which a page can't set either.
 * `X-Forwarded-Host` is not read, since every client may set it.
 *
 * These headers do not stop DNS rebinding, where the name of a foreign page resolves to this server. Such a page has no
 * cookie of the app, so `authenticate` refuses it, and so does `origins`.
 *
 * A join link is followed by navigation and can't have the header `coviu-kit`. There `Sec-Fetch-Site` and
 * `Sec-Fetch-Mode` are required.
 *
 * @throws ProxyError 403 with the header as its cause.
 */
export function assertSameOrigin(request: Request, origins: readonly string[] | undefined, isJoin: boolean): void {
  const cause = crossOriginCause(request, origins, isJoin);
  if (cause) throw new ProxyError(403, "forbidden", "This request does not come from a page of the app.", { cause });
}

function crossOriginCause(
  { url, method, headers }: Request,
  origins: readonly string[] | undefined,
  isJoin: boolean,
): string | undefined {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isNavigation = isJoin && site === "same-origin" && headers.get("sec-fetch-mode") === "navigate";
  if (headers.get("coviu-kit") !== "1" && !isNavigation) {
    if (isJoin) return "the join link was not followed from a page of the app (sec-fetch-site and sec-fetch-mode)";
    return "header coviu-kit: 1 is missing; a gateway may have removed it";
  }
  if (site !== null && site !== "same-origin") return `header sec-fetch-site is ${quoted(site)}, not same-origin`;
  // Every browser sends at least one of the two headers with a write.
  if (method !== "GET" && site === null && origin === null) return "the write has neither sec-fetch-site nor origin";
  if (origin === null) return undefined;
  if (origins) return origins.includes(origin) ? undefined : `origin ${quoted(origin)} is not in the option origins`;
  if (!isWebOrigin(origin)) return `origin is ${quoted(origin)}`;
  // A navigation has no origin.
  if ((site === "same-origin" && !isNavigation) || isHost(origin, url, headers)) return undefined;
  const host = headers.get("host") ?? new URL(url).host;
  return `origin ${quoted(origin)} is not the host ${quoted(host)}; if a gateway changes the host, name this origin in the option origins`;
}

function isWebOrigin(origin: string): boolean {
  return /^https?:/.test(origin) && parse(origin)?.origin === origin;
}

/** Compares the origin's host with the requested host. A page on `http:` is not the app on `https:`. */
function isHost(origin: string, url: string, headers: Headers): boolean {
  const { protocol, host } = new URL(origin);
  const requested = new URL(url);
  if (requested.protocol === "https:" && protocol !== "https:") return false;
  const hostHeader = headers.get("host") ?? requested.host;
  return /^[\w.:[\]-]+$/.test(hostHeader) && parse(`${protocol}//${hostHeader}`)?.host === host;
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/** Quotes a header for the log, unless it has unexpected characters: any client may have set it. */
function quoted(header: string): string {
  return /^[\w.:/[\]-]{1,200}$/.test(header) ? `"${header}"` : "not readable";
}
