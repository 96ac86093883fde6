import type { Decorator } from "@storybook/react-vite";

import type { SandboxParameters } from "../../.storybook/withSandbox.tsx";
import { listSessions } from "../../src/index.ts";
import type { SandboxClock, SandboxLog } from "../../src/sandbox/index.ts";
import { Example } from "./Example.tsx";

/** Args of a hook's story, from the sandbox. */
export interface LiveArgs {
  log: SandboxLog;
  clock: SandboxClock;
  /** The clinic's next session, in eight minutes. */
  sessionId: string;
}

export const prepare: NonNullable<SandboxParameters["prepare"]> = async ({ client, sandbox }) => {
  const { log, clock } = sandbox;
  const { content } = await listSessions(client, { start_time: clock.now().toISOString(), order: "forward" });
  return { log, clock, sessionId: content[0]?.session_id };
};

export const withRequests: Decorator<LiveArgs> = (Story, { args }) => (
  <Example log={args.log}>
    <Story />
  </Example>
);

const files = import.meta.glob<string>("./*.stories.tsx", { query: "?raw", import: "default", eager: true });

/** Source code of one function of a stories file. */
export function codeOf(page: string, name: string): { source: { code: string; language: string } } {
  const file = files[`./${page}.stories.tsx`] ?? "";
  const code = new RegExp(`^function ${name}\\b[^]*?\\n}\\n`, "m").exec(file)?.[0] ?? "";
  return { source: { code, language: "tsx" } };
}
