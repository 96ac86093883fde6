import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { buffer, text } from "node:stream/consumers";

import { afterEach, describe, expect, it } from "vitest";

import { type FaultProxy, faultProxy, type Moment, type ProxyFault } from "./faultProxy.ts";

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  // Closes the proxy first, because it holds connections to the target.
  for (const close of closers.splice(0).toReversed()) await close();
});

type Listener = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const echo: Listener = ({ method, url }, response, body) => response.end(JSON.stringify({ method, url, body }));

/** Starts a target and a fault proxy in front of it. `seen` holds the requests that the target received. */
async function startProxy(listener: Listener = echo) {
  const seen: string[] = [];
  const aborted: string[] = [];
  const server = createServer((request, response) => {
    response.once("close", () => {
      if (!response.writableFinished) aborted.push(`${request.url}`);
    });
    void respond();

    async function respond() {
      const body = await text(request);
      seen.push(`${request.method} ${request.url} ${body}`.trim());
      listener(request, response, body);
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  const proxy = await faultProxy(port);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  closers.push(stop, () => proxy.close());

  /** Sends a request on a single kept-alive connection. `fetch` may open more than one. */
  async function sendOnSameConnection(): Promise<number | undefined> {
    const [response]: IncomingMessage[] = await once(
      httpRequest(`http://127.0.0.1:${proxy.port}`, { agent }).end(),
      "response",
    );
    response?.resume();
    if (response) await once(response, "end");
    return response?.statusCode;
  }

  return { proxy, seen, aborted, stop, sendOnSameConnection, url: `http://127.0.0.1:${proxy.port}` };
}

/** Opens a socket to the proxy and records the bytes that arrive. */
async function openSocket({ port }: FaultProxy) {
  const socket = connect(port, "127.0.0.1");
  const pieces: Buffer[] = [];
  let wake = () => {};
  socket.on("data", (piece: Buffer) => {
    pieces.push(piece);
    wake();
  });
  const ended = new Promise<string>((resolve) => {
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "error"));
    socket.once("end", () => resolve("end"));
  });
  await Promise.race([once(socket, "connect").catch(() => {}), ended]);
  const got = () => Buffer.concat(pieces).toString("latin1");
  return {
    socket,
    pieces,
    ended,
    got,
    send: (bytes: string) => socket.write(bytes),
    close: () => socket.destroy(),
    /** Waits until enough bytes have arrived. */
    async until(enough: (got: string) => boolean) {
      while (!enough(got())) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

const get = "GET /v1/sessions HTTP/1.1\r\nhost: x\r\n\r\n";
const post = 'POST /v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{"a":"b"}';

/** Bytes of the response to one request on a new connection. */
async function wholeResponse(proxy: FaultProxy): Promise<string> {
  const client = await openSocket(proxy);
  client.send(get);
  await client.until((got) => got.endsWith("}"));
  client.close();
  await proxy.idle();
  proxy.clear();
  return client.got();
}

describe("a proxy without faults", () => {
  it("forwards requests and responses, and logs them without ids and queries", async () => {
    const { proxy, seen, url } = await startProxy();
    const responses = [
      await fetch(`${url}/v1/sessions?state=chen`),
      await fetch(`${url}/v1/sessions/secret-1/participants`, { method: "POST", body: "ä".repeat(70_000) }),
      await fetch(`${url}/v1/participants/secret-2`, { method: "DELETE" }),
    ];
    expect(await Promise.all(responses.map((response) => response.json()))).toEqual([
      { method: "GET", url: "/v1/sessions?state=chen", body: "" },
      { method: "POST", url: "/v1/sessions/secret-1/participants", body: "ä".repeat(70_000) },
      { method: "DELETE", url: "/v1/participants/secret-2", body: "" },
    ]);
    expect(seen).toHaveLength(3);
    expect(proxy.log()).toMatchObject([
      { method: "GET", path: "/v1/sessions", connection: 1, reused: false, committed: true, ended: "completed" },
      { method: "POST", path: "/v1/sessions/{id}/participants", ended: "completed" },
      { method: "DELETE", path: "/v1/participants/{id}", ended: "completed" },
    ]);
    expect(JSON.stringify(proxy.log())).not.toMatch(/secret|chen/);
    expect(proxy.arrivals()).toBe(3);
    expect(proxy.arrivals({ method: "POST" })).toBe(1);
    expect(proxy.arrivals({ path: "/v1/sessions" })).toBe(1);
    proxy.clear();
    expect(proxy.arrivals()).toBe(0);
  });

  it("reads a request that arrives byte by byte, and two requests that arrive at once", async () => {
    const { proxy, seen } = await startProxy();
    const slow = await openSocket(proxy);
    for (const byte of post) slow.send(byte);
    await slow.until((got) => got.endsWith("}"));
    expect(seen).toEqual(['POST /v1/sessions {"a":"b"}']);
    expect(proxy.arrivals()).toBe(1);

    const pair = await openSocket(proxy);
    pair.send(post + get);
    await pair.until((got) => got.split("HTTP/1.1 200").length === 3 && got.endsWith("}"));
    expect(proxy.log().slice(1)).toMatchObject([
      { method: "POST", connection: 2, reused: false },
      { method: "GET", connection: 2, reused: true },
    ]);
  });

  it("reads chunks with extensions and trailers, and the request after them", async () => {
    const { proxy, seen } = await startProxy();
    const client = await openSocket(proxy);
    client.send("PUT /a HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
    client.send("3;note=1\r\nab\r\r\n2\r\ncd\r\n0\r\nchecksum: 1\r\n\r\n" + get);
    await client.until((got) => got.split("HTTP/1.1 200").length === 3 && got.endsWith("}"));
    expect(seen).toEqual(["PUT /a ab\rcd", "GET /v1/sessions"]);
  });

  it.each<[string, string, Listener, string]>([
    ["chunks", "GET", (_, response) => void response.write("one ", () => response.end("two")), "one two"],
    ["no length", "GET", (_, response) => response.writeHead(200, { connection: "close" }).end("one"), "one"],
    ["204", "DELETE", (_, response) => response.writeHead(204).end(), ""],
    ["304", "GET", (_, response) => response.writeHead(304).end(), ""],
    ["HEAD", "HEAD", (_, response) => response.writeHead(200, { "content-length": "400" }).end(), ""],
  ])("forwards a response with %s", async (_, method, listener, body) => {
    const { proxy, url } = await startProxy(listener);
    for (let time = 0; time < 2; time += 1) {
      expect(await (await fetch(url, { method })).text()).toBe(body);
    }
    expect(proxy.arrivals({ ended: "completed" })).toBe(2);
  });

  it("breaks the connection if the target does, and closes it if there is no target", async () => {
    const { proxy, stop, url } = await startProxy((_, response) => {
      response.writeHead(200, { "content-length": "400" });
      response.write("half", () => response.destroy());
    });
    await expect(fetch(url)).rejects.toThrow(TypeError);
    await stop();
    await expect(fetch(url)).rejects.toThrow(TypeError);
    await proxy.idle();
    expect(proxy.log()).toMatchObject([
      { ended: "broken", committed: false },
      { ended: "broken", committed: false },
    ]);
  });

  it("closes the connection to the target when the client closes its own", async () => {
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { proxy, aborted, url } = await startProxy(() => arrived());
    const abort = new AbortController();
    const call = fetch(`${url}/slow`, { signal: abort.signal });
    await arrival;
    abort.abort();
    await expect(call).rejects.toThrow(/abort/);
    await proxy.idle();
    expect(proxy.log()).toMatchObject([{ ended: "abandoned" }]);
    await expect.poll(() => aborted).toEqual(["/slow"]);
  });
});

const moments: [Moment, { arrivals: number; commits: number }][] = [
  ["on-connect", { arrivals: 0, commits: 0 }],
  ["before-commit", { arrivals: 1, commits: 0 }],
  ["after-commit", { arrivals: 1, commits: 1 }],
];

describe.each(moments)("a connection that fails %s", (moment, { arrivals, commits }) => {
  it.each<[string, ProxyFault, string, string]>([
    ["by a reset", { reset: moment }, "ECONNRESET", ""],
    ["by a close", { close: moment }, "end", ""],
    ["with garbage", { garbage: moment }, "end", "\x15\x03\x01"],
  ])("%s", async (_, fault, end, bytes) => {
    const { proxy, seen, url } = await startProxy();
    proxy.next(fault);
    const client = await openSocket(proxy);
    client.send(post);
    expect(await client.ended).toBe(end);
    await proxy.idle();
    expect(client.got().slice(0, 3)).toBe(bytes);
    expect(seen).toHaveLength(commits);
    expect(proxy.arrivals()).toBe(arrivals);
    expect(proxy.arrivals({ ended: "broken", committed: commits === 1 })).toBe(arrivals);

    proxy.next(fault);
    await expect(fetch(url, { headers: { connection: "close" } })).rejects.toThrow(TypeError);
    expect((await fetch(url)).status).toBe(200);
  });

  it("by sending nothing until the client closes it", async () => {
    const { proxy, seen, url } = await startProxy();
    proxy.next({ hang: moment });
    const client = await openSocket(proxy);
    client.send(post);
    // The time of a complete exchange is enough for a response.
    if (moment !== "on-connect") await expect.poll(() => proxy.arrivals()).toBe(1);
    await fetch(url);
    expect(client.got()).toBe("");
    expect(proxy.arrivals({ ended: "open" })).toBe(arrivals);
    client.close();
    await proxy.idle();
    expect(proxy.arrivals({ ended: "abandoned" })).toBe(arrivals);
    expect(seen).toHaveLength(commits + 1);
  });
});

describe("a response", () => {
  it.each<[ProxyFault["cutBy"], string]>([
    [undefined, "ECONNRESET"],
    ["reset", "ECONNRESET"],
    ["close", "end"],
  ])("can be cut after any number of bytes (by %s)", async (cutBy, end) => {
    const { proxy, seen } = await startProxy();
    const whole = await wholeResponse(proxy);
    for (let cut = 0; cut <= whole.length; cut += 1) {
      proxy.next({ cut, ...(cutBy && { cutBy }) });
      const client = await openSocket(proxy);
      client.send(get);
      expect(`${cut} ${await client.ended}`).toBe(`${cut} ${end}`);
      // The date can differ. Its length does not.
      expect(client.got()).toHaveLength(cut);
      expect(client.got().slice(0, 17)).toBe(whole.slice(0, Math.min(cut, 17)));
    }
    expect(seen).toHaveLength(whole.length + 2);
    expect(proxy.log()[0]?.responseSize).toEqual({ head: whole.indexOf("{"), body: whole.length - whole.indexOf("{") });
  });

  it("can stop after some of its bytes with the connection open", async () => {
    const { proxy, url } = await startProxy();
    proxy.next({ cut: 20, cutBy: "hang" });
    const client = await openSocket(proxy);
    client.send(get);
    await client.until((got) => got.length === 20);
    await fetch(url);
    expect(client.got()).toHaveLength(20);
    client.close();
    await proxy.idle();
    expect(proxy.log()[0]).toMatchObject({ committed: true, ended: "abandoned" });
  });

  it.each<[string, Listener]>([
    ["a length", (_, response) => response.end("0123456789")],
    ["chunks", (_, response) => void response.write("01234", () => response.end("56789"))],
  ])("with %s can be shortened, with a content-length that fits", async (_, listener) => {
    const { proxy, url } = await startProxy(listener);
    for (const truncate of [0, 1, 7, 10]) {
      proxy.next({ truncate });
      const response = await fetch(url);
      expect(response.headers.get("content-length")).toBe(String(truncate));
      expect(await response.text()).toBe("0123456789".slice(0, truncate));
    }
  });

  it("can be sent slowly, from the first byte of the head or of the body", async () => {
    const { proxy } = await startProxy((_, response) => response.end("0123456789"));
    for (const from of ["head", "body"] as const) {
      const client = await openSocket(proxy);
      proxy.next({ drip: { bytes: 2, everyMs: 3, from } });
      const begun = performance.now();
      client.send(get);
      await client.until((got) => got.endsWith("0123456789"));
      const dripped = from === "head" ? client.got().length : 10;
      expect(performance.now() - begun).toBeGreaterThan((dripped / 2 - 1) * 3 * 0.9);
      const firstPieceLength = client.pieces[0]?.length ?? 0;
      expect(firstPieceLength < client.got().indexOf("0123456789")).toBe(from === "head");
      client.close();
    }
  });

  it("is no longer sent after the client has closed the connection", async () => {
    const { proxy } = await startProxy();
    const client = await openSocket(proxy);
    proxy.next({ drip: { bytes: 1, everyMs: 5 } });
    client.send(get);
    await client.until((got) => got.length >= 3);
    client.close();
    await proxy.idle();
    expect(proxy.log()).toMatchObject([{ committed: true, ended: "abandoned" }]);
  });

  it("can be delayed, before or after the target receives the request", async () => {
    const { proxy, seen, url } = await startProxy();
    proxy.next({ delayMs: 60_000 });
    const client = await openSocket(proxy);
    client.send(get);
    await expect.poll(() => proxy.arrivals()).toBe(1);
    client.close();
    await proxy.idle();
    expect(seen).toEqual([]);

    proxy.next({ delayResponseMs: 60_000 });
    const other = await openSocket(proxy);
    other.send(get);
    await expect.poll(() => seen).toHaveLength(1);
    other.close();
    await proxy.idle();
    expect(other.got()).toBe("");

    for (const fault of [{ delayMs: 40 }, { delayResponseMs: 40 }]) {
      proxy.next(fault);
      const begun = performance.now();
      expect((await fetch(url)).status).toBe(200);
      expect(performance.now() - begun).toBeGreaterThan(36);
    }
  });

  it("can be replaced, with or without the request reaching the target", async () => {
    const { proxy, seen, url } = await startProxy();
    proxy.next({ response: { status: 503, headers: { "retry-after": "3" }, body: "bäd" } });
    const refused = await fetch(url, { method: "POST", body: "1" });
    expect([refused.status, refused.headers.get("retry-after"), await refused.text()]).toEqual([503, "3", "bäd"]);
    expect(seen).toEqual([]);
    proxy.next({ response: { status: 504, commit: true } });
    expect((await fetch(url, { method: "POST", body: "2" })).status).toBe(504);
    expect(seen).toEqual(["POST / 2"]);
    proxy.next({ response: { status: 204 } });
    expect((await fetch(url)).status).toBe(204);
    expect(proxy.arrivals({ ended: "completed" })).toBe(3);
  });
});

describe("a connection that is used again", () => {
  it("can respond with 408 in place of forwarding the request", async () => {
    const { proxy, seen, sendOnSameConnection } = await startProxy();
    proxy.next({ reused: true, response: { status: 408, headers: { connection: "close" } } });
    expect([await sendOnSameConnection(), await sendOnSameConnection(), await sendOnSameConnection()]).toEqual([
      200, 408, 200,
    ]);
    expect(proxy.log()).toMatchObject([
      { reused: false, connection: 1, committed: true },
      { reused: true, connection: 1, committed: false },
      { reused: false, connection: 2, committed: true },
    ]);
    expect(seen).toHaveLength(2);
  });

  it("can send 408 without a request, and closes", async () => {
    const { proxy, seen, url } = await startProxy();
    proxy.next({ idle408: true });
    const client = await openSocket(proxy);
    client.send(get);
    expect(await client.ended).toBe("end");
    expect(client.got()).toMatch(/^HTTP\/1\.1 200 OK[^]*\}HTTP\/1\.1 408 Request Timeout\r\n/);
    expect((await fetch(url)).status).toBe(200);
    expect(seen).toHaveLength(2);
  });
});

describe("refusing", () => {
  it("closes open connections and refuses new ones until it is turned off", async () => {
    const { proxy, url } = await startProxy();
    const client = await openSocket(proxy);
    await proxy.refuse(true);
    expect(await client.ended).toMatch(/^(end|ECONNRESET)$/);
    const call = httpRequest(url).end();
    const [error] = await once(call, "error");
    expect(error).toMatchObject({ code: "ECONNREFUSED" });
    await proxy.refuse(false);
    expect((await fetch(url)).status).toBe(200);
    await proxy.refuse(true);
  });
});

describe("a fault", () => {
  it("affects the next request only, unless method, path, count or number are set", async () => {
    const { proxy, url } = await startProxy();
    const fault = (status: number) => ({ response: { status } });
    proxy.next(fault(500));
    proxy.next({ ...fault(501), method: "PUT" });
    proxy.next({ ...fault(502), path: "/v1/sessions/{id}" });
    proxy.next({ ...fault(503), after: 1, times: 2, method: "DELETE" });
    const send = async (method: string, path = "/") => (await fetch(url + path, { method })).status;
    expect([await send("GET"), await send("GET"), await send("PUT"), await send("PUT")]).toEqual([500, 200, 501, 200]);
    expect([await send("GET", "/v1/sessions/a"), await send("GET", "/v1/sessions/a")]).toEqual([502, 200]);
    const deletions = [await send("DELETE"), await send("DELETE"), await send("DELETE"), await send("DELETE")];
    expect(deletions).toEqual([200, 503, 503, 200]);
    proxy.next({ ...fault(500), times: Infinity });
    expect([await send("GET"), await send("GET")]).toEqual([500, 500]);
    proxy.clear();
    expect(await send("GET")).toBe(200);
  });

  it("on connecting does not affect open connections", async () => {
    const { proxy, sendOnSameConnection } = await startProxy();
    await sendOnSameConnection();
    proxy.next({ reset: "on-connect" });
    expect(await sendOnSameConnection()).toBe(200);
    const client = await openSocket(proxy);
    expect(await client.ended).toBe("ECONNRESET");
  });

  it("ends with the proxy, and so does a request", async () => {
    const { proxy } = await startProxy();
    proxy.next({ hang: "after-commit" });
    const client = await openSocket(proxy);
    client.send(get);
    await expect.poll(() => proxy.arrivals()).toBe(1);
    await proxy.close();
    expect(await client.ended).toMatch(/^(end|ECONNRESET)$/);
    expect(await buffer(client.socket).catch(() => Buffer.alloc(0))).toHaveLength(0);
    expect(proxy.arrivals({ ended: "open" })).toBe(0);
  });
});
