import { createServer, type Socket } from "node:net";

import { type Ending, faultyLine, type ScriptedAnswer, truncated, type Way, wire } from "./faultyLine.ts";
import { type HttpMessage, httpMessages } from "./httpMessages.ts";

/**
 * `on-connect`: the connection is open and no byte has been read. `before-commit`: the request has come and the target
 * never sees it. `after-commit`: the target has done it and answered, and the answer is dropped.
 */
export type Moment = "on-connect" | "before-commit" | "after-commit";

/** A failure to come. Unless it names which, it meets the next request, or with `on-connect` the next connection. */
export interface ProxyFault extends Partial<Record<Way, Moment>> {
  method?: string;
  /** As the log has it, such as `/v1/sessions/{id}`. */
  path?: string;
  /** Only a request on a connection that has carried one before (or has not). */
  reused?: boolean;
  /** Lets this many that match pass first. */
  after?: number;
  /** How many it meets; one if left out. */
  times?: number;
  /** Milliseconds before anything happens. */
  delay?: number;
  /** Milliseconds between the target's answer and its first byte here. */
  delayAnswer?: number;
  /** So many bytes of the answer every so many milliseconds. */
  drip?: { bytes: number; every: number; from?: "head" | "body" };
  /** Breaks off after so many bytes of the answer, head included. */
  cut?: number;
  /** How it breaks off; a reset if left out. */
  cutBy?: Way;
  /** Passes on so many bytes of the body and says that this is all. */
  truncate?: number;
  /** Answers this. The target sees nothing of it unless `commit` is set. */
  answer?: ScriptedAnswer & { commit?: boolean };
  /** Says 408 on the connection after the answer, when nothing was asked, as balancers do with idle ones. */
  idle408?: boolean;
}

/** A request that arrived. No ids: an id can be a secret. */
export interface ProxyLogEntry {
  method: string;
  path: string;
  /** Counted from 1. */
  connection: number;
  /** Whether the connection had carried a request before. */
  reused: boolean;
  /** Whether the target has done it. */
  committed: boolean;
  /** Bytes of the target's answer. */
  answer?: { head: number; body: number };
  ended: "open" | Ending;
}

type Match = Partial<Pick<ProxyLogEntry, "method" | "path" | "reused" | "ended" | "committed">>;

export interface FaultProxy {
  port: number;
  next(fault: ProxyFault): void;
  /** How many requests arrived. */
  arrivals(match?: Match): number;
  connections(): number;
  log(): readonly ProxyLogEntry[];
  /** Nothing is asked any more: every request was answered, broken or abandoned. */
  idle(): Promise<void>;
  /** Breaks what is open and refuses new connections, or takes them again. */
  refuse(on: boolean): Promise<void>;
  /** Forgets faults and log. */
  clear(): void;
  close(): Promise<void>;
}

/** A server on loopback that passes requests on to a port of the same machine and does to them what it is told. */
export async function faultProxy(targetPort: number): Promise<FaultProxy> {
  const log: ProxyLogEntry[] = [];
  const sockets = new Set<Socket>();
  const running = new Set<Promise<Ending>>();
  let planned: ProxyFault[] = [];
  let connections = 0;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    connections += 1;
    void serve(socket, connections);
  });

  function take(matches: (fault: ProxyFault) => boolean): ProxyFault {
    const index = planned.findIndex(matches);
    const { after = 0, times = 1, ...fault } = planned[index] ?? {};
    if (after > 0) planned[index] = { ...fault, times, after: after - 1 };
    else if (times > 1) planned[index] = { ...fault, times: times - 1 };
    else if (index >= 0) planned.splice(index, 1);
    return after > 0 ? {} : fault;
  }

  async function serve(socket: Socket, connection: number): Promise<void> {
    const line = faultyLine(socket, targetPort);
    const opening = take((fault) => breakOf(fault)?.moment === "on-connect");
    await line.pause(opening.delay);
    const broken = breakOf(opening);
    if (broken) return void line.fail(broken.way);

    const next = httpMessages(socket);
    for (let reused = false; ; reused = true) {
      const request = await next();
      if (!request) break;
      const entry = entryOf(request, connection, reused);
      log.push(entry);
      const ending = exchange(line, request, entry);
      running.add(ending);
      entry.ended = await ending;
      running.delete(ending);
      if (entry.ended !== "answered" || !line.goesOn()) break;
    }
    line.close();
  }

  async function exchange(
    line: ReturnType<typeof faultyLine>,
    request: HttpMessage,
    entry: ProxyLogEntry,
  ): Promise<Ending> {
    const fault = take((fault) => breakOf(fault)?.moment !== "on-connect" && meets(fault, entry));
    const broken = breakOf(fault);
    await line.pause(fault.delay);
    if (line.isGone()) return "abandoned";
    if (broken?.moment === "before-commit") return line.fail(broken.way);

    let bytes = fault.answer && wire(fault.answer);
    if (!bytes || fault.answer?.commit) {
      const answer = await line.ask(request);
      if (!answer) return line.isGone() ? "abandoned" : line.fail("close");
      entry.committed = true;
      entry.answer = { head: answer.head.length, body: answer.body.length };
      bytes ??=
        fault.truncate === undefined ? Buffer.concat([answer.head, answer.body]) : truncated(answer, fault.truncate);
    }
    if (broken) return line.fail(broken.way);

    await line.pause(fault.delayAnswer);
    const sent = bytes.subarray(0, fault.cut);
    const { bytes: size, every, from } = fault.drip ?? { bytes: Infinity, every: 0 };
    const first = from === "body" ? bytes.indexOf("\r\n\r\n") + 4 : 0;
    await line.write(sent.subarray(0, first));
    await line.drip(sent.subarray(first), size, every);
    if (line.isGone()) return "abandoned";
    if (fault.cut !== undefined) return line.fail(fault.cutBy ?? "reset");
    if (fault.idle408) {
      await line.write(wire({ status: 408, headers: { connection: "close" } }));
      return line.fail("close");
    }
    return "answered";
  }

  function listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address ? address.port : port);
      });
    });
  }

  async function stop(): Promise<void> {
    const stopped = new Promise((resolve) => {
      server.close(resolve);
    });
    for (const socket of sockets) socket.destroy();
    await Promise.all([stopped, ...running]);
  }

  const port = await listen(0);
  return {
    port,
    next: (fault) => void planned.push(fault),
    arrivals: (match = {}) => log.filter((entry) => meets(match, entry)).length,
    connections: () => connections,
    log: () => log.map((entry) => ({ ...entry })),
    async idle() {
      await Promise.all(running);
    },
    async refuse(on) {
      if (on) await stop();
      else await listen(port);
    },
    clear() {
      planned = [];
      log.length = 0;
    },
    close: stop,
  };
}

function entryOf({ start }: HttpMessage, connection: number, reused: boolean): ProxyLogEntry {
  const [method = "", target = ""] = start.split(" ");
  const path = target.replace(/\?.*/, "").replace(/(\/(?:sessions|participants))\/[^/]+/g, "$1/{id}");
  return { method, path, connection, reused, committed: false, ended: "open" };
}

/** Whether an entry is as the match says, in what the match names. */
function meets(match: Match, entry: ProxyLogEntry): boolean {
  return (["method", "path", "reused", "ended", "committed"] as const).every(
    (name) => match[name] === undefined || match[name] === entry[name],
  );
}

function breakOf(fault: ProxyFault): { way: Way; moment: Moment } | undefined {
  for (const way of ["reset", "close", "hang", "garbage"] as const) {
    const moment = fault[way];
    if (moment) return { way, moment };
  }
  return undefined;
}
