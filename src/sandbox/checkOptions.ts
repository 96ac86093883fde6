import type { SandboxOptions } from "./createSandbox.ts";

const maxSeeded = 100_000;
/** The longest time that `setTimeout` takes. */
const maxDelayMs = 2_147_483_647;

type CheckedOptions = Required<Pick<SandboxOptions, "seed" | "dialect" | "latency" | "key" | "secret">>;

/** @throws TypeError that names the option and what it must be; never its value, which may be a secret. */
export function checkOptions({ seed, dialect, latency, key, secret }: CheckedOptions): void {
  if (seed !== "clinic" && seed !== "none" && !isWhole(seed, maxSeeded))
    throw new TypeError(`\`seed\` must be "clinic", "none" or a whole number up to ${maxSeeded}.`);
  if (dialect !== "spec" && dialect !== "observed") throw new TypeError('`dialect` must be "spec" or "observed".');
  checkMilliseconds("latency", latency);
  checkCredential("key", key);
  checkCredential("secret", secret);
  // HTTP Basic ends the key at the first colon.
  if (key.includes(":")) throw new TypeError("`key` must not hold a colon.");
}

/** @throws TypeError where a timer could not wait for so long. */
export function checkMilliseconds(name: string, value: unknown): void {
  if (typeof value === "number" && value >= 0 && value <= maxDelayMs) return;
  throw new TypeError(`\`${name}\` must be milliseconds from 0 to ${maxDelayMs}.`);
}

function checkCredential(name: "key" | "secret", value: unknown): void {
  if (typeof value === "string" && value !== "" && value.trim() === value && !/\p{Cc}/u.test(value)) return;
  throw new TypeError(
    `\`${name}\` must be a text that is not empty, without white space around it and control characters in it.`,
  );
}

function isWhole(value: unknown, most: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most;
}
