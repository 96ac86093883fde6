import type { Observation } from "./observation.ts";

/** Attributes that are shown, or announced by a screen reader. */
const visibleAttributes =
  /^(aria-(label|description|valuetext|roledescription|placeholder)|alt|label|placeholder|title|value)$/;
/** Elements whose text is not shown. */
const hiddenTags = /^(script|style|template|noscript|#comment)$/;

/**
 * Decides whether this kind of secret is allowed here: names on the screen and in request bodies, an entry link in an
 * element with `data-private` where it is shown or opened, a token in `authorization`, an id in a path of the API.
 */
export function isAllowed(kind: string, observation: Observation, baseUrl: string | undefined): boolean {
  const { channel, place, request } = observation;
  const isName = kind === "name" || kind === "session-name";
  if (place) {
    const { tag, attribute, isPrivate } = place;
    if (isName)
      return attribute === undefined
        ? !hiddenTags.test(tag)
        : visibleAttributes.test(attribute) && !/^(meta|data|param)$/.test(tag);
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
