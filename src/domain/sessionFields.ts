import type { Session } from "../api/schemas.ts";

/** Start and end as ISO 8601 instants, which are edited together. `undefined` while a typed time has no meaning. */
export interface SessionSpan {
  start: string | undefined;
  end: string | undefined;
}

/** Fields of a session that several users may edit. */
export interface SessionFields {
  name: string;
  times: SessionSpan;
  picture: string;
}

/** Name of an editable field: name, start and end together, or picture. */
export type SessionField = keyof SessionFields;

export const sessionFields: readonly SessionField[] = ["name", "times", "picture"];

/** Returns the editable fields of a session, trimmed. */
export function fieldsOf({ session_name = "", start_time, end_time, picture = "" }: Session): SessionFields {
  return { name: session_name.trim(), times: { start: start_time, end: end_time }, picture: picture.trim() };
}
