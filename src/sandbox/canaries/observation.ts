/** Channel in which a page, its browser or a server can leak a secret. `given` is a value passed to `inspect`. */
export type CanaryChannel =
  | "console"
  | "error"
  | "request"
  | "localStorage"
  | "sessionStorage"
  | "indexedDB"
  | "cacheStorage"
  | "cookie"
  | "location"
  | "history"
  | "title"
  | "referrer"
  | "windowName"
  | "broadcast"
  | "attribute"
  | "text"
  | "given";

/** An element of the page. The type works with and without the DOM library. */
export type PageElement = typeof globalThis extends { Element: { prototype: infer Type } } ? Type : object;

/** A text that was observed in a channel. */
export interface Observation {
  channel: CanaryChannel;
  /** Location for a developer. */
  where: string;
  text: string;
  /** Location of an attribute or a text of the page. */
  place?: { tag: string; attribute?: string | undefined; isPrivate: boolean } | undefined;
  /** Request that contained the text: its address without the query, and the part; a header by its name. */
  request?: { url: string; part: string } | undefined;
  element?: PageElement | undefined;
}

export type Observe = (observation: Observation) => void;

/** Watches one kind of channel. */
export interface Watcher {
  /** Observes the current content. */
  collect?: (() => unknown) | undefined;
  /** Ends the watch and restores what was wrapped. */
  stop: () => void;
}
