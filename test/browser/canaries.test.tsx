import { afterEach, describe, expect, it } from "vitest";

import { type CanaryWatch, watchCanaries } from "../../src/sandbox/index.ts";

const id = "7d3f1c52-9b1e-4c9a-8f60-2f7be1a3c001";
let watch: CanaryWatch | undefined;

function startWatch(): CanaryWatch {
  watch = watchCanaries({ canaries: [{ kind: "participant-id", value: id }] });
  return watch;
}

function done<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Error("no database")));
  });
}

async function withStore(work: (store: IDBObjectStore) => Promise<unknown>): Promise<void> {
  const opening = indexedDB.open("drafts", 1);
  opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("drafts"));
  const database = await done(opening);
  await work(database.transaction("drafts", "readwrite").objectStore("drafts"));
  database.close();
}

afterEach(async () => {
  watch?.stop();
  await done(indexedDB.deleteDatabase("drafts"));
  await caches.delete("responses");
  history.replaceState(null, "");
  for (const area of [localStorage, sessionStorage]) area.removeItem("draft");
});

describe("watchCanaries in a browser", () => {
  it("finds a value that was in a database before the watch", async () => {
    await withStore((store) => done(store.put({ people: [{ id }] }, "before")));
    const found = await startWatch().found();
    expect(found).toMatchObject([{ channel: "indexedDB", where: 'store "drafts" of database "drafts"' }]);
  });

  it("finds a value that was stored in a database and deleted", async () => {
    const watching = startWatch();
    await withStore(async (store) => {
      await done(store.put({ id }, "passing"));
      await done(store.delete("passing"));
    });
    expect(await watching.found()).toMatchObject([{ channel: "indexedDB", where: 'store "drafts"' }]);
  });

  it("finds URLs and responses in a cache", async () => {
    const watching = startWatch();
    const cache = await caches.open("responses");
    await cache.put(`/participants/${id}`, new Response("{}"));
    await cache.put("/participants", new Response(JSON.stringify([{ id }])));
    expect(await watching.found()).toEqual([
      { channel: "cacheStorage", kind: "participant-id", where: 'cache "responses"', form: "plain" },
    ]);
    await cache.delete(`/participants/${id}`);
    const later = watchCanaries({ canaries: [{ kind: "participant-id", value: id }] });
    expect(await later.found()).toHaveLength(1);
    later.stop();
  });

  it("finds the URL of an image that was never in the page", async () => {
    const watching = startWatch();
    const picture = new Image();
    const ended = new Promise((resolve) => {
      picture.addEventListener("error", resolve);
    });
    picture.src = `/beacon.png?person=${id}`;
    await ended;
    await expect
      .poll(() => watching.found())
      .toMatchObject([{ channel: "request", where: expect.stringMatching(/^GET .*beacon\.png, query$/) }]);
  });

  it("finds values in storages, history, title, beacons, broadcasts, cookies and errors", async () => {
    const watching = startWatch();
    localStorage.setItem("draft", id);
    sessionStorage.setItem("draft", id);
    history.replaceState({ id }, "");
    document.title = id;
    navigator.sendBeacon("/stats", new Blob([id]));
    const channel = new BroadcastChannel("tabs");
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    channel.postMessage({ id });
    channel.close();
    document.cookie = `draft=${id}; max-age=5`;
    document.cookie = "draft=; max-age=0";
    window.dispatchEvent(
      new PromiseRejectionEvent("unhandledrejection", { promise: Promise.resolve(), reason: new Error(id) }),
    );
    expect(new Set((await watching.found()).map((finding) => finding.channel))).toEqual(
      new Set(["localStorage", "sessionStorage", "history", "title", "request", "broadcast", "cookie", "error"]),
    );
    document.title = "";
  });
});
