import { timeOf } from "../api/instants.ts";
import type { ListSessionsParams } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";

/**
 * Tells whether a list with these filters contains a session. `"unknown"` if only the server can tell: the sources of the
 * API read a filter differently, or the people are unknown.
 */
export function admits(params: ListSessionsParams, session: Session): "in" | "out" | "unknown" {
  const start = time(session.start_time);
  const from = time(params.start_time);
  const to = time(params.end_time);
  const people = session.participants?.filter((person) => person.state === params.state);
  const byState = params.state !== undefined;

  if (session.canceled_time && !params.include_canceled) return "out";
  if (start < from || start > to) return "out";
  if (byState && people?.length === 0) return "out";

  // One source lets `end_time` filter by the start of a session, another by its end.
  if (to <= time(session.end_time)) return "unknown";
  if (byState && !people?.some((person) => !person.deleted_at)) return "unknown";
  return "in";
}

/** Gives `NaN` for a missing time, which is neither before nor after any other. */
function time(text: string | undefined): number {
  return timeOf(text ?? "");
}
