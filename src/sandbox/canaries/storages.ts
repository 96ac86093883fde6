import type { Lookout, See } from "./sighting.ts";
import { textOf } from "./text.ts";
import { attempt, prototypeOf, wrap, wrapSetter } from "./wrap.ts";

/** What outlives the page or reaches others of its origin; what is written and taken back at once is seen, too. */
export function watchStorages(see: See): Lookout {
  const areas = ["localStorage", "sessionStorage"] as const;
  const undo = [
    wrap(prototypeOf("Storage"), "setItem", ([key, value], self) => {
      const channel = areas.find((name) => areaOf(name) === self) ?? "localStorage";
      see({ channel, where: `${channel} "${String(key)}"`, text: textOf([key, value]) });
    }),
    wrapSetter(prototypeOf("Document"), "cookie", ([text]) =>
      see({ channel: "cookie", where: "document.cookie", text: String(text) }),
    ),
    ...["put", "add"].map((name) =>
      wrap(prototypeOf("IDBObjectStore"), name, (args, self) =>
        see({ channel: "indexedDB", where: `store "${storeName(self)}"`, text: textOf(args) }),
      ),
    ),
    wrap(prototypeOf("BroadcastChannel"), "postMessage", (args) =>
      see({ channel: "broadcast", where: "BroadcastChannel", text: textOf(args) }),
    ),
  ];

  return {
    async look() {
      for (const channel of areas) {
        attempt(() => {
          for (const [key, value] of Object.entries(areaOf(channel) ?? {}))
            see({ channel, where: `${channel} "${key}"`, text: textOf([key, value]) });
        });
      }
      attempt(() => {
        if (typeof document !== "undefined")
          see({ channel: "cookie", where: "document.cookie", text: document.cookie });
      });
      // Refused in private windows and in frames of other sites.
      await Promise.all([lookAtDatabases(see).catch(() => {}), lookAtCaches(see).catch(() => {})]);
    },
    stop() {
      for (const end of undo) end();
    },
  };
}

/** Reading it throws where storage is switched off. */
function areaOf(name: "localStorage" | "sessionStorage"): Storage | undefined {
  return typeof window === "undefined" ? undefined : window[name];
}

function storeName(store: unknown): string {
  return typeof store === "object" && store !== null && "name" in store ? String(store.name) : "";
}

async function lookAtDatabases(see: See): Promise<void> {
  if (typeof indexedDB === "undefined" || !("databases" in indexedDB)) return;
  const found = await indexedDB.databases();
  await Promise.all(found.map(({ name }) => lookAtDatabase(name ?? "", see)));
}

async function lookAtDatabase(name: string, see: See): Promise<void> {
  const database = await answerTo(indexedDB.open(name));
  const stores = [...database.objectStoreNames];
  const read = stores.length > 0 ? database.transaction(stores) : undefined;
  await Promise.all(
    stores.map(async (store) => {
      if (!read) return;
      const rows = [read.objectStore(store).getAllKeys(), read.objectStore(store).getAll()].map(answerTo);
      const text = textOf(await Promise.all<unknown>(rows));
      see({ channel: "indexedDB", where: `store "${store}" of database "${name}"`, text });
    }),
  );
  database.close();
}

function answerTo<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Error("This database can't be read.")));
  });
}

async function lookAtCaches(see: See): Promise<void> {
  if (typeof caches === "undefined") return;
  const names = await caches.keys();
  await Promise.all(
    names.map(async (name) => {
      const cache = await caches.open(name);
      const where = `cache "${name}"`;
      for (const request of await cache.keys()) see({ channel: "cacheStorage", where, text: textOf(request) });
      for (const response of await cache.matchAll()) {
        // One after the other: a cache may be large.
        // oxlint-disable-next-line no-await-in-loop
        see({ channel: "cacheStorage", where, text: `${textOf(response)} ${await response.text()}` });
      }
    }),
  );
}
