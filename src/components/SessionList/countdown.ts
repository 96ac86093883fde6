import type { Session } from "../../api/schemas.ts";
import type { SessionStatus, SessionTimes } from "../../domain/lifecycle.ts";
import { toWallClock } from "../../domain/wallClock.ts";
import type { ListedSession } from "./filters.ts";

/** Minutes; what is further away is counted in days. */
export const longestCountdown = 720;

/** How far away the next or the last change of a session is. */
export type Countdown =
  | { kind: "startsIn" | "left" | "endedAgo"; minutes: number }
  | { kind: "startsOn" | "endedOn"; days: number };

/** Minutes up to twelve hours, then days of the calendar; nothing for a canceled session. */
export function countdown(
  { start_time, end_time }: SessionTimes,
  status: SessionStatus,
  now: Date,
  timeZone: string,
): Countdown | undefined {
  if (status === "canceled") return undefined;
  if (status === "active") return { kind: "left", minutes: minutesUntil(end_time, now) };
  const ahead = status === "scheduled";
  const minutes = ahead ? minutesUntil(start_time, now) : -minutesUntil(end_time, now);
  if (minutes <= longestCountdown) return { kind: ahead ? "startsIn" : "endedAgo", minutes };
  const days = daysBetween(now, ahead ? start_time : end_time, timeZone);
  return { kind: ahead ? "startsOn" : "endedOn", days: Math.abs(days) };
}

/** The sessions whose start is told now, five minutes and one minute before it. */
export function startingSoon(
  sessions: readonly ListedSession[],
  now: Date,
): { minutes: number; sessions: Session[] }[] {
  const within = (minutes: number) =>
    sessions.flatMap(({ session, status }) =>
      status === "scheduled" && minutesUntil(session.start_time, now) === minutes ? session : [],
    );
  return [1, 5]
    .map((minutes) => ({ minutes, sessions: within(minutes) }))
    .filter((starting) => starting.sessions.length > 0);
}

/** Rounded up: a session that starts in 30 seconds starts in 1 minute. */
export function minutesUntil(instant: string, now: Date): number {
  return Math.ceil((Date.parse(instant) - now.getTime()) / 60_000);
}

function daysBetween(from: string | Date, to: string | Date, timeZone: string): number {
  return (midnight(to, timeZone) - midnight(from, timeZone)) / 86_400_000;
}

/** Days of the calendar all have 24 hours in UTC. */
function midnight(instant: string | Date, timeZone: string): number {
  const { year, month, day } = toWallClock(instant, timeZone);
  return Date.UTC(year, month - 1, day);
}
