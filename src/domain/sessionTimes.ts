import type { Session } from "../api/schemas.ts";
import { memoize } from "./memoize.ts";

/** Returns the start and the end of a session, in ms since 1970. The client has checked both and made them ISO 8601 in UTC. */
export const timesOf = memoize(({ start_time, end_time }: Session) => ({
  start: Date.parse(start_time),
  end: Date.parse(end_time),
}));
