import { timeOf } from "../api/instants.ts";
import type { ListSessionsParams } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";

/**
 * Whether a list with these filters contains a session. `"unknown"` if only the server can decide: documents of the API
 * disagree about a filter, or the people are unknown.
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

  // Documents of the API disagree: `end_time` filters by the start of a session, or by its end.
  if (to <= time(session.end_time)) return "unknown";
  if (byState && !people?.some((person) => !person.deleted_at)) return "unknown";
  return "in";
}

/** Returns `NaN` for a missing time. Every comparison with it is false. */
function time(text: string | undefined): number {
  return timeOf(text ?? "");
}
