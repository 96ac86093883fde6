const vendorHosts = ["coviu.com", ".coviu.com"];

// The text is checked before parsing, because parsers accept addresses that must be refused (`https:\\host`, `ht\ntps:`, full-width letters).
const plainHttps = /^https:\/\/[a-z\d-]+(\.[a-z\d-]+)*(:\d+)?(?=[/?#]|$)/i;
const hidden = /[\s\\\p{C}]/u;

/**
 * Returns the normalized entry link if its host is trusted. Otherwise returns `undefined`: show no entry link. A host in the
 * list matches itself. With a leading `.` or `*.` it matches all its subdomains. With a port it matches that port only.
 */
export function trustedEntryUrl(url: string | undefined, hosts: readonly string[] = vendorHosts): string | undefined {
  if (!url || hidden.test(url) || !plainHttps.test(url)) return undefined;
  const parsed = parse(url);
  return parsed && hosts.some((entry) => matches(parsed.host, entry)) ? parsed.href : undefined;
}

/** Returns the address of a picture if its host is trusted. Without `hosts` none is trusted, because an image can track users. */
export function trustedPictureUrl(url: string | undefined, hosts: readonly string[] | undefined): string | undefined {
  return trustedEntryUrl(url, hosts ?? []);
}

function matches(host: string, entry: string): boolean {
  const name = entry.replace(/^\*?\./, "");
  const trusted = parse(`https://${name}`)?.host;
  return trusted !== undefined && (name === entry ? host === trusted : host.endsWith(`.${trusted}`));
}

/** Parses a URL, or returns `undefined`. The oldest supported browser has no `URL.canParse`. */
function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
