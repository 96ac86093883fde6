import { textOf } from "./decoding.ts";
import type { Observe, Watcher } from "./observation.ts";
import { attempt, prototypeOf, wrap } from "./wrap.ts";

export interface RequestWatcher extends Watcher {
  /** Wraps a `fetch` that is not the global one. */
  through: (inner: typeof globalThis.fetch) => typeof globalThis.fetch;
}

/** Observes requests by `fetch`, XHR, beacons and web sockets, and the addresses of loaded resources. */
export function watchRequests(observe: Observe): RequestWatcher {
  const reading: Promise<void>[] = [];
  const opened = new WeakMap<object, { method: string; url: string }>();
  const loads = observeLoads((url) => observeAddress("GET", url));

  function observeAddress(method: string, address: string) {
    const base = typeof document === "undefined" ? undefined : document.baseURI;
    const parsed = new URL(address, base);
    const url = parsed.origin === "null" ? parsed.href : parsed.origin + parsed.pathname;
    const observePart = (part: string, text: string) =>
      observe({ channel: "request", where: `${method} ${url.slice(0, 200)}, ${part}`, text, request: { url, part } });
    observePart("address", url);
    if (parsed.search || parsed.hash) observePart("query", parsed.search + parsed.hash);
    return observePart;
  }

  function observeBody(body: unknown, observePart: (part: string, text: string) => void): void {
    const blobs = body instanceof FormData ? [...body.values()].filter((value) => value instanceof Blob) : [body];
    if (body !== undefined && body !== null) observePart("body", textOf(body));
    for (const blob of blobs) if (blob instanceof Blob) later(blob.text(), observePart);
  }

  function later(text: Promise<string>, observePart: (part: string, text: string) => void): void {
    reading.push(
      text.then(
        (body) => observePart("body", body),
        // The request was aborted before its body was read, so the body was not sent.
        () => {},
      ),
    );
  }

  function observeFetch(input: unknown, { method, headers, body, referrer }: RequestInit = {}): void {
    const request = input instanceof Request ? input : undefined;
    const observePart = observeAddress(method ?? request?.method ?? "GET", request?.url ?? String(input));
    for (const [name, value] of new Headers(headers ?? request?.headers)) observePart(name, value);
    if (body !== undefined) observeBody(body, observePart);
    else if (request?.body) later(request.clone().text(), observePart);
    observe({ channel: "referrer", where: "fetch", text: referrer ?? request?.referrer ?? "" });
  }

  const xhr = prototypeOf("XMLHttpRequest");
  const partOf = (self: unknown) => {
    const { method = "GET", url = "" } = (isObject(self) && opened.get(self)) || {};
    return observeAddress(method, url);
  };
  const undo = [
    wrap(globalThis, "fetch", ([input, init]) => observeFetch(input, isObject(init) ? init : undefined)),
    wrap(xhr, "open", ([method, url], self) => {
      if (isObject(self)) opened.set(self, { method: String(method), url: String(url) });
      observeAddress(String(method), String(url));
    }),
    wrap(xhr, "setRequestHeader", ([name, value], self) => partOf(self)(String(name).toLowerCase(), String(value))),
    wrap(xhr, "send", ([body], self) => observeBody(body, partOf(self))),
    wrap(prototypeOf("Navigator"), "sendBeacon", ([url, body]) =>
      observeBody(body, observeAddress("POST", String(url))),
    ),
    wrap(prototypeOf("WebSocket"), "send", ([body], self) => {
      if (self instanceof WebSocket) observeBody(body, observeAddress("SEND", self.url));
    }),
  ];

  return {
    through:
      (inner) =>
      (...request) => {
        attempt(() => observeFetch(...request));
        return inner(...request);
      },
    async collect() {
      loads.collect();
      await Promise.all(reading.splice(0));
    },
    stop() {
      loads.stop();
      for (const restore of undo) restore();
    },
  };
}

/** Observes the addresses of images, scripts and frames, including those that were never in the page. */
function observeLoads(observeUrl: (url: string) => void) {
  if (typeof document === "undefined" || typeof PerformanceObserver === "undefined") return { collect() {}, stop() {} };
  const observeEach = (entries: PerformanceEntryList) => {
    for (const { name } of entries) attempt(() => observeUrl(name));
  };
  const observer = new PerformanceObserver((list) => observeEach(list.getEntries()));
  attempt(() => observer.observe({ type: "resource", buffered: true }));
  return { collect: () => observeEach(observer.takeRecords()), stop: () => observer.disconnect() };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
