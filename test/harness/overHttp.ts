import type { AddressInfo } from "node:net";

import { serve } from "@hono/node-server";

import { type CoviuClient, type CoviuClientOptions, createCoviuClient } from "../../src/core.ts";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/index.ts";
import { bookSession } from "./bookSession.ts";
import { type FaultProxy, faultProxy } from "./faultProxy.ts";
import { testNow } from "./testTime.ts";

export interface OverHttpOptions extends SandboxOptions {
  /** Time limits of the client. */
  timeouts?: CoviuClientOptions["timeouts"];
}

export interface OverHttp {
  sandbox: Sandbox;
  port: number;
  baseUrl: string;
  /** Client over real sockets. Its tokens come from the sandbox directly, so that every request is an operation. */
  client: CoviuClient;
  close(): Promise<void>;
}

/** Serves the sandbox on loopback, with a client for it. */
export async function overHttp({ timeouts, ...options }: OverHttpOptions = {}): Promise<OverHttp> {
  const sandbox = createSandbox(options);
  const server = serve({
    fetch: sandbox.app.fetch,
    hostname: "127.0.0.1",
    port: 0,
    // The client runs in this process and needs the engine's own Request and Response.
    overrideGlobalObjects: false,
  });
  const port = await new Promise<number>((resolve) => {
    server.once("listening", () => resolve(portOf(server.address())));
  });
  return {
    sandbox,
    ...connectTo(port, sandbox, timeouts),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

/** Serves the sandbox behind a fault proxy, with a client that connects to the proxy. */
export async function overFaultyHttp(options: OverHttpOptions = {}): Promise<OverHttp & { proxy: FaultProxy }> {
  const direct = await overHttp(options);
  const proxy = await faultProxy(direct.port);
  return {
    ...direct,
    ...connectTo(proxy.port, direct.sandbox, options.timeouts),
    proxy,
    async close() {
      await proxy.close();
      await direct.close();
    },
  };
}

/** Sandbox behind a fault proxy, with one session of two people. `direct` is a client that bypasses the proxy. */
export async function openClinic(options: OverHttpOptions = {}) {
  const connection = await overFaultyHttp({ now: testNow, seed: "none", ...options });
  const direct = createCoviuClient(connection.sandbox);
  return { ...connection, direct, ...(await bookSession(direct)) };
}
export type Clinic = Awaited<ReturnType<typeof openClinic>>;

function connectTo(port: number, { getAccessToken }: Sandbox, timeouts: CoviuClientOptions["timeouts"]) {
  const baseUrl = `http://127.0.0.1:${port}/v1`;
  return { port, baseUrl, client: createCoviuClient({ baseUrl, getAccessToken, timeouts }) };
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address !== "object" || !address) throw new Error("The server has no port.");
  return address.port;
}
