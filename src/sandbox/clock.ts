import { toInstant } from "../api/instants.ts";

/** Clock of a sandbox. */
export interface SandboxClock {
  /** Returns the current time. */
  now: () => Date;
  /** Stops the clock at a time. @throws TypeError if the time is not between the years 1970 and 9000. */
  set: (time: Date | string) => void;
  /** Moves the clock forward. @throws TypeError if the time is then not between the years 1970 and 9000. */
  advance: (timeMs: number) => void;
}

const firstYear = 1970;
const lastYear = 9000;

/** Creates a clock that can be set. Until then it shows the real time. */
export function createClock(start: Date | string | (() => Date) = () => new Date()): SandboxClock {
  let read = typeof start === "function" ? start : fixedTime(start);
  checkTime(read());
  return {
    now: () => checkTime(read()),
    set: (time) => {
      read = fixedTime(time);
    },
    advance: (timeMs) => {
      const before = read;
      const after = () => new Date(before().getTime() + timeMs);
      checkTime(after());
      read = after;
    },
  };
}

/**
 * Parses a time. A string without an offset, or with a day only, is in UTC.
 *
 * @throws TypeError if it is not a time between the years 1970 and 9000.
 */
export function readTime(time: Date | string): Date {
  if (typeof time !== "string") return checkTime(new Date(time));
  const text = /^\d{4}-\d\d-\d\d$/.test(time) ? `${time}T00:00Z` : time;
  return checkTime(new Date(toInstant(text) ?? Number.NaN));
}

function fixedTime(start: Date | string): () => Date {
  const time = readTime(start);
  return () => new Date(time);
}

function checkTime(time: Date): Date {
  const year = typeof time?.getUTCFullYear === "function" ? time.getUTCFullYear() : Number.NaN;
  if (year >= firstYear && year <= lastYear) return time;
  throw new TypeError(
    `The time of the sandbox's clock must be between the years ${firstYear} and ${lastYear}, such as "2026-01-12T09:00:00Z".`,
  );
}
