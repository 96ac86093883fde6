import { STATUS_CODES } from "node:http";
import { connect, type Socket } from "node:net";

import { type HttpMessage, httpMessages } from "./httpMessages.ts";

/** How a connection fails: reset, closed in good order, left without a byte, answered with what is not HTTP. */
export type Way = "reset" | "close" | "hang" | "garbage";

/** How an exchange ended: as it should, by a fault, or because the client left first. */
export type Ending = "answered" | "broken" | "abandoned";

/** An answer that the target never gave. */
export interface ScriptedAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** The start of a TLS record and bytes that are no text. */
const garbage = Buffer.from("15030100020228fffe0d0a00ff0d0a", "hex");

// Taken now: a test that stops the clock does not stop the network.
const { setTimeout: later, clearTimeout, setImmediate: soon } = globalThis;

/** A client's connection, with one of its own to the target behind it. */
export function faultyLine(client: Socket, targetPort: number) {
  let gone = false;
  let busy = false;
  let target: { socket: Socket; next: ReturnType<typeof httpMessages> } | undefined;
  const left = new Promise<void>((resolve) => {
    client.once("close", () => {
      gone = true;
      target?.socket.destroy();
      resolve();
    });
  });
  // A reset: what follows from it is done on close.
  client.on("error", () => {});

  function open(): NonNullable<typeof target> {
    const socket = connect(targetPort, "127.0.0.1");
    socket.on("error", () => {});
    socket.once("close", () => {
      if (!busy) client.destroySoon();
    });
    return { socket, next: httpMessages(socket) };
  }

  /** Waits, unless the client leaves first. */
  async function pause(time = 0): Promise<void> {
    if (time === 0) return;
    let timer: ReturnType<typeof later> | undefined;
    const passed = new Promise<void>((resolve) => {
      timer = later(resolve, time);
    });
    await Promise.race([passed, left]);
    clearTimeout(timer);
  }

  /** Waits until the bytes have left. */
  async function write(bytes: Buffer): Promise<void> {
    if (gone || bytes.length === 0) return;
    const written = new Promise<void>((resolve) => {
      client.write(bytes, () => resolve());
    });
    await Promise.race([written, left]);
  }

  return {
    pause,
    write,
    isGone: () => gone,
    close: () => client.destroySoon(),

    /** What the target answers; nothing if it breaks off. */
    async ask(request: HttpMessage): Promise<HttpMessage | undefined> {
      busy = true;
      target ??= open();
      target.socket.write(Buffer.concat([request.head, request.body]));
      return target.next(request.start.startsWith("HEAD "));
    },

    /** Whether another request can come. */
    goesOn(): boolean {
      busy = false;
      return !gone && !target?.socket.destroyed;
    },

    async drip(bytes: Buffer, size: number, every: number): Promise<void> {
      for (let sent = 0; sent < bytes.length; sent += size) {
        if (sent > 0) await pause(every);
        if (gone) return;
        await write(bytes.subarray(sent, sent + size));
      }
    },

    async fail(way: Way): Promise<Ending> {
      if (way === "hang") {
        // Unread bytes would hide that the client has left.
        client.resume();
        await left;
        return "abandoned";
      }
      if (way === "garbage") await write(garbage);
      // A reset overtakes what was sent: two turns, so that a client in this process has read it.
      if (way === "reset") soon(() => soon(() => client.resetAndDestroy()));
      else client.destroySoon();
      await left;
      return "broken";
    },
  };
}

/** An answer as it stands on the wire. */
export function wire({ status, headers = {}, body = "" }: ScriptedAnswer): Buffer {
  const bodiless = status === 204 || status === 304;
  const all = { ...headers, ...(!bodiless && { "content-length": String(Buffer.byteLength(body)) }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${body}`);
}

/** The answer with only the first bytes of its body and a head that claims that this is all. */
export function truncated({ start, headers, content }: HttpMessage, length: number): Buffer {
  const body = content.subarray(0, length);
  const kept = [...headers].filter(([name]) => name !== "content-length" && name !== "transfer-encoding");
  const lines = [...kept, ["content-length", String(body.length)]].map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from([start, ...lines, "\r\n"].join("\r\n")), body]);
}
