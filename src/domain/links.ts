const vendorHosts = ["coviu.com", ".coviu.com"];

// The text itself is checked, because URL parsers repair addresses that must be refused (`https:\\host`, `ht\ntps:`, full-width letters).
const plainHttps = /^https:\/\/[a-z\d-]+(\.[a-z\d-]+)*(:\d+)?(?=[/?#]|$)/i;
const hidden = /[\s\\\p{C}]/u;

/**
 * Gives the entry link in its normal form if its host is trusted, else `undefined`: then show no entry link. A host in the
 * list stands for itself. With a leading `.` or `*.` it stands for all hosts below it. With a port it stands for that port.
 */
export function trustedEntryUrl(url: string | undefined, hosts: readonly string[] = vendorHosts): string | undefined {
  if (!url || hidden.test(url) || !plainHttps.test(url)) return undefined;
  const parsed = parse(url);
  return parsed && hosts.some((entry) => matches(parsed.host, entry)) ? parsed.href : undefined;
}

/** Gives the address of a picture if its host is trusted. Without a list no picture is loaded, since an image can track users. */
export function trustedPictureUrl(url: string | undefined, hosts: readonly string[] | undefined): string | undefined {
  return trustedEntryUrl(url, hosts ?? []);
}

function matches(host: string, entry: string): boolean {
  const name = entry.replace(/^\*?\./, "");
  const trusted = parse(`https://${name}`)?.host;
  return trusted !== undefined && (name === entry ? host === trusted : host.endsWith(`.${trusted}`));
}

/** Does what `URL.canParse` does, which the oldest supported browser lacks. */
function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
