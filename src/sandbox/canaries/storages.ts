import { textOf } from "./decoding.ts";
import type { Observe, Watcher } from "./observation.ts";
import { attempt, prototypeOf, wrap, wrapSetter } from "./wrap.ts";

/** Observes storages, cookies, databases, caches and broadcasts, including values that are removed at once. */
export function watchStorages(observe: Observe): Watcher {
  const areas = ["localStorage", "sessionStorage"] as const;
  const undo = [
    wrap(prototypeOf("Storage"), "setItem", ([key, value], self) => {
      const channel = areas.find((name) => areaOf(name) === self) ?? "localStorage";
      observe({ channel, where: `${channel} "${String(key)}"`, text: textOf([key, value]) });
    }),
    wrapSetter(prototypeOf("Document"), "cookie", ([text]) =>
      observe({ channel: "cookie", where: "document.cookie", text: String(text) }),
    ),
    ...["put", "add"].map((name) =>
      wrap(prototypeOf("IDBObjectStore"), name, (args, self) =>
        observe({ channel: "indexedDB", where: `store "${storeName(self)}"`, text: textOf(args) }),
      ),
    ),
    wrap(prototypeOf("BroadcastChannel"), "postMessage", (args) =>
      observe({ channel: "broadcast", where: "BroadcastChannel", text: textOf(args) }),
    ),
  ];

  return {
    async collect() {
      for (const channel of areas) {
        attempt(() => {
          for (const [key, value] of Object.entries(areaOf(channel) ?? {}))
            observe({ channel, where: `${channel} "${key}"`, text: textOf([key, value]) });
        });
      }
      attempt(() => {
        if (typeof document !== "undefined")
          observe({ channel: "cookie", where: "document.cookie", text: document.cookie });
      });
      // Private windows and frames of other sites refuse access.
      await Promise.all([observeDatabases(observe).catch(() => {}), observeCaches(observe).catch(() => {})]);
    },
    stop() {
      for (const restore of undo) restore();
    },
  };
}

/** @throws DOMException if storage is disabled. */
function areaOf(name: "localStorage" | "sessionStorage"): Storage | undefined {
  return typeof window === "undefined" ? undefined : window[name];
}

function storeName(store: unknown): string {
  return typeof store === "object" && store !== null && "name" in store ? String(store.name) : "";
}

async function observeDatabases(observe: Observe): Promise<void> {
  if (typeof indexedDB === "undefined" || !("databases" in indexedDB)) return;
  const found = await indexedDB.databases();
  await Promise.all(found.map(({ name }) => observeDatabase(name ?? "", observe)));
}

async function observeDatabase(name: string, observe: Observe): Promise<void> {
  const database = await resultOf(indexedDB.open(name));
  const stores = [...database.objectStoreNames];
  const read = stores.length > 0 ? database.transaction(stores) : undefined;
  await Promise.all(
    stores.map(async (store) => {
      if (!read) return;
      const rows = [read.objectStore(store).getAllKeys(), read.objectStore(store).getAll()].map(resultOf);
      const text = textOf(await Promise.all<unknown>(rows));
      observe({ channel: "indexedDB", where: `store "${store}" of database "${name}"`, text });
    }),
  );
  database.close();
}

function resultOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Error("This database can't be read.")));
  });
}

async function observeCaches(observe: Observe): Promise<void> {
  if (typeof caches === "undefined") return;
  const names = await caches.keys();
  await Promise.all(
    names.map(async (name) => {
      const cache = await caches.open(name);
      const where = `cache "${name}"`;
      for (const request of await cache.keys()) observe({ channel: "cacheStorage", where, text: textOf(request) });
      for (const response of await cache.matchAll()) {
        // In sequence: a cache may be large.
        // oxlint-disable-next-line no-await-in-loop
        observe({ channel: "cacheStorage", where, text: `${textOf(response)} ${await response.text()}` });
      }
    }),
  );
}
