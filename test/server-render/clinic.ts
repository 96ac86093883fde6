import { createCoviuClient, listSessions } from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

/** Monday 12 January 2026, 9:52 am in Sydney. */
export const renderedAt = "2026-01-11T22:52:00Z";
export const sessionName = "Speech therapy with interpreter";

/** Creates the seeded clinic, which is the same on server and in browser, and returns one of its sessions. */
export async function clinic() {
  const sandbox = createSandbox({ now: renderedAt });
  const client = createCoviuClient(sandbox);
  const { content } = await listSessions(client);
  const session = content.find((row) => row.session_name === sessionName);
  if (!session) throw new Error("the seed has no such session");
  sandbox.log.clear();
  return { sandbox, client, session };
}
