import { withTimeout } from "../api/withTimeout.ts";
import type { ProxyStore } from "./store.ts";

/** A connected client of one of the two usual kinds: `redis` has `sendCommand`, `ioredis` has `call`. */
export type RedisClient =
  | { sendCommand(command: string[]): Promise<unknown> }
  | { call(command: string, ...values: string[]): Promise<unknown> };

/** One step on the Redis server, so that nobody comes between the look and the change. An empty text means nothing. */
const swap = `
  local held = redis.call("GET", KEYS[1]) or ""
  if held ~= ARGV[1] then return 0 end
  if ARGV[2] == "" then redis.call("DEL", KEYS[1])
  else redis.call("SET", KEYS[1], ARGV[2], "EX", ARGV[3]) end
  return 1`;

/** Milliseconds that Redis may take. Clients that wait for it to come back would wait without end. */
const patience = 5000;

/**
 * For several servers, which agree through one Redis. Hand in a client of your own, connected and with its errors
 * listened to; on a cluster, every key stands alone. A client that refuses while Redis is away (`disableOfflineQueue`,
 * or `enableOfflineQueue: false`) gives the better answer: nothing is done late that nobody waits for any more.
 */
export function createRedisStore(client: RedisClient, { prefix = "coviu:" }: { prefix?: string } = {}): ProxyStore {
  const send = (...command: [string, ...string[]]) =>
    withTimeout(patience, [], () => ("call" in client ? client.call(...command) : client.sendCommand(command)));
  return {
    async get(key) {
      const value = await send("GET", prefix + key);
      return typeof value === "string" && value ? value : undefined;
    },
    async swap(key, was = "", value = "", seconds) {
      return Number(await send("EVAL", swap, "1", prefix + key, was, value, String(seconds))) === 1;
    },
  };
}
