import { withTimeout } from "../api/withTimeout.ts";
import type { ProxyStore } from "./proxy/proxyStore.ts";

/** A connected Redis client: `redis` has `sendCommand`, `ioredis` has `call`. */
export type RedisClient =
  | { sendCommand(command: string[]): Promise<unknown> }
  | { call(command: string, ...values: string[]): Promise<unknown> };

/** Options of `createRedisStore`. */
export interface RedisStoreOptions {
  /**
   * Prefix of all keys.
   *
   * @default "coviu:"
   */
  prefix?: string;
}

/** Compare-and-swap as a Lua script, which Redis runs atomically. An empty string stands for no value. */
const swapScript = `
  local held = redis.call("GET", KEYS[1]) or ""
  if held ~= ARGV[1] then return 0 end
  if ARGV[2] == "" then redis.call("DEL", KEYS[1])
  else redis.call("SET", KEYS[1], ARGV[2], "EX", ARGV[3]) end
  return 1`;

/** Time limit of one command, in ms. Without it, clients that wait for a reconnect would wait for ever. */
const commandTimeoutMs = 5000;

/**
 * Creates a store in Redis, for several servers. Pass a client that is connected and has an `error` listener. Each
 * command uses one key, so it works on a cluster. Configure the client to fail while Redis is unreachable
 * (`disableOfflineQueue`, or `enableOfflineQueue: false`): otherwise queued commands run late, after the request failed.
 *
 * @example
 * const client = await createClient({ url, disableOfflineQueue: true }).on("error", log.error).connect();
 * createCoviuProxy({ …, store: createRedisStore(client) });
 */
export function createRedisStore(client: RedisClient, { prefix = "coviu:" }: RedisStoreOptions = {}): ProxyStore {
  const send = (...command: [string, ...string[]]) =>
    withTimeout(commandTimeoutMs, [], () => ("call" in client ? client.call(...command) : client.sendCommand(command)));
  return {
    async get(key) {
      const value = await send("GET", prefix + key);
      return typeof value === "string" && value ? value : undefined;
    },
    async swap(key, expected = "", value = "", ttlSeconds) {
      return Number(await send("EVAL", swapScript, "1", prefix + key, expected, value, String(ttlSeconds))) === 1;
    },
  };
}
