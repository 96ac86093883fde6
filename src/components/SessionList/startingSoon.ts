import type { Session } from "../../api/schemas.ts";
import { timesOf } from "../../domain/sessionTimes.ts";
import { minutesUntil } from "../time/countdown.ts";
import type { ListedSession } from "./filters.ts";

/** Minutes before its start at which a session is announced, in ascending order. */
const announcedMinutes = [1, 5];

/** Sessions whose start is announced now: five minutes and one minute before it. */
export function startingSoon(
  sessions: readonly ListedSession[],
  now: Date,
): { minutes: number; sessions: Session[] }[] {
  const latest = now.getTime() + Math.max(...announcedMinutes) * 60_000;
  const soon = sessions.flatMap(({ session, status }) =>
    status === "scheduled" && timesOf(session).start <= latest ? session : [],
  );
  return announcedMinutes
    .map((minutes) => ({ minutes, sessions: soon.filter((row) => minutesUntil(row.start_time, now) === minutes) }))
    .filter((starting) => starting.sessions.length > 0);
}
