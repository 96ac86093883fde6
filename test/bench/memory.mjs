// Heap of the proxy after garbage collection, over many requests of many users.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
/** @type {() => void} */
const collect = runInNewContext("gc");

/** @returns {Promise<number>} bytes */
async function heapUsed() {
  for (let turn = 0; turn < 3; turn += 1) {
    // Memory released by a finalizer is collected in the next turn.
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

/** A service without state. @param {RequestInfo | URL} input @param {RequestInit} [init] */
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
 ** Sends reads, lists, edits, bookings, refusals and failures in turn. A day passes in every thousand requests, so that
 * values stored for a day need the same memory at the start and at the end.
 *
 * @param {Pick<typeof import("coviu-react/server"), "createCoviuProxy" | "createMemoryStore">} kit
 * @param {number} count
 * @returns {Promise<{ heaps: number[], statuses: Record<number, number> }>} bytes at the start, in the middle and at
 * the end, each after a warm-up
 */
export async function heapOver({ createCoviuProxy, createMemoryStore }, count) {
  let sentCount = 0;
  const proxy = createCoviuProxy({
    apiKey: "key",
    apiSecret: "secret",
    baseUrl: "https://api.example/v1",
    authenticate: ({ headers }) => ({ id: headers.get("cookie") ?? "" }),
    authorize: () => true,
    store: createMemoryStore(() => sentCount * 86_400),
    fetch: service,
  });
  /** @type {Record<number, number>} */
  const statuses = {};
  const times = { start_time: "2026-01-13T00:00:00Z", end_time: "2026-01-13T00:30:00Z" };

  async function sendNext() {
    const number = (sentCount += 1);
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

  async function sendTenAtOnce(/** @type {number} */ requests) {
    for (let sent = 0; sent < requests; sent += 10) {
      // oxlint-disable-next-line no-await-in-loop -- ten at a time
      await Promise.all(Array.from({ length: 10 }, sendNext));
    }
  }

  await sendTenAtOnce(3000);
  const heaps = [await heapUsed()];
  for (let part = 0; part < 2; part += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await sendTenAtOnce(count / 2);
    // oxlint-disable-next-line no-await-in-loop
    heaps.push(await heapUsed());
  }
  return { heaps, statuses };
}
