import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { createClient } from "@redis/client";
import { build } from "esbuild";
import { vi } from "vitest";

import { createCoviuProxy, createMemoryStore, type ProxyStore } from "../../src/server/index.ts";
import type { Call } from "../server/clinic.ts";
import { authenticate, credentials, origin, rule, type User, type users } from "../server/users.ts";
import { redisServer } from "./redisServer.ts";

/** Time after which another server takes over a lock, with a margin. */
const takeoverMs = 61_000;

export interface ClinicServer {
  /** Sends a write. Rejects if the server ends before it has responded. */
  write: (user: keyof typeof users, call: Call, idempotencyKey?: string) => Promise<{ status: number; json: any }>;
  /** Ends the server at once, also during a request. */
  kill(): void;
}

/** Servers of one clinic that share a store. */
export interface ClinicServers {
  one: ClinicServer;
  other: ClinicServer;
  /** Starts a third server whose clock is a minute ahead. */
  startLater(): Promise<ClinicServer>;
  /** Entries of the store. */
  storedEntries(): Promise<{ key: string; value: string; seconds: number }[]>;
  close(): Promise<void>;
}

/** Request as a page of the app sends it. */
function requestOf(user: keyof typeof users, { method, path, body }: Call, idempotencyKey: string) {
  const headers = {
    "coviu-kit": "1",
    "idempotency-key": idempotencyKey,
    "sec-fetch-site": "same-origin",
    origin,
    cookie: `user=${user}`,
    ...(body && { "content-type": "application/json" }),
  };
  return { path: `/api/coviu/${path}`, init: { method, headers, ...(body && { body: JSON.stringify(body) }) } };
}

export type RedisClientName = "redis" | "ioredis";

/** Starts two processes with this client library on one Redis. The third process uses the other library. */
export async function serversOnRedis(baseUrl: string, name: RedisClientName): Promise<ClinicServers> {
  const folder = mkdtempSync(join(tmpdir(), "coviu-clinic-"));
  const script = join(folder, "clinic.cjs");
  const [redis] = await Promise.all([
    redisServer(),
    build({
      entryPoints: [fileURLToPath(new URL("clinicProcess.ts", import.meta.url))],
      outfile: script,
      bundle: true,
      platform: "node",
      format: "cjs",
      tsconfigRaw: {},
    }),
  ]);
  const running: ClinicServer[] = [];

  async function start(client: RedisClientName, aheadMs = 0): Promise<ClinicServer> {
    const settings = {
      BASE_URL: baseUrl,
      REDIS_PORT: `${redis.port}`,
      REDIS_CLIENT: client,
      CLOCK_AHEAD: `${aheadMs}`,
    };
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, ...settings },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = await once(child.stdout, "data");
    const server: ClinicServer = {
      async write(user, call, idempotencyKey = crypto.randomUUID()) {
        const { path, init } = requestOf(user, call, idempotencyKey);
        const response = await fetch(`http://127.0.0.1:${String(port).trim()}${path}`, init);
        return { status: response.status, json: await response.json() };
      },
      kill: () => void child.kill("SIGKILL"),
    };
    running.push(server);
    return server;
  }

  const reader = createClient({ socket: { host: "127.0.0.1", port: redis.port } });
  reader.on("error", () => {});
  const [one, other] = await Promise.all([start(name), start(name), reader.connect()]);
  return {
    one,
    other,
    startLater: () => start(name === "redis" ? "ioredis" : "redis", takeoverMs),
    async storedEntries() {
      const keys = await reader.keys("*");
      return Promise.all(
        keys.map(async (key) => ({ key, value: (await reader.get(key)) ?? "", seconds: await reader.ttl(key) })),
      );
    },
    async close() {
      for (const server of running) server.kill();
      reader.destroy();
      await redis.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Starts two proxies in this process on one store. A killed proxy does not continue. */
export function serversOnMemory(baseUrl: string): ClinicServers {
  const stored = new Map<string, { key: string; value: string; seconds: number }>();
  const memory = createMemoryStore();
  const store: ProxyStore = {
    get: (key) => memory.get(key),
    async swap(key, expected, value, seconds) {
      const isSwapped = await memory.swap(key, expected, value, seconds);
      if (isSwapped && value === undefined) stored.delete(key);
      else if (isSwapped && value !== undefined) stored.set(key, { key, value, seconds });
      return isSwapped;
    },
  };

  function start(): ClinicServer {
    let isKilled = false;
    let rejectEnd: (reason: Error) => void = () => {};
    const end = new Promise<never>((_, reject) => {
      rejectEnd = reject;
    });
    end.catch(() => {});
    const unlessKilled = async <Value>(work: () => Promise<Value>): Promise<Value> => {
      if (isKilled) return never();
      const value = await work();
      return isKilled ? never() : value;
    };
    const proxy = createCoviuProxy<User>({
      ...credentials,
      ...rule,
      authenticate,
      baseUrl,
      origins: [origin],
      store: {
        get: (...args) => unlessKilled(() => store.get(...args)),
        swap: (...args) => unlessKilled(() => store.swap(...args)),
      },
      fetch: (...args) => unlessKilled(() => fetch(...args)),
    });
    return {
      async write(user, call, idempotencyKey = crypto.randomUUID()) {
        const { path, init } = requestOf(user, call, idempotencyKey);
        const response = await Promise.race([end, proxy(new Request(`${origin}${path}`, init))]);
        return { status: response.status, json: await response.json() };
      },
      kill() {
        isKilled = true;
        rejectEnd(new Error("killed"));
      },
    };
  }

  return {
    one: start(),
    other: start(),
    async startLater() {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + takeoverMs });
      return start();
    },
    storedEntries: async () => [...stored.values()],
    async close() {
      vi.useRealTimers();
    },
  };
}

const never = () => new Promise<never>(() => {});
