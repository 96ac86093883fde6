import { isAllowed } from "./allowed.ts";
import { watchConsoleAndErrors } from "./consoleAndErrors.ts";
import { type CanaryForm, textOf } from "./decoding.ts";
import type { CanaryChannel, PageElement, Observation } from "./observation.ts";
import { watchPage } from "./page.ts";
import { watchRequests } from "./requests.ts";
import { type Canary, createSearch, minCanaryLength } from "./search.ts";
import { watchStorages } from "./storages.ts";

/** A secret that was found where it is not allowed. It never contains the secret itself. */
export interface CanaryFinding {
  /** Channel of the page, browser or server in which it was found. */
  channel: CanaryChannel;
  /** Kind of the secret. */
  kind: Canary["kind"];
  /** Location for a developer: `div.card[data-person]`, `localStorage "draft"`, `POST https://…, body`. */
  where: string;
  /** Encoding of the secret: `plain`, `escaped` (URL, JSON or HTML) or `base64`. */
  form: CanaryForm;
}

/** Options of `watchCanaries`. */
export interface WatchCanariesOptions {
  /** The secrets to search for, or a function that returns all secrets so far. */
  canaries: readonly Canary[] | (() => readonly Canary[]);
  /**
   * Address of the API or of your proxy. Requests to it may contain the secrets that they need.
   *
   * @default No request may contain a secret.
   */
  baseUrl?: string | undefined;
  /**
   * The `fetch` that the `fetch` of the watch calls.
   *
   * @default globalThis.fetch
   */
  fetch?: typeof globalThis.fetch | undefined;
  /** Allows further findings, such as a field of your own that shows an entry link. */
  allow?: ((finding: CanaryFinding, element: PageElement | undefined) => boolean) | undefined;
}

/** A running watch. */
export interface CanaryWatch {
  /** Pass it to `createCoviuClient` to watch requests that do not use the global `fetch`. */
  fetch: typeof globalThis.fetch;
  /** Searches a value too, for example one that your error reporter received. */
  inspect: (where: string, value: unknown) => void;
  /** Returns all findings since the watch began. */
  found: () => Promise<CanaryFinding[]>;
  /** Ends the watch. `found` still returns the findings so far. */
  stop: () => void;
}

/**
 * Watches for secrets that leak into the console, uncaught errors, storages, cookies, addresses, history, title,
 * attributes, texts and requests, plain or encoded. `watchCanaries(sandbox)` searches for all secrets of a sandbox.
 *
 * Allowed are: names on the screen and in request bodies for the API, an entry link in an element with `data-private`, a
 * token in `authorization`, and a participant's id in paths of the API.
 *
 * @throws TypeError if a secret is shorter than four characters.
 *
 * @example
 * const watch = watchCanaries(sandbox);
 * const client = createCoviuClient({ ...sandbox, fetch: watch.fetch });
 * // … render your screen and use it …
 * expect(await watch.found()).toEqual([]);
 */
export function watchCanaries({ canaries, baseUrl, fetch, allow }: WatchCanariesOptions): CanaryWatch {
  const observations = new Map<string, Observation>();
  const known = new Map<string, Canary>();

  function observe(observation: Observation): void {
    const { channel, where, text, place, request } = observation;
    if (text) observations.set(JSON.stringify([channel, where, text, place, request?.part]), observation);
  }

  function refresh(): readonly Canary[] {
    for (const canary of typeof canaries === "function" ? canaries() : canaries) {
      if (canary.value.length < minCanaryLength)
        throw new TypeError("A canary needs at least four characters: shorter ones occur in any text.");
      known.set(canary.value, canary);
    }
    return [...known.values()];
  }

  refresh();
  const requests = watchRequests(observe);
  const watchers = [watchConsoleAndErrors(observe), watchPage(observe), watchStorages(observe), requests];
  let watching = true;

  return {
    fetch: requests.through(fetch ?? ((...request) => globalThis.fetch(...request))),
    inspect: (where, value) => observe({ channel: "given", where, text: textOf(value) }),
    async found() {
      if (watching) await Promise.all(watchers.map(({ collect }) => collect?.()));
      const search = createSearch(refresh());
      const findings = new Map<string, CanaryFinding>();
      for (const observation of observations.values()) {
        for (const { kind, form } of search.find(observation.text)) {
          const finding = { channel: observation.channel, kind, where: search.redact(observation.where), form };
          if (isAllowed(kind, observation, baseUrl) || allow?.(finding, observation.element)) continue;
          findings.set(JSON.stringify(finding), finding);
        }
      }
      return [...findings.values()];
    },
    stop() {
      watching = false;
      for (const watcher of watchers) watcher.stop();
    },
  };
}
