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

/** Milliseconds after which a server is taken for dead. */
const aMinute = 61_000;

export interface ClinicServer {
  /** Rejects if the server dies before its response. */
  write: (user: keyof typeof users, call: Call, operation?: string) => Promise<{ status: number; json: any }>;
  /** In the middle of whatever it does. */
  kill(): void;
}

/** Servers of one clinic, and what they agree through. */
export interface ClinicServers {
  one: ClinicServer;
  other: ClinicServer;
  /** A third one, for which a minute has passed. */
  later(): Promise<ClinicServer>;
  /** All that the store holds. */
  held(): Promise<{ key: string; value: string; seconds: number }[]>;
  close(): Promise<void>;
}

/** What a page of the app sends. */
function requestOf(user: keyof typeof users, { method, path, body }: Call, operation: string) {
  const headers = {
    "coviu-kit": "1",
    "idempotency-key": operation,
    "sec-fetch-site": "same-origin",
    origin,
    cookie: `user=${user}`,
    ...(body && { "content-type": "application/json" }),
  };
  return { path: `/api/coviu/${path}`, init: { method, headers, ...(body && { body: JSON.stringify(body) }) } };
}

export type RedisClientName = "redis" | "ioredis";

/** Two processes on one Redis, and each with a client of this kind; the third has the other kind. */
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

  async function start(client: RedisClientName, ahead = 0): Promise<ClinicServer> {
    const own = { BASE_URL: baseUrl, REDIS_PORT: `${redis.port}`, REDIS_CLIENT: client, CLOCK_AHEAD: `${ahead}` };
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, ...own },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = await once(child.stdout, "data");
    const server: ClinicServer = {
      async write(user, call, operation = crypto.randomUUID()) {
        const { path, init } = requestOf(user, call, operation);
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
    later: () => start(name === "redis" ? "ioredis" : "redis", aMinute),
    async held() {
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

/** Two proxies in this process on one store. Who is killed there gets no further. */
export function serversOnMemory(baseUrl: string): ClinicServers {
  const held = new Map<string, { key: string; value: string; seconds: number }>();
  const memory = createMemoryStore();
  const store: ProxyStore = {
    get: (key) => memory.get(key),
    async swap(key, was, value, seconds) {
      const isSwapped = await memory.swap(key, was, value, seconds);
      if (isSwapped && value === undefined) held.delete(key);
      else if (isSwapped && value !== undefined) held.set(key, { key, value, seconds });
      return isSwapped;
    },
  };

  function start(): ClinicServer {
    let isDead = false;
    let die: (reason: Error) => void = () => {};
    const end = new Promise<never>((_, reject) => {
      die = reject;
    });
    end.catch(() => {});
    const alive = async <Value>(work: () => Promise<Value>): Promise<Value> => {
      if (isDead) return never();
      const value = await work();
      return isDead ? never() : value;
    };
    const proxy = createCoviuProxy<User>({
      ...credentials,
      ...rule,
      authenticate,
      baseUrl,
      origins: [origin],
      store: {
        get: (...args) => alive(() => store.get(...args)),
        swap: (...args) => alive(() => store.swap(...args)),
      },
      fetch: (...args) => alive(() => fetch(...args)),
    });
    return {
      async write(user, call, operation = crypto.randomUUID()) {
        const { path, init } = requestOf(user, call, operation);
        const response = await Promise.race([end, proxy(new Request(`${origin}${path}`, init))]);
        return { status: response.status, json: await response.json() };
      },
      kill() {
        isDead = true;
        die(new Error("killed"));
      },
    };
  }

  return {
    one: start(),
    other: start(),
    async later() {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + aMinute });
      return start();
    },
    held: async () => [...held.values()],
    async close() {
      vi.useRealTimers();
    },
  };
}

const never = () => new Promise<never>(() => {});
