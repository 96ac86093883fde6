// Measured by ../list.mjs: /?list=kit|tanstack|window&count=200.
import "../../../src/styles/index.css";
import { createSessions, type SessionTable } from "./sessions.ts";

declare global {
  interface Window {
    table?: SessionTable | undefined;
  }
}

const lists: Record<
  string,
  () => Promise<{ createTable: (pages: ReturnType<typeof createSessions>) => SessionTable }>
> = {
  kit: () => import("./kit.tsx"),
  tanstack: () => import("./tanstack.tsx"),
  window: () => import("./window.tsx"),
};

const params = new URLSearchParams(location.search);
const { createTable } = (await lists[params.get("list") ?? ""]?.()) ?? {};
window.table = createTable?.(createSessions(Number(params.get("count"))));
