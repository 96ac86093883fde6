import type { Dialect } from "./dialect.ts";
import type { SandboxLogEntry } from "./log.ts";

/** Options of `createSandbox`. */
export interface SandboxOptions {
  /**
   * Time of the sandbox's clock: a fixed time between the years 1970 and 9000, or a function that returns it.
   *
   * @default () => new Date()
   */
  now?: Date | string | (() => Date);
  /**
   * Sessions at the start: `clinic` is one week of a clinic, a number is that many upcoming sessions (up to 100,000).
   *
   * @default "clinic"
   */
  seed?: "clinic" | "none" | number;
  /**
   * Form of the responses; see `Dialect`.
   *
   * @default "spec"
   */
  dialect?: Dialect;
  /**
   * Time that every request takes, in ms.
   *
   * @default 0
   */
  latencyMs?: number;
  /**
   * API key.
   *
   * @default "sandbox-key"
   */
  key?: string;
  /**
   * Secret of the API key.
   *
   * @default "sandbox-secret"
   */
  secret?: string;
  /** Called with the log entry of every request. */
  onRequest?: (entry: SandboxLogEntry) => void;
}
