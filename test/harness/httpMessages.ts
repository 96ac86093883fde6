import type { Socket } from "node:net";

/** A request or response of HTTP/1.1. */
export interface HttpMessage {
  /** First line. */
  start: string;
  /** Values by lower-case name. */
  headers: ReadonlyMap<string, string>;
  /** Bytes of the head, with the empty line that ends it. */
  head: Buffer;
  /** Bytes of the body, with the frames of chunks. */
  body: Buffer;
  /** Bytes of the body without the frames of chunks. */
  content: Buffer;
}

/** Reads messages from a socket. Returns `undefined` if it ends before the next message is complete. */
export function httpMessages(socket: Socket): (bodiless?: boolean) => Promise<HttpMessage | undefined> {
  let received = Buffer.alloc(0);
  let hasEnded = false;
  let wake = () => {};
  socket.on("data", (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    wake();
  });
  for (const end of ["end", "close"]) {
    socket.on(end, () => {
      hasEnded = true;
      wake();
    });
  }

  /** Takes `length()` bytes as soon as they have arrived. */
  async function take(length: () => number): Promise<Buffer> {
    while (!(length() <= received.length)) {
      if (hasEnded) throw new Ended();
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const taken = received.subarray(0, length());
    received = received.subarray(taken.length);
    return taken;
  }

  function takeUntil(mark: string): Promise<Buffer> {
    return take(() => {
      const index = received.indexOf(mark);
      return index < 0 ? Infinity : index + mark.length;
    });
  }

  async function takeChunks(): Promise<{ body: Buffer; content: Buffer }> {
    const parts: Buffer[] = [];
    const contents: Buffer[] = [];
    for (;;) {
      const line = await takeUntil("\r\n");
      const size = parseInt(line.toString(), 16);
      parts.push(line);
      if (size === 0) break;
      const chunk = await take(() => size + 2);
      parts.push(chunk);
      contents.push(chunk.subarray(0, size));
    }
    // Trailers, up to an empty line.
    do {
      parts.push(await takeUntil("\r\n"));
    } while (parts.at(-1)?.length !== 2);
    return { body: Buffer.concat(parts), content: Buffer.concat(contents) };
  }

  async function takeBody(start: string, headers: ReadonlyMap<string, string>) {
    if (headers.get("transfer-encoding")?.includes("chunked")) return takeChunks();
    const untilItEnds = start.startsWith("HTTP/") && !headers.has("content-length");
    const length = Number(headers.get("content-length") ?? 0);
    const body = await take(() => (untilItEnds ? (hasEnded ? received.length : Infinity) : length));
    return { body, content: body };
  }

  return async (bodiless = false) => {
    try {
      const head = await takeUntil("\r\n\r\n");
      const [start = "", ...lines] = head.toString("latin1").trimEnd().split("\r\n");
      const headers = new Map(lines.map((line) => [nameOf(line), line.slice(line.indexOf(":") + 1).trim()]));
      const hasNoBody = bodiless || /^HTTP\/\S+ (1\d\d|204|304)/.test(start);
      const { body, content } = hasNoBody
        ? { body: Buffer.alloc(0), content: Buffer.alloc(0) }
        : await takeBody(start, headers);
      return { start, headers, head, body, content };
    } catch (error) {
      if (error instanceof Ended) return undefined;
      throw error;
    }
  };
}

class Ended extends Error {}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(":")).toLowerCase();
}
