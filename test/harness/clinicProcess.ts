// A server of a clinic in its own process: the proxy over HTTP, with its store in Redis.
import { serve } from "@hono/node-server";
import { createClient } from "@redis/client";
import { Redis } from "ioredis";

import { createCoviuProxy, createRedisStore, type RedisClient } from "../../src/server/index.ts";
import { authenticate, credentials, origin, rule, type User } from "../server/users.ts";

const { BASE_URL = "", REDIS_PORT = "", REDIS_CLIENT, CLOCK_AHEAD } = process.env;

// Sets the clock of this server ahead of the others.
const realNow = Date.now;
Date.now = () => realNow() + Number(CLOCK_AHEAD ?? "0");

async function connectRedis(): Promise<RedisClient> {
  if (REDIS_CLIENT === "ioredis") {
    const client = new Redis(Number(REDIS_PORT), "127.0.0.1");
    client.on("error", () => {});
    return client;
  }
  const client = createClient({ socket: { host: "127.0.0.1", port: Number(REDIS_PORT) } });
  client.on("error", () => {});
  await client.connect();
  return client;
}

async function main(): Promise<void> {
  const proxy = createCoviuProxy<User>({
    ...credentials,
    ...rule,
    authenticate,
    baseUrl: BASE_URL,
    origins: [origin],
    store: createRedisStore(await connectRedis()),
  });
  serve({ fetch: proxy, hostname: "127.0.0.1", port: 0 }, ({ port }) => console.log(port));
}

void main();
