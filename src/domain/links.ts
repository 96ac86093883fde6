const vendorHosts = ["coviu.com", ".coviu.com"];

// Checked on the text itself: URL parsers repair what should be refused (`https:\\host`, `ht\ntps:`, full-width letters).
const plainHttps = /^https:\/\/[a-z\d-]+(\.[a-z\d-]+)*(:\d+)?(?=[/?#]|$)/i;
const hidden = /[\s\\\p{C}]/u;

/**
 * The entry link in its normal form if it leads to a trusted host, else `undefined`: then show no link at all.
 * A host in the list stands for itself; with a leading `.` or `*.` for everything below it; with a port for that port only.
 */
export function trustedEntryUrl(url: string | undefined, hosts: readonly string[] = vendorHosts): string | undefined {
  if (!url || hidden.test(url) || !plainHttps.test(url)) return undefined;
  const parsed = parse(url);
  return parsed && hosts.some((entry) => matches(parsed.host, entry)) ? parsed.href : undefined;
}

/** The same for a picture. Without a list of hosts no picture is loaded: an image is also a tracking beacon. */
export function trustedPictureUrl(url: string | undefined, hosts: readonly string[] | undefined): string | undefined {
  return trustedEntryUrl(url, hosts ?? []);
}

function matches(host: string, entry: string): boolean {
  const name = entry.replace(/^\*?\./, "");
  const trusted = parse(`https://${name}`)?.host;
  return trusted !== undefined && (name === entry ? host === trusted : host.endsWith(`.${trusted}`));
}

/** `URL.canParse` is younger than the oldest browser the kit supports. */
function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
