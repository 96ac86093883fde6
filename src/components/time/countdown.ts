import type { SessionStatus, SessionTimes } from "../../domain/lifecycle.ts";
import { toWallClock } from "../../domain/wallClock.ts";

/** Longest time in minutes that is counted in minutes. A longer one is counted in days. */
export const maxCountdownMinutes = 720;

/** Time until the next change of a session, or since its last one. */
export type Countdown =
  | { kind: "startsIn" | "timeLeft" | "endedAgo"; minutes: number }
  | { kind: "startsOn" | "endedOn"; days: number };

/** Time until the start or the end of a session, or since its end. `undefined` for a canceled session. */
export function countdown(
  { start_time, end_time }: SessionTimes,
  status: SessionStatus,
  now: Date,
  timeZone: string,
): Countdown | undefined {
  if (status === "canceled") return undefined;
  if (status === "active") return { kind: "timeLeft", minutes: minutesUntil(end_time, now) };
  const ahead = status === "scheduled";
  const minutes = ahead ? minutesUntil(start_time, now) : -minutesUntil(end_time, now);
  if (minutes <= maxCountdownMinutes) return { kind: ahead ? "startsIn" : "endedAgo", minutes };
  const days = daysBetween(now, ahead ? start_time : end_time, timeZone);
  return { kind: ahead ? "startsOn" : "endedOn", days: Math.abs(days) };
}

/** Minutes from now until an instant, rounded up: 30 seconds are 1 minute. */
export function minutesUntil(instant: string, now: Date): number {
  return Math.ceil((Date.parse(instant) - now.getTime()) / 60_000);
}

function daysBetween(from: string | Date, to: string | Date, timeZone: string): number {
  return (midnight(to, timeZone) - midnight(from, timeZone)) / 86_400_000;
}

/** Midnight of the calendar day in UTC, where every day has 24 hours. */
function midnight(instant: string | Date, timeZone: string): number {
  const { year, month, day } = toWallClock(instant, timeZone);
  return Date.UTC(year, month - 1, day);
}
