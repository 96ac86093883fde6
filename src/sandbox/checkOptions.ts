import type { SandboxOptions } from "./sandboxOptions.ts";

/** Sessions of a numeric seed. */
const maxSeeded = 100_000;
/** Longest time that `setTimeout` supports, in ms. */
const maxDelayMs = 2_147_483_647;

type CheckedOptions = Required<Pick<SandboxOptions, "seed" | "dialect" | "latencyMs" | "key" | "secret">>;

/** @throws TypeError that names the option and its valid values. It never contains the value, which may be a secret. */
export function checkOptions({ seed, dialect, latencyMs, key, secret }: CheckedOptions): void {
  if (seed !== "clinic" && seed !== "none" && !isIntegerUpTo(seed, maxSeeded))
    throw new TypeError(`\`seed\` must be "clinic", "none" or an integer from 0 to ${maxSeeded}.`);
  if (dialect !== "spec" && dialect !== "observed") throw new TypeError('`dialect` must be "spec" or "observed".');
  checkMilliseconds("latencyMs", latencyMs);
  checkCredential("key", key);
  checkCredential("secret", secret);
  // In HTTP Basic (RFC 7617) the key ends at the first colon.
  if (key.includes(":")) throw new TypeError("`key` must not contain a colon.");
}

/** @throws TypeError if a timer does not support the time. */
export function checkMilliseconds(name: string, value: unknown): void {
  if (typeof value === "number" && value >= 0 && value <= maxDelayMs) return;
  throw new TypeError(`\`${name}\` must be milliseconds from 0 to ${maxDelayMs}.`);
}

function checkCredential(name: "key" | "secret", value: unknown): void {
  if (typeof value === "string" && value !== "" && value.trim() === value && !/\p{Cc}/u.test(value)) return;
  throw new TypeError(
    `\`${name}\` must be a string that is not empty, without surrounding white space and without control characters.`,
  );
}

function isIntegerUpTo(value: unknown, max: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;
}
