import { STATUS_CODES } from "node:http";
import { connect, type Socket } from "node:net";

import { type HttpMessage, httpMessages } from "./httpMessages.ts";

/** Failure of a connection. `close` ends it in order, `hang` sends nothing, `garbage` sends bytes that are not HTTP. */
export type ConnectionFailure = "reset" | "close" | "hang" | "garbage";

/** End of an exchange: `completed`, `broken` by a fault, or `abandoned` by the client. */
export type ExchangeEnd = "completed" | "broken" | "abandoned";

/** A response that replaces the target's. */
export interface ScriptedResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** Start of a TLS record, followed by bytes that are not text. */
const garbage = Buffer.from("15030100020228fffe0d0a00ff0d0a", "hex");

// Real timers: fake timers of a test do not stop the network.
const { setTimeout: realSetTimeout, clearTimeout, setImmediate: realSetImmediate } = globalThis;

/** Connection of a client, which opens a connection to the target. */
export function faultyConnection(client: Socket, targetPort: number) {
  let isClosed = false;
  let isBusy = false;
  let target: { socket: Socket; next: ReturnType<typeof httpMessages> } | undefined;
  const closed = new Promise<void>((resolve) => {
    client.once("close", () => {
      isClosed = true;
      target?.socket.destroy();
      resolve();
    });
  });
  // A reset is handled on close.
  client.on("error", () => {});

  function open(): NonNullable<typeof target> {
    const socket = connect(targetPort, "127.0.0.1");
    socket.on("error", () => {});
    socket.once("close", () => {
      if (!isBusy) client.destroySoon();
    });
    return { socket, next: httpMessages(socket) };
  }

  /** Waits, or until the client closes the connection. */
  async function pause(ms = 0): Promise<void> {
    if (ms === 0) return;
    let timer: ReturnType<typeof realSetTimeout> | undefined;
    const passed = new Promise<void>((resolve) => {
      timer = realSetTimeout(resolve, ms);
    });
    await Promise.race([passed, closed]);
    clearTimeout(timer);
  }

  /** Sends bytes and waits until they are written. */
  async function write(bytes: Buffer): Promise<void> {
    if (isClosed || bytes.length === 0) return;
    const written = new Promise<void>((resolve) => {
      client.write(bytes, () => resolve());
    });
    await Promise.race([written, closed]);
  }

  return {
    pause,
    write,
    isClosed: () => isClosed,
    close: () => client.destroySoon(),

    /** Sends a request to the target. Returns its response, or nothing if the connection breaks. */
    async forward(request: HttpMessage): Promise<HttpMessage | undefined> {
      isBusy = true;
      target ??= open();
      target.socket.write(Buffer.concat([request.head, request.body]));
      return target.next(request.start.startsWith("HEAD "));
    },

    /** Whether the connection can carry another request. */
    canContinue(): boolean {
      isBusy = false;
      return !isClosed && !target?.socket.destroyed;
    },

    async drip(bytes: Buffer, size: number, everyMs: number): Promise<void> {
      for (let sent = 0; sent < bytes.length; sent += size) {
        if (sent > 0) await pause(everyMs);
        if (isClosed) return;
        await write(bytes.subarray(sent, sent + size));
      }
    },

    async fail(failure: ConnectionFailure): Promise<ExchangeEnd> {
      if (failure === "hang") {
        // Unread bytes would hide that the client has closed the connection.
        client.resume();
        await closed;
        return "abandoned";
      }
      if (failure === "garbage") await write(garbage);
      // A reset overtakes bytes that were sent. Waits two turns, so that a client in this process has read them.
      if (failure === "reset") realSetImmediate(() => realSetImmediate(() => client.resetAndDestroy()));
      else client.destroySoon();
      await closed;
      return "broken";
    },
  };
}

/** Bytes of a response. */
export function responseBytes({ status, headers = {}, body = "" }: ScriptedResponse): Buffer {
  const bodiless = status === 204 || status === 304;
  const all = { ...headers, ...(!bodiless && { "content-length": String(Buffer.byteLength(body)) }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n${body}`);
}

/** Response with the first bytes of the body, and a `content-length` that fits them. */
export function truncated({ start, headers, content }: HttpMessage, length: number): Buffer {
  const body = content.subarray(0, length);
  const others = [...headers].filter(([name]) => name !== "content-length" && name !== "transfer-encoding");
  const lines = [...others, ["content-length", String(body.length)]].map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from([start, ...lines, "\r\n"].join("\r\n")), body]);
}
