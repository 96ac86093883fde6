import type { Session } from "../api/schemas.ts";

/** What several people may change of a session, each as one text. Start and end go together. */
export interface SessionFields {
  name: string;
  times: string;
  picture: string;
}

/** Its name, its start and end, or its picture. */
export type SessionField = keyof SessionFields;

export const sessionFields: readonly SessionField[] = ["name", "times", "picture"];

export function fieldsOf({ session_name = "", start_time, end_time, picture = "" }: Session): SessionFields {
  return { name: session_name.trim(), times: `${start_time} ${end_time}`, picture: picture.trim() };
}
