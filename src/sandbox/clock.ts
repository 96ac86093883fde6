import { toInstant } from "../api/instants.ts";

export interface SandboxClock {
  now: () => Date;
  /** Stops the clock at a time. */
  set: (time: Date | string) => void;
  /** Moves it on by milliseconds. */
  advance: (milliseconds: number) => void;
}

const firstYear = 1970;
const lastYear = 9000;

/** A clock that can be set. It is the real one until then. */
export function createClock(start: Date | string | (() => Date) = () => new Date()): SandboxClock {
  let read = typeof start === "function" ? start : stopped(start);
  checkTime(read());
  return {
    now: () => checkTime(read()),
    set: (time) => {
      read = stopped(time);
    },
    advance: (milliseconds) => {
      const before = read;
      const after = () => new Date(before().getTime() + milliseconds);
      checkTime(after());
      read = after;
    },
  };
}

/**
 * Reads a time: text without an offset, or a day alone, is in UTC.
 *
 * @throws TypeError where it is no time, or one with a year that ISO 8601 does not write with four digits.
 */
export function readTime(time: Date | string): Date {
  if (typeof time !== "string") return checkTime(new Date(time));
  const text = /^\d{4}-\d\d-\d\d$/.test(time) ? `${time}T00:00Z` : time;
  return checkTime(new Date(toInstant(text) ?? Number.NaN));
}

function stopped(start: Date | string): () => Date {
  const time = readTime(start);
  return () => new Date(time);
}

function checkTime(time: Date): Date {
  const year = typeof time?.getUTCFullYear === "function" ? time.getUTCFullYear() : Number.NaN;
  if (year >= firstYear && year <= lastYear) return time;
  throw new TypeError(
    `The sandbox's clock must be a time from ${firstYear} to ${lastYear}, such as "2026-01-12T09:00:00Z".`,
  );
}
