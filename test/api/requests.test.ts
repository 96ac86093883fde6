import { getEventListeners } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { afterEach, describe, expect, it, vi } from "vitest";

import { createConnection } from "../../src/api/connection.ts";
import { fetchWithLimits } from "../../src/api/fetchWithLimits.ts";
import { randomId } from "../../src/api/ids.ts";
import { onAbort, sleep, withTimeout } from "../../src/api/withTimeout.ts";
import {
  addParticipant,
  cancelSession,
  createCoviuClient,
  createSession,
  getParticipant,
  getSession,
  listParticipants,
  listSessions,
  removeParticipant,
  revealEntryUrl,
  updateParticipant,
  updateSession,
} from "../../src/core.ts";
import { scriptedServer, type ScriptedServer } from "../harness/scriptedServer.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const times = { start_time: "2026-01-12T10:00:00Z", end_time: "2026-01-12T11:00:00Z" };
const page = { content: [{ session_id: "s", ...times }], more: false };

const servers: ScriptedServer[] = [];
afterEach(async () => {
  vi.unstubAllGlobals();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

describe("cleanup after a request", () => {
  it("leaves no listener on the client's signal, also when garbage is collected meanwhile", async () => {
    const connection = createConnection(undefined);
    let arrived = 0;
    const open: (() => void)[] = [];
    const send = fetchWithLimits(
      {
        baseUrl: "https://clinic.example",
        fetch: async () => {
          arrived += 1;
          await new Promise<void>((resolve) => {
            open.push(resolve);
          });
          return Response.json(page);
        },
      },
      connection,
    );
    const requests = Array.from({ length: 50 }, () => send(new Request("https://clinic.example/sessions")));
    await vi.waitFor(() => expect(arrived).toBe(50));
    collectGarbage();
    await new Promise(setImmediate);
    collectGarbage();
    for (const respond of open) respond();
    await Promise.all(requests);
    expect(getEventListeners(connection.ended, "abort")).toEqual([]);
  });

  it("causes no warning of Node about leaking listeners with many requests on one signal", async () => {
    const warnings: string[] = [];
    const listen = ({ name }: Error) => warnings.push(name);
    process.on("warning", listen);
    const { signal } = new AbortController();
    const client = createCoviuClient({ baseUrl: "https://clinic.example", fetch: async () => Response.json(page) });
    await Promise.all(Array.from({ length: 40 }, () => listSessions(client, {}, { signal })));
    await Promise.all(Array.from({ length: 40 }, () => withTimeout(1000, [signal], () => sleep(1, signal))));
    await new Promise(setImmediate);
    process.off("warning", listen);
    expect(warnings).toEqual([]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("uses one listener for any number of callbacks, and none when all are removed", () => {
    const controller = new AbortController();
    const callback = vi.fn<() => void>();
    const stops = [callback, callback, callback].map((one) => onAbort(controller.signal, one));
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(1);
    stops[0]?.();
    stops[0]?.();
    controller.abort();
    expect(callback).toHaveBeenCalledTimes(2);
    for (const stop of stops) stop();
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });
});

describe("status 421", () => {
  const writes: [string, (client: ReturnType<typeof createCoviuClient>) => Promise<unknown>][] = [
    ["createSession", (client) => createSession(client, times)],
    ["updateSession", (client) => updateSession(client, "s", { session_name: "Ä" })],
    ["cancelSession", (client) => cancelSession(client, "s")],
    ["addParticipant", (client) => addParticipant(client, "s", { display_name: "Ann" })],
    ["updateParticipant", (client) => updateParticipant(client, "p", {})],
    ["removeParticipant", (client) => removeParticipant(client, "p")],
  ];

  it.each(writes)("does not make Node send %s a second time", async (_, write) => {
    const server = await scriptedServer((response) => response.writeHead(421).end());
    servers.push(server);
    const client = createCoviuClient({ baseUrl: server.baseUrl, getAccessToken: async () => "token" });
    await expect(write(client)).rejects.toMatchObject({ code: "invalid_request", status: 421 });
    expect(server.arrivals()).toBe(1);
  });

  it("does not change requests: a body has its content-length, and a DELETE has neither", async () => {
    const sent: unknown[] = [];
    const server = await scriptedServer((response, request) => {
      sent.push([request.method, request.headers["content-length"], request.headers["transfer-encoding"]]);
      response.writeHead(400).end();
    });
    servers.push(server);
    const client = createCoviuClient({ baseUrl: server.baseUrl });
    await updateSession(client, "s", { session_name: "Ä" }).catch(() => {});
    await cancelSession(client, "s").catch(() => {});
    expect(sent).toEqual([
      ["PUT", "21", undefined],
      ["DELETE", undefined, undefined],
    ]);
  });
});

describe("fetch options that a runtime does not support", () => {
  it("are not passed, and redirect is manual", async () => {
    const passed: (RequestInit | undefined)[] = [];
    class WorkerRequest extends Request {}
    for (const name of ["cache", "credentials"]) {
      Object.defineProperty(WorkerRequest.prototype, name, { value: undefined });
    }
    // A prototype without them, as in a worker.
    vi.stubGlobal(
      "Request",
      Object.assign(function () {}, { prototype: { redirect: "", referrerPolicy: "" } }),
    );
    const send = fetchWithLimits(
      {
        baseUrl: "https://clinic.example",
        getAccessToken: async () => "token",
        fetch: async (_, init) => {
          passed.push(init);
          return Response.json(page);
        },
      },
      createConnection(undefined),
    );
    vi.unstubAllGlobals();
    await send(new WorkerRequest("https://clinic.example/sessions"));
    expect(Object.keys(passed[0] ?? {}).toSorted()).toEqual(["redirect", "referrerPolicy", "signal"]);
    expect(passed[0]?.redirect).toBe("manual");
  });
});

describe("an invalid id", () => {
  const hostile: unknown[] = [
    undefined,
    null,
    "",
    " ",
    "undefined",
    "null",
    "NaN",
    7,
    true,
    {},
    ["s"],
    "..",
    "a/b",
    "a?b",
    "%2e",
  ];
  const operations: [string, (client: ReturnType<typeof createCoviuClient>, id: string) => Promise<unknown>][] = [
    ["getSession", (client, id) => getSession(client, id)],
    ["updateSession", (client, id) => updateSession(client, id, {})],
    ["cancelSession", (client, id) => cancelSession(client, id)],
    ["listParticipants", (client, id) => listParticipants(client, id)],
    ["addParticipant", (client, id) => addParticipant(client, id, {})],
    ["getParticipant", (client, id) => getParticipant(client, id)],
    ["updateParticipant", (client, id) => updateParticipant(client, id, {})],
    ["removeParticipant", (client, id) => removeParticipant(client, id)],
    ["revealEntryUrl", (client, id) => revealEntryUrl(client, id)],
  ];

  it.each(operations)("of %s is refused, and nothing is sent", async (_, operate) => {
    let arrivals = 0;
    const fetch = async () => {
      arrivals += 1;
      return Response.json({ ok: true });
    };
    const client = createCoviuClient({ baseUrl: "https://clinic.example", fetch });
    for (const id of hostile) {
      // oxlint-disable-next-line no-await-in-loop, typescript/no-unsafe-type-assertion -- an app in JavaScript may pass any type
      await expect(operate(client, id as string)).rejects.toMatchObject({ code: "invalid_input", outcome: "not-sent" });
    }
    expect(arrivals).toBe(0);
  });
});

describe("a random id", () => {
  it("is a unique UUID of version 4", () => {
    const ids = Array.from({ length: 1000 }, randomId);
    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});

describe("a body nested 100,000 levels deep", () => {
  const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  it.each([
    ["a response", 200, (depth: number) => `{"session_id":"s","x":${deep(depth)}}`],
    [
      "a field of a participant",
      200,
      (depth: number) => `{"content":[{"participant_id":"p","x":${deep(depth)}}],"more":false}`,
    ],
    ["an error response", 400, (depth: number) => '{"error":'.repeat(depth) + '"x"' + "}".repeat(depth)],
  ])("in %s is a CoviuError", async (_, status, body) => {
    const client = createCoviuClient({
      baseUrl: "https://clinic.example",
      fetch: async () => new Response(body(100_000), { status, headers: { "content-type": "application/json" } }),
    });
    const code = status === 200 ? "bad_response" : "invalid_request";
    await expect(getSession(client, "s")).rejects.toMatchObject({ name: "CoviuError", code });
    await expect(listParticipants(client, "s")).rejects.toMatchObject({ name: "CoviuError", code });
    await expect(client.http("sessions").json()).rejects.toMatchObject({ name: "CoviuError", code });
  });
});
