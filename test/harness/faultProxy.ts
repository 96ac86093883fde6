import { createServer, type Socket } from "node:net";

import {
  type ConnectionFailure,
  type ExchangeEnd,
  faultyConnection,
  responseBytes,
  type ScriptedResponse,
  truncated,
} from "./faultyConnection.ts";
import { type HttpMessage, httpMessages } from "./httpMessages.ts";

/**
 * Moment of a failure. `on-connect`: the connection is open and no byte was read. `before-commit`: the request arrived
 * and is not forwarded. `after-commit`: the target has responded, and the response is dropped.
 */
export type Moment = "on-connect" | "before-commit" | "after-commit";

/** A planned fault. By default it affects the next request, or with `on-connect` the next connection. */
export interface ProxyFault extends Partial<Record<ConnectionFailure, Moment>> {
  method?: string;
  /** Path as in the log, such as `/v1/sessions/{id}`. */
  path?: string;
  /** Affects only requests on a connection that was used before, or only those on a new one. */
  reused?: boolean;
  /** Number of matching requests that pass first. @default 0 */
  after?: number;
  /** Number of requests that it affects. @default 1 */
  times?: number;
  /** Wait before the request is forwarded. */
  delayMs?: number;
  /** Wait between the target's response and its first byte to the client. */
  delayResponseMs?: number;
  /** Sends the response slowly, so many bytes at a time. */
  drip?: { bytes: number; everyMs: number; from?: "head" | "body" };
  /** Number of bytes of the response, head included, after which the connection fails. */
  cut?: number;
  /** Failure after `cut` bytes. @default "reset" */
  cutBy?: ConnectionFailure;
  /** Number of bytes of the body that are sent, with a `content-length` that fits them. */
  truncate?: number;
  /** Response in place of the target's. The request is forwarded only if `commit` is set. */
  response?: ScriptedResponse & { commit?: boolean };
  /** Sends 408 after the response, without a request, as load balancers do on idle connections. */
  idle408?: boolean;
}

/** A request that arrived. Ids are left out, because an id can be a secret. */
export interface ProxyLogEntry {
  method: string;
  path: string;
  /** Number of the connection, from 1. */
  connection: number;
  /** Whether the connection had carried a request before. */
  reused: boolean;
  /** Whether the target has responded to it. */
  committed: boolean;
  /** Size of the target's response in bytes. */
  responseSize?: { head: number; body: number };
  ended: "open" | ExchangeEnd;
}

type Match = Partial<Pick<ProxyLogEntry, "method" | "path" | "reused" | "ended" | "committed">>;

export interface FaultProxy {
  port: number;
  next(fault: ProxyFault): void;
  /** Number of requests that arrived. */
  arrivals(match?: Match): number;
  connections(): number;
  log(): readonly ProxyLogEntry[];
  /** Waits until every request is completed, broken or abandoned. */
  idle(): Promise<void>;
  /** Closes all connections and refuses new ones, or accepts them again. */
  refuse(on: boolean): Promise<void>;
  /** Removes faults and log. */
  clear(): void;
  close(): Promise<void>;
}

/** Starts a server on loopback that forwards requests to a local port, with planned faults. */
export async function faultProxy(targetPort: number): Promise<FaultProxy> {
  const log: ProxyLogEntry[] = [];
  const sockets = new Set<Socket>();
  const running = new Set<Promise<ExchangeEnd>>();
  let planned: ProxyFault[] = [];
  let connections = 0;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    connections += 1;
    void serve(socket, connections);
  });

  function take(isNext: (fault: ProxyFault) => boolean): ProxyFault {
    const index = planned.findIndex(isNext);
    const { after = 0, times = 1, ...fault } = planned[index] ?? {};
    if (after > 0) planned[index] = { ...fault, times, after: after - 1 };
    else if (times > 1) planned[index] = { ...fault, times: times - 1 };
    else if (index >= 0) planned.splice(index, 1);
    return after > 0 ? {} : fault;
  }

  async function serve(socket: Socket, connectionNumber: number): Promise<void> {
    const connection = faultyConnection(socket, targetPort);
    const opening = take((fault) => failureIn(fault)?.moment === "on-connect");
    await connection.pause(opening.delayMs);
    const broken = failureIn(opening);
    if (broken) return void connection.fail(broken.failure);

    const next = httpMessages(socket);
    for (let reused = false; ; reused = true) {
      const request = await next();
      if (!request) break;
      const entry = entryOf(request, connectionNumber, reused);
      log.push(entry);
      const ending = exchange(connection, request, entry);
      running.add(ending);
      entry.ended = await ending;
      running.delete(ending);
      if (entry.ended !== "completed" || !connection.canContinue()) break;
    }
    connection.close();
  }

  async function exchange(
    connection: ReturnType<typeof faultyConnection>,
    request: HttpMessage,
    entry: ProxyLogEntry,
  ): Promise<ExchangeEnd> {
    const fault = take((fault) => failureIn(fault)?.moment !== "on-connect" && matches(fault, entry));
    const broken = failureIn(fault);
    await connection.pause(fault.delayMs);
    if (connection.isClosed()) return "abandoned";
    if (broken?.moment === "before-commit") return connection.fail(broken.failure);

    let bytes = fault.response && responseBytes(fault.response);
    if (!bytes || fault.response?.commit) {
      const response = await connection.forward(request);
      if (!response) return connection.isClosed() ? "abandoned" : connection.fail("close");
      entry.committed = true;
      entry.responseSize = { head: response.head.length, body: response.body.length };
      bytes ??=
        fault.truncate === undefined
          ? Buffer.concat([response.head, response.body])
          : truncated(response, fault.truncate);
    }
    if (broken) return connection.fail(broken.failure);

    await connection.pause(fault.delayResponseMs);
    const sent = bytes.subarray(0, fault.cut);
    const { bytes: size, everyMs, from } = fault.drip ?? { bytes: Infinity, everyMs: 0 };
    const first = from === "body" ? bytes.indexOf("\r\n\r\n") + 4 : 0;
    await connection.write(sent.subarray(0, first));
    await connection.drip(sent.subarray(first), size, everyMs);
    if (connection.isClosed()) return "abandoned";
    if (fault.cut !== undefined) return connection.fail(fault.cutBy ?? "reset");
    if (fault.idle408) {
      await connection.write(responseBytes({ status: 408, headers: { connection: "close" } }));
      return connection.fail("close");
    }
    return "completed";
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
    arrivals: (match = {}) => log.filter((entry) => matches(match, entry)).length,
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

/** Whether an entry has all values of the match. */
function matches(match: Match, entry: ProxyLogEntry): boolean {
  return (["method", "path", "reused", "ended", "committed"] as const).every(
    (name) => match[name] === undefined || match[name] === entry[name],
  );
}

function failureIn(fault: ProxyFault): { failure: ConnectionFailure; moment: Moment } | undefined {
  for (const failure of ["reset", "close", "hang", "garbage"] as const) {
    const moment = fault[failure];
    if (moment) return { failure, moment };
  }
  return undefined;
}
