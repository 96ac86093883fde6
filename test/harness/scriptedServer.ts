import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface ScriptedServer {
  baseUrl: string;
  /** Number of requests that arrived. */
  arrivals(): number;
  close(): Promise<void>;
}

/** Starts a server on loopback that responds to every request with `respond`. */
export async function scriptedServer(
  respond: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<ScriptedServer> {
  let arrivals = 0;
  const server = createServer((request, response) => {
    arrivals += 1;
    // Reads the whole request, since an earlier response could break the connection.
    request.resume().once("end", () => respond(response, request));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    arrivals: () => arrivals,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
