import type { Sighting } from "./sighting.ts";

/** Attributes that are shown or read to whoever looks at the page. */
const spoken = /^(aria-(label|description|valuetext|roledescription|placeholder)|alt|label|placeholder|title|value)$/;
/** Texts that nobody sees. */
const unseen = /^(script|style|template|noscript|#comment)$/;

/**
 * Whether this kind of secret has its place here: names on the screen and in what is sent to be saved, a link where it
 * is shown or opened and marked `data-private`, a token in `authorization`, an id in a path of the API.
 */
export function isAllowed(kind: string, sighting: Sighting, baseUrl: string | undefined): boolean {
  const { channel, place, request } = sighting;
  const isName = kind === "name" || kind === "session-name";
  if (place) {
    const { tag, attribute, isPrivate } = place;
    if (isName)
      return attribute === undefined ? !unseen.test(tag) : spoken.test(attribute) && !/^(meta|data|param)$/.test(tag);
    if (kind !== "entry-link" || !isPrivate) return false;
    return (
      attribute === undefined || (tag === "a" && attribute === "href") || (tag === "input" && attribute === "value")
    );
  }
  if (channel !== "request" || !request || baseUrl === undefined || !isBelow(request.url, baseUrl)) return false;
  if (kind === "token") return request.part === "authorization";
  if (kind === "participant-id") return request.part === "address" && /\/participants\/[^/]+$/.test(request.url);
  return isName && request.part === "body";
}

function isBelow(url: string, baseUrl: string): boolean {
  const base = new URL(baseUrl, typeof document === "undefined" ? undefined : document.baseURI).href.replace(
    /\/+$/,
    "",
  );
  return url === base || url.startsWith(`${base}/`);
}
