import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export interface ScriptedServer {
  baseUrl: string;
  /** How many requests came. */
  arrivals(): number;
  close(): Promise<void>;
}

/** A server on loopback that answers every request with the same script. */
export async function scriptedServer(
  answer: (response: ServerResponse, request: IncomingMessage) => void,
): Promise<ScriptedServer> {
  let arrivals = 0;
  const server = createServer((request, response) => {
    arrivals += 1;
    // Read to the end: an answer before that could break the connection.
    request.resume().once("end", () => answer(response, request));
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
