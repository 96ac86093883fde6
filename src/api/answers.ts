import type * as v from "valibot";

import { answer, converted, optional, through } from "./kinds.ts";
import { boolean, type Drift, number, Participant, rows, Session } from "./schemas.ts";

const count = optional(number);

const pageEntries = {
  /** Whether another page follows: the only sign that there is one. */
  more: boolean,
  /** Zero-based. */
  page: count,
  /** The number of rows in this page. */
  page_size: count,
  page_count: count,
};
type PageInfo = v.InferOutput<v.ObjectSchema<typeof pageEntries, undefined>>;

/** One page of sessions. */
export const SessionPage = page("session", Session);
export interface SessionPage extends PageInfo {
  content: Session[];
}

/** The people of a session. Servers answer with a page or with a bare list; here it is always a page. */
export const ParticipantPage = through(asPage, page("participant", Participant));
export interface ParticipantPage extends PageInfo {
  content: Participant[];
}

/** The answer to a cancel or a removal; `false` is a failure. */
export const UnitResponse = answer({
  ok: converted(boolean, (ok) => ok || undefined),
});
export interface UnitResponse {
  ok: boolean;
}

function page<Row extends typeof Session | typeof Participant>(what: Drift["what"], row: Row) {
  return answer({ ...pageEntries, content: rows(what, row) });
}

function asPage(value: unknown): unknown {
  return Array.isArray(value) ? { content: value, more: false } : value;
}
