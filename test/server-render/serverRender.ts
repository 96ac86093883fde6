import { execFileSync } from "node:child_process";

import type { ServerReport } from "./server.tsx";

export type Reports = Record<"string" | "stream", ServerReport>;

/** Renders every screen in a separate process in UTC, with React 18 or 19. */
export function serverRender(react: "18" | "19"): Reports {
  const printed = execFileSync(process.execPath, ["test/server-render/markup.mjs", react], {
    env: { ...process.env, TZ: "UTC", NODE_ENV: "development" },
    encoding: "utf8",
    maxBuffer: 16_000_000,
  });
  return JSON.parse(printed);
}
