import { Refusal } from "./refusal.ts";

/**
 * Refuses requests that no page of the app itself can have sent. It holds for every route, reads as well: a page of
 * another origin can't set a header of the kit's without a preflight, and the proxy never answers one.
 *
 * Without `origins`, the browser's own word `Sec-Fetch-Site: same-origin` is enough. Browsers leave it out on plain HTTP
 * (except on localhost), and Safari before 16.4 everywhere: `Origin` is then compared with `Host`, which a page can't
 * set either. `X-Forwarded-Host` is not read, since anybody may send it.
 *
 * Neither tells a page whose name was made to lead here (DNS rebinding) from the app's: it has no cookie of the app's,
 * so `authenticate` refuses it, and `origins` does.
 *
 * Joining is a link that a person follows, so it has no such header: there the browser itself says where it comes from.
 *
 * @throws Refusal that names the header
 */
export function assertSameOrigin(request: Request, origins: readonly string[] | undefined, isJoin: boolean): void {
  const cause = foreignCause(request, origins, isJoin);
  if (cause) throw new Refusal(403, "forbidden", "This request does not come from the app itself.", { cause });
}

function foreignCause(
  { url, method, headers }: Request,
  origins: readonly string[] | undefined,
  isJoin: boolean,
): string | undefined {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isFollowed = isJoin && site === "same-origin" && headers.get("sec-fetch-mode") === "navigate";
  if (headers.get("coviu-kit") !== "1" && !isFollowed) {
    if (isJoin) return "the join link was not followed from a page of the app (sec-fetch-site and sec-fetch-mode)";
    return "header coviu-kit: 1 is missing; a gateway may have removed it";
  }
  if (site !== null && site !== "same-origin") return `header sec-fetch-site is ${shown(site)}, not same-origin`;
  // Every browser sends one of the two with a write.
  if (method !== "GET" && site === null && origin === null) return "a write without sec-fetch-site and origin";
  if (origin === null) return undefined;
  if (origins) return origins.includes(origin) ? undefined : `origin ${shown(origin)} is not in the option origins`;
  if (!isWebOrigin(origin)) return `origin is ${shown(origin)}`;
  // A link that is followed has no origin.
  if ((site === "same-origin" && !isFollowed) || isHost(origin, url, headers)) return undefined;
  const host = headers.get("host") ?? new URL(url).host;
  return `origin ${shown(origin)} is not the host ${shown(host)}; if a gateway changes the host, name this origin in the option origins`;
}

function isWebOrigin(origin: string): boolean {
  return /^https?:/.test(origin) && parse(origin)?.origin === origin;
}

/** Whether the origin's host is the one that the browser asked. A page of `http:` is not the app of `https:`. */
function isHost(origin: string, url: string, headers: Headers): boolean {
  const { protocol, host } = new URL(origin);
  const asked = new URL(url);
  if (asked.protocol === "https:" && protocol !== "https:") return false;
  const given = headers.get("host") ?? asked.host;
  return /^[\w.:[\]-]+$/.test(given) && parse(`${protocol}//${given}`)?.host === host;
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}

/** For the app's own log: headers are what somebody else wrote. */
function shown(header: string): string {
  return /^[\w.:/[\]-]{1,200}$/.test(header) ? `"${header}"` : "not readable";
}
