import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

export interface RedisServer {
  port: number;
  /** Restarts with an empty database, as after a crash. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a Redis on a free port of loopback, without persistence. */
export async function redisServer(): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "coviu-redis-"));
  const port = await freePort();
  let child = await start(port, folder);

  async function stop(): Promise<void> {
    const closed = once(child, "close");
    child.kill("SIGKILL");
    await closed;
  }

  return {
    port,
    async restart() {
      await stop();
      child = await start(port, folder);
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function start(port: number, folder: string): Promise<ChildProcess> {
  const options = { port, bind: "127.0.0.1", dir: folder, appendonly: "no", daemonize: "no" };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  // Without a configuration file it has the defaults, not the settings of the computer.
  const child = spawn("redis-server", [...args, "--save", ""], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (text) => {
      output += String(text);
      if (output.includes("Ready to accept connections")) resolve(child);
    });
    child.once("error", reject);
    child.once("close", () => reject(new Error(`redis-server ended: ${output.slice(-500)}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
