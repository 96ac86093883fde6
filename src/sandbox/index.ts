export type { SandboxClock } from "./clock.ts";
export { createSandbox } from "./createSandbox.ts";
export type { Sandbox, SandboxOptions } from "./createSandbox.ts";
export type { Dialect } from "./dialect.ts";
export type { Fault, Held, SandboxFaults } from "./faults.ts";
export type { SandboxLog, SandboxLogEntry } from "./log.ts";
