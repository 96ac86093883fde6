/** Where a page, its browser or a server can give something away. */
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

/** An element of the page, for compilers with and without the DOM library. */
export type PageElement = typeof globalThis extends { Element: { prototype: infer Type } } ? Type : object;

/** A text that was somewhere. */
export interface Sighting {
  channel: CanaryChannel;
  /** Says where, for a person to find it. */
  where: string;
  text: string;
  /** Of an attribute or a text of the page. */
  place?: { tag: string; attribute?: string | undefined; isPrivate: boolean } | undefined;
  /** Of a request: its address without the query, and which part the text is; a header by its name. */
  request?: { url: string; part: string } | undefined;
  element?: PageElement | undefined;
}

export type See = (sighting: Sighting) => void;

/** Something that is being watched. */
export interface Lookout {
  /** Looks at what is there now. */
  look?: (() => unknown) | undefined;
  stop: () => void;
}
