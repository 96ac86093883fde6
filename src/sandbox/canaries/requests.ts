import type { Lookout, See } from "./sighting.ts";
import { textOf } from "./text.ts";
import { attempt, prototypeOf, wrap } from "./wrap.ts";

export interface RequestLookout extends Lookout {
  /** For a `fetch` that is not the global one. */
  through: (inner: typeof globalThis.fetch) => typeof globalThis.fetch;
}

/** What leaves the page: by `fetch`, XHR, beacons and web sockets, and the addresses of everything that is loaded. */
export function watchRequests(see: See): RequestLookout {
  const reading: Promise<void>[] = [];
  const opened = new WeakMap<object, { method: string; url: string }>();
  const loads = observeLoads((url) => seeAddress("GET", url));

  function seeAddress(method: string, address: string) {
    const base = typeof document === "undefined" ? undefined : document.baseURI;
    const parsed = new URL(address, base);
    const url = parsed.origin === "null" ? parsed.href : parsed.origin + parsed.pathname;
    const seePart = (part: string, text: string) =>
      see({ channel: "request", where: `${method} ${url.slice(0, 200)}, ${part}`, text, request: { url, part } });
    seePart("address", url);
    if (parsed.search || parsed.hash) seePart("query", parsed.search + parsed.hash);
    return seePart;
  }

  function seeBody(body: unknown, seePart: (part: string, text: string) => void): void {
    const blobs = body instanceof FormData ? [...body.values()].filter((value) => value instanceof Blob) : [body];
    if (body !== undefined && body !== null) seePart("body", textOf(body));
    for (const blob of blobs) if (blob instanceof Blob) later(blob.text(), seePart);
  }

  function later(text: Promise<string>, seePart: (part: string, text: string) => void): void {
    reading.push(
      text.then(
        (body) => seePart("body", body),
        // It was given up before it was read, so it did not leave either.
        () => {},
      ),
    );
  }

  function seeFetch(input: unknown, { method, headers, body, referrer }: RequestInit = {}): void {
    const request = input instanceof Request ? input : undefined;
    const seePart = seeAddress(method ?? request?.method ?? "GET", request?.url ?? String(input));
    for (const [name, value] of new Headers(headers ?? request?.headers)) seePart(name, value);
    if (body !== undefined) seeBody(body, seePart);
    else if (request?.body) later(request.clone().text(), seePart);
    see({ channel: "referrer", where: "fetch", text: referrer ?? request?.referrer ?? "" });
  }

  const xhr = prototypeOf("XMLHttpRequest");
  const partOf = (self: unknown) => {
    const { method = "GET", url = "" } = (isObject(self) && opened.get(self)) || {};
    return seeAddress(method, url);
  };
  const undo = [
    wrap(globalThis, "fetch", ([input, init]) => seeFetch(input, isObject(init) ? init : undefined)),
    wrap(xhr, "open", ([method, url], self) => {
      if (isObject(self)) opened.set(self, { method: String(method), url: String(url) });
      seeAddress(String(method), String(url));
    }),
    wrap(xhr, "setRequestHeader", ([name, value], self) => partOf(self)(String(name).toLowerCase(), String(value))),
    wrap(xhr, "send", ([body], self) => seeBody(body, partOf(self))),
    wrap(prototypeOf("Navigator"), "sendBeacon", ([url, body]) => seeBody(body, seeAddress("POST", String(url)))),
    wrap(prototypeOf("WebSocket"), "send", ([body], self) => {
      if (self instanceof WebSocket) seeBody(body, seeAddress("SEND", self.url));
    }),
  ];

  return {
    through:
      (inner) =>
      (...request) => {
        attempt(() => seeFetch(...request));
        return inner(...request);
      },
    async look() {
      loads.look();
      await Promise.all(reading.splice(0));
    },
    stop() {
      loads.stop();
      for (const end of undo) end();
    },
  };
}

/** Pictures, scripts and frames, also those that never stood in the page. */
function observeLoads(seeUrl: (url: string) => void) {
  if (typeof document === "undefined" || typeof PerformanceObserver === "undefined") return { look() {}, stop() {} };
  const seeEach = (entries: PerformanceEntryList) => {
    for (const { name } of entries) attempt(() => seeUrl(name));
  };
  const observer = new PerformanceObserver((list) => seeEach(list.getEntries()));
  attempt(() => observer.observe({ type: "resource", buffered: true }));
  return { look: () => seeEach(observer.takeRecords()), stop: () => observer.disconnect() };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
