import { isAllowed } from "./canaries/allowed.ts";
import { watchPage } from "./canaries/page.ts";
import { watchPrograms } from "./canaries/programs.ts";
import { watchRequests } from "./canaries/requests.ts";
import { type Canary, createSearch, shortest } from "./canaries/search.ts";
import type { CanaryChannel, PageElement, Sighting } from "./canaries/sighting.ts";
import { watchStorages } from "./canaries/storages.ts";
import { type CanaryForm, textOf } from "./canaries/text.ts";

/** A secret that was found outside its place. The secret itself is never in it. */
export interface CanaryFinding {
  channel: CanaryChannel;
  /** Of the secret. */
  kind: Canary["kind"];
  /** For a person to find the spot: `div.card[data-person]`, `localStorage "draft"`, `POST https://…, body`. */
  where: string;
  /** `plain`, or behind escapes (of addresses, JSON, HTML) or base64. */
  form: CanaryForm;
}

export interface WatchCanariesOptions {
  /** The secrets to look for; a function is asked again each time, for those that are made on the way. */
  canaries: readonly Canary[] | (() => readonly Canary[]);
  /** Of the API or of your proxy: what has to go there may. Left out, no request may hold a secret. */
  baseUrl?: string | undefined;
  /** What the watch's own `fetch` goes on to; the global one if left out. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Further places where a secret may be, such as a field of your own that shows a link. */
  allow?: ((finding: CanaryFinding, element: PageElement | undefined) => boolean) | undefined;
}

export interface CanaryWatch {
  /** Hand it to `createCoviuClient` to see its requests too, where they don't go through the global `fetch`. */
  fetch: typeof globalThis.fetch;
  /** Looks at a value as well, for example at what your error reporter was given. */
  see: (where: string, value: unknown) => void;
  /** What was found since the watch began, and what can be found now. */
  found: () => Promise<CanaryFinding[]>;
  /** Ends the watch; what it saw can still be asked for. */
  stop: () => void;
}

/**
 * Watches whether secrets get out of their places: console, uncaught errors, storages, cookies, addresses, history,
 * title, attributes, texts and requests, plain or encoded. `watchCanaries(sandbox)` looks for all that a sandbox holds.
 *
 * Names may be on the screen and in bodies for the API, a link in what is marked `data-private`, a token in
 * `authorization`, a participant's id in the API's paths; nothing may be anywhere else.
 */
export function watchCanaries({ canaries, baseUrl, fetch, allow }: WatchCanariesOptions): CanaryWatch {
  const seen = new Map<string, Sighting>();
  const known = new Map<string, Canary>();

  function see(sighting: Sighting): void {
    const { channel, where, text, place, request } = sighting;
    if (text) seen.set(JSON.stringify([channel, where, text, place, request?.part]), sighting);
  }

  function refresh(): readonly Canary[] {
    for (const canary of typeof canaries === "function" ? canaries() : canaries) {
      if (canary.value.length < shortest)
        throw new TypeError("A secret of less than four letters would be found everywhere.");
      known.set(canary.value, canary);
    }
    return [...known.values()];
  }

  refresh();
  const requests = watchRequests(see);
  const lookouts = [watchPrograms(see), watchPage(see), watchStorages(see), requests];
  let watching = true;

  return {
    fetch: requests.through(fetch ?? ((...request) => globalThis.fetch(...request))),
    see: (where, value) => see({ channel: "given", where, text: textOf(value) }),
    async found() {
      if (watching) await Promise.all(lookouts.map(({ look }) => look?.()));
      const search = createSearch(refresh());
      const findings = new Map<string, CanaryFinding>();
      for (const sighting of seen.values()) {
        for (const { kind, form } of search.find(sighting.text)) {
          const finding = { channel: sighting.channel, kind, where: search.redact(sighting.where), form };
          if (isAllowed(kind, sighting, baseUrl) || allow?.(finding, sighting.element)) continue;
          findings.set(JSON.stringify(finding), finding);
        }
      }
      return [...findings.values()];
    },
    stop() {
      watching = false;
      for (const lookout of lookouts) lookout.stop();
    },
  };
}
