// What the proxy holds on to, over many requests of many users: the heap after its garbage has been collected.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
/** @type {() => void} */
const collect = runInNewContext("gc");

/** @returns {Promise<number>} bytes */
async function held() {
  for (let turn = 0; turn < 3; turn += 1) {
    // What a finalizer lets go of is gone with the next one.
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    collect();
  }
  return process.memoryUsage().heapUsed;
}

const users = 50;
const origin = "https://clinic.example";
const session = (/** @type {string} */ id) => ({
  session_id: id,
  session_name: `Knee rehab ${id}`,
  start_time: "2026-01-13T00:00:00Z",
  end_time: "2026-01-13T00:30:00Z",
  participants: [
    {
      participant_id: `p-${id}`,
      session_id: id,
      display_name: "Ana Lee",
      role: "GUEST",
      entry_url: "https://coviu.com/x",
    },
  ],
});

/** A service that keeps nothing. @param {RequestInfo | URL} input @param {RequestInit} [init] */
async function service(input, init) {
  const request = new Request(input, init);
  const { url, method } = request;
  const [, id] = /\/sessions\/([\w-]+)$/.exec(url) ?? [];
  if (url.endsWith("/auth/token")) return Response.json({ access_token: "t", expires_in: 3600 });
  if (id === "missing") return Response.json({}, { status: 404 });
  if (method === "GET" && !id) {
    return Response.json({ content: [session("one"), session("two")], more: false, page: 0, page_size: 2 });
  }
  if (method === "DELETE") return Response.json({ ok: true });
  const sent = method === "GET" ? {} : await request.json();
  return Response.json({ ...session(id ?? crypto.randomUUID()), ...sent });
}

/**
 * Reads, lists, edits, bookings, refusals and failures in turn. A day passes in every thousand requests, so that what
 * is kept for a day is as much at the end as at the start.
 *
 * @param {Pick<typeof import("coviu-react/server"), "createCoviuProxy" | "createMemoryStore">} kit
 * @param {number} count
 * @returns {Promise<{ heaps: number[], statuses: Record<number, number> }>} bytes at the start, in the middle and at
 * the end, each after as many requests as it takes to be warm
 */
export async function heapOver({ createCoviuProxy, createMemoryStore }, count) {
  let asked = 0;
  const proxy = createCoviuProxy({
    apiKey: "key",
    apiSecret: "secret",
    baseUrl: "https://api.example/v1",
    authenticate: ({ headers }) => ({ id: headers.get("cookie") ?? "" }),
    authorize: () => true,
    store: createMemoryStore(() => asked * 86_400),
    fetch: service,
  });
  /** @type {Record<number, number>} */
  const statuses = {};
  const times = { start_time: "2026-01-13T00:00:00Z", end_time: "2026-01-13T00:30:00Z" };

  async function ask() {
    const number = (asked += 1);
    const [method, path, body] = /** @type {[string, string, object?][]} */ ([
      ["GET", `sessions/s-${number}`],
      ["GET", "sessions?page_size=20"],
      ["GET", `sessions/s-${number}`],
      ["POST", "sessions", { session_name: "Knee rehab", ...times }],
      ["GET", "sessions/missing"],
      ["GET", `sessions/s-${number}/participants`],
      ["PUT", `sessions/s-${number}`, { session_name: `New ${number}` }],
      ["POST", "sessions", { session_name: 7 }],
      ["GET", "elsewhere"],
      ["DELETE", `sessions/s-${number}`],
    ])[number % 10] ?? ["GET", ""];
    const response = await proxy(
      new Request(`${origin}/api/coviu/${path}`, {
        method,
        headers: {
          "coviu-kit": "1",
          "sec-fetch-site": "same-origin",
          cookie: `user-${number % users}`,
          "idempotency-key": crypto.randomUUID(),
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    await response.text();
    statuses[response.status] = (statuses[response.status] ?? 0) + 1;
  }

  async function ask10(/** @type {number} */ requests) {
    for (let sent = 0; sent < requests; sent += 10) {
      // oxlint-disable-next-line no-await-in-loop -- ten at a time
      await Promise.all(Array.from({ length: 10 }, ask));
    }
  }

  await ask10(3000);
  const heaps = [await held()];
  for (let part = 0; part < 2; part += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await ask10(count / 2);
    // oxlint-disable-next-line no-await-in-loop
    heaps.push(await held());
  }
  return { heaps, statuses };
}
