import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from "node:http";
import { connect } from "node:net";
import { buffer, text } from "node:stream/consumers";

import { afterEach, describe, expect, it } from "vitest";

import { type FaultProxy, faultProxy, type Moment, type ProxyFault } from "./faultProxy.ts";

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  // The proxy first: it holds connections to the target.
  for (const close of closers.splice(0).toReversed()) await close();
});

type Listener = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const echo: Listener = ({ method, url }, response, body) => response.end(JSON.stringify({ method, url, body }));

/** A target, what it has seen, and a proxy before it. */
async function rig(listener: Listener = echo) {
  const seen: string[] = [];
  const aborted: string[] = [];
  const server = createServer((request, response) => {
    response.once("close", () => {
      if (!response.writableFinished) aborted.push(`${request.url}`);
    });
    void answer();

    async function answer() {
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

  /** Asks on the one connection that it keeps; `fetch` may open more. */
  async function again(): Promise<number | undefined> {
    const [answer]: IncomingMessage[] = await once(
      httpRequest(`http://127.0.0.1:${proxy.port}`, { agent }).end(),
      "response",
    );
    answer?.resume();
    if (answer) await once(answer, "end");
    return answer?.statusCode;
  }

  return { proxy, seen, aborted, stop, again, url: `http://127.0.0.1:${proxy.port}` };
}

/** A client that knows bytes and nothing else. */
async function line({ port }: FaultProxy) {
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
    leave: () => socket.destroy(),
    /** Until so much has come. */
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

/** The answer to one whole request, as bytes, on a connection of its own. */
async function wholeAnswer(proxy: FaultProxy): Promise<string> {
  const client = await line(proxy);
  client.send(get);
  await client.until((got) => got.endsWith("}"));
  client.leave();
  await proxy.idle();
  proxy.clear();
  return client.got();
}

describe("a line without faults", () => {
  it("passes on what is asked and answered, and logs it without ids and queries", async () => {
    const { proxy, seen, url } = await rig();
    const answers = [
      await fetch(`${url}/v1/sessions?state=chen`),
      await fetch(`${url}/v1/sessions/secret-1/participants`, { method: "POST", body: "ä".repeat(70_000) }),
      await fetch(`${url}/v1/participants/secret-2`, { method: "DELETE" }),
    ];
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([
      { method: "GET", url: "/v1/sessions?state=chen", body: "" },
      { method: "POST", url: "/v1/sessions/secret-1/participants", body: "ä".repeat(70_000) },
      { method: "DELETE", url: "/v1/participants/secret-2", body: "" },
    ]);
    expect(seen).toHaveLength(3);
    expect(proxy.log()).toMatchObject([
      { method: "GET", path: "/v1/sessions", connection: 1, reused: false, committed: true, ended: "answered" },
      { method: "POST", path: "/v1/sessions/{id}/participants", ended: "answered" },
      { method: "DELETE", path: "/v1/participants/{id}", ended: "answered" },
    ]);
    expect(JSON.stringify(proxy.log())).not.toMatch(/secret|chen/);
    expect(proxy.arrivals()).toBe(3);
    expect(proxy.arrivals({ method: "POST" })).toBe(1);
    expect(proxy.arrivals({ path: "/v1/sessions" })).toBe(1);
    proxy.clear();
    expect(proxy.arrivals()).toBe(0);
  });

  it("knows a request that comes byte by byte, or two that come at once, from what it is", async () => {
    const { proxy, seen } = await rig();
    const slow = await line(proxy);
    for (const byte of post) slow.send(byte);
    await slow.until((got) => got.endsWith("}"));
    expect(seen).toEqual(['POST /v1/sessions {"a":"b"}']);
    expect(proxy.arrivals()).toBe(1);

    const pair = await line(proxy);
    pair.send(post + get);
    await pair.until((got) => got.split("HTTP/1.1 200").length === 3 && got.endsWith("}"));
    expect(proxy.log().slice(1)).toMatchObject([
      { method: "POST", connection: 2, reused: false },
      { method: "GET", connection: 2, reused: true },
    ]);
  });

  it("reads chunks with extensions and trailers, and what follows them", async () => {
    const { proxy, seen } = await rig();
    const client = await line(proxy);
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
  ])("passes on an answer with %s", async (_, method, listener, body) => {
    const { proxy, url } = await rig(listener);
    for (let time = 0; time < 2; time += 1) {
      expect(await (await fetch(url, { method })).text()).toBe(body);
    }
    expect(proxy.arrivals({ ended: "answered" })).toBe(2);
  });

  it("breaks off when the target does, and closes when there is none", async () => {
    const { proxy, stop, url } = await rig((_, response) => {
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

  it("lets the target know that the client has left", async () => {
    let arrived = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { proxy, aborted, url } = await rig(() => arrived());
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
    const { proxy, seen, url } = await rig();
    proxy.next(fault);
    const client = await line(proxy);
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

  it("by silence, until the client leaves", async () => {
    const { proxy, seen, url } = await rig();
    proxy.next({ hang: moment });
    const client = await line(proxy);
    client.send(post);
    // A whole exchange beside it: time enough for an answer.
    if (moment !== "on-connect") await expect.poll(() => proxy.arrivals()).toBe(1);
    await fetch(url);
    expect(client.got()).toBe("");
    expect(proxy.arrivals({ ended: "open" })).toBe(arrivals);
    client.leave();
    await proxy.idle();
    expect(proxy.arrivals({ ended: "abandoned" })).toBe(arrivals);
    expect(seen).toHaveLength(commits + 1);
  });
});

describe("an answer", () => {
  it.each<[ProxyFault["cutBy"], string]>([
    [undefined, "ECONNRESET"],
    ["reset", "ECONNRESET"],
    ["close", "end"],
  ])("is cut after any number of its bytes (by %s)", async (cutBy, end) => {
    const { proxy, seen } = await rig();
    const whole = await wholeAnswer(proxy);
    for (let cut = 0; cut <= whole.length; cut += 1) {
      proxy.next({ cut, ...(cutBy && { cutBy }) });
      const client = await line(proxy);
      client.send(get);
      expect(`${cut} ${await client.ended}`).toBe(`${cut} ${end}`);
      // The date may be another, its length is not.
      expect(client.got()).toHaveLength(cut);
      expect(client.got().slice(0, 17)).toBe(whole.slice(0, Math.min(cut, 17)));
    }
    expect(seen).toHaveLength(whole.length + 2);
    expect(proxy.log()[0]?.answer).toEqual({ head: whole.indexOf("{"), body: whole.length - whole.indexOf("{") });
  });

  it("stands still after some of its bytes", async () => {
    const { proxy, url } = await rig();
    proxy.next({ cut: 20, cutBy: "hang" });
    const client = await line(proxy);
    client.send(get);
    await client.until((got) => got.length === 20);
    await fetch(url);
    expect(client.got()).toHaveLength(20);
    client.leave();
    await proxy.idle();
    expect(proxy.log()[0]).toMatchObject({ committed: true, ended: "abandoned" });
  });

  it.each<[string, Listener]>([
    ["a length", (_, response) => response.end("0123456789")],
    ["chunks", (_, response) => void response.write("01234", () => response.end("56789"))],
  ])("with %s is made shorter as if that were all", async (_, listener) => {
    const { proxy, url } = await rig(listener);
    for (const truncate of [0, 1, 7, 10]) {
      proxy.next({ truncate });
      const answer = await fetch(url);
      expect(answer.headers.get("content-length")).toBe(String(truncate));
      expect(await answer.text()).toBe("0123456789".slice(0, truncate));
    }
  });

  it("drips, from its first byte or from that of the body", async () => {
    const { proxy } = await rig((_, response) => response.end("0123456789"));
    for (const from of ["head", "body"] as const) {
      const client = await line(proxy);
      proxy.next({ drip: { bytes: 2, every: 3, from } });
      const begun = performance.now();
      client.send(get);
      await client.until((got) => got.endsWith("0123456789"));
      const dripped = from === "head" ? client.got().length : 10;
      expect(performance.now() - begun).toBeGreaterThan((dripped / 2 - 1) * 3 * 0.9);
      const inOne = client.pieces[0]?.length ?? 0;
      expect(inOne < client.got().indexOf("0123456789")).toBe(from === "head");
      client.leave();
    }
  });

  it("stops dripping when the client has left", async () => {
    const { proxy } = await rig();
    const client = await line(proxy);
    proxy.next({ drip: { bytes: 1, every: 5 } });
    client.send(get);
    await client.until((got) => got.length >= 3);
    client.leave();
    await proxy.idle();
    expect(proxy.log()).toMatchObject([{ committed: true, ended: "abandoned" }]);
  });

  it("is late, before the target is asked or after it", async () => {
    const { proxy, seen, url } = await rig();
    proxy.next({ delay: 60_000 });
    const client = await line(proxy);
    client.send(get);
    await expect.poll(() => proxy.arrivals()).toBe(1);
    client.leave();
    await proxy.idle();
    expect(seen).toEqual([]);

    proxy.next({ delayAnswer: 60_000 });
    const other = await line(proxy);
    other.send(get);
    await expect.poll(() => seen).toHaveLength(1);
    other.leave();
    await proxy.idle();
    expect(other.got()).toBe("");

    for (const fault of [{ delay: 40 }, { delayAnswer: 40 }]) {
      proxy.next(fault);
      const begun = performance.now();
      expect((await fetch(url)).status).toBe(200);
      expect(performance.now() - begun).toBeGreaterThan(36);
    }
  });

  it("is another than the target's, which has done what was asked or has not", async () => {
    const { proxy, seen, url } = await rig();
    proxy.next({ answer: { status: 503, headers: { "retry-after": "3" }, body: "bäd" } });
    const refused = await fetch(url, { method: "POST", body: "1" });
    expect([refused.status, refused.headers.get("retry-after"), await refused.text()]).toEqual([503, "3", "bäd"]);
    expect(seen).toEqual([]);
    proxy.next({ answer: { status: 504, commit: true } });
    expect((await fetch(url, { method: "POST", body: "2" })).status).toBe(504);
    expect(seen).toEqual(["POST / 2"]);
    proxy.next({ answer: { status: 204 } });
    expect((await fetch(url)).status).toBe(204);
    expect(proxy.arrivals({ ended: "answered" })).toBe(3);
  });
});

describe("a connection that is used again", () => {
  it("can answer 408 instead of doing what it is asked", async () => {
    const { proxy, seen, again } = await rig();
    proxy.next({ reused: true, answer: { status: 408, headers: { connection: "close" } } });
    expect([await again(), await again(), await again()]).toEqual([200, 408, 200]);
    expect(proxy.log()).toMatchObject([
      { reused: false, connection: 1, committed: true },
      { reused: true, connection: 1, committed: false },
      { reused: false, connection: 2, committed: true },
    ]);
    expect(seen).toHaveLength(2);
  });

  it("can say 408 while nothing is asked, and closes", async () => {
    const { proxy, seen, url } = await rig();
    proxy.next({ idle408: true });
    const client = await line(proxy);
    client.send(get);
    expect(await client.ended).toBe("end");
    expect(client.got()).toMatch(/^HTTP\/1\.1 200 OK[^]*\}HTTP\/1\.1 408 Request Timeout\r\n/);
    expect((await fetch(url)).status).toBe(200);
    expect(seen).toHaveLength(2);
  });
});

describe("refusing", () => {
  it("breaks what is open and lets nobody in, until it is over", async () => {
    const { proxy, url } = await rig();
    const client = await line(proxy);
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
  it("meets the next request and no other, unless it says which and how often", async () => {
    const { proxy, url } = await rig();
    const fault = (status: number) => ({ answer: { status } });
    proxy.next(fault(500));
    proxy.next({ ...fault(501), method: "PUT" });
    proxy.next({ ...fault(502), path: "/v1/sessions/{id}" });
    proxy.next({ ...fault(503), after: 1, times: 2, method: "DELETE" });
    const ask = async (method: string, path = "/") => (await fetch(url + path, { method })).status;
    expect([await ask("GET"), await ask("GET"), await ask("PUT"), await ask("PUT")]).toEqual([500, 200, 501, 200]);
    expect([await ask("GET", "/v1/sessions/a"), await ask("GET", "/v1/sessions/a")]).toEqual([502, 200]);
    const deletions = [await ask("DELETE"), await ask("DELETE"), await ask("DELETE"), await ask("DELETE")];
    expect(deletions).toEqual([200, 503, 503, 200]);
    proxy.next({ ...fault(500), times: Infinity });
    expect([await ask("GET"), await ask("GET")]).toEqual([500, 500]);
    proxy.clear();
    expect(await ask("GET")).toBe(200);
  });

  it("on connecting leaves connections alone that are open", async () => {
    const { proxy, again } = await rig();
    await again();
    proxy.next({ reset: "on-connect" });
    expect(await again()).toBe(200);
    const client = await line(proxy);
    expect(await client.ended).toBe("ECONNRESET");
  });

  it("does not outlive the proxy, nor does a request", async () => {
    const { proxy } = await rig();
    proxy.next({ hang: "after-commit" });
    const client = await line(proxy);
    client.send(get);
    await expect.poll(() => proxy.arrivals()).toBe(1);
    await proxy.close();
    expect(await client.ended).toMatch(/^(end|ECONNRESET)$/);
    expect(await buffer(client.socket).catch(() => Buffer.alloc(0))).toHaveLength(0);
    expect(proxy.arrivals({ ended: "open" })).toBe(0);
  });
});
