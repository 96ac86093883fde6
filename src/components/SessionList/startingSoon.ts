import type { Session } from "../../api/schemas.ts";
import { minutesUntil } from "../time/countdown.ts";
import type { ListedSession } from "./filters.ts";

/** Sessions whose start is announced now: five minutes and one minute before it. */
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
