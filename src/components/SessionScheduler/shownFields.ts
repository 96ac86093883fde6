import type { Zoned } from "../../domain/formatTime.ts";
import type { SessionField, SessionFields } from "../../domain/sessionFields.ts";
import type { SessionSchedulerMessages } from "./messages.ts";
import { shownTimes } from "./when.ts";

/** Returns the labels of the fields of a session. */
export function fieldLabels({ name, when, sessionPicture }: SessionSchedulerMessages): Record<SessionField, string> {
  return { name, times: when, picture: sessionPicture };
}

/** Formats the fields of a session. Times without a meaning give an empty text. */
export function shownFields({ name, times, picture }: SessionFields, zoned: Zoned): Record<SessionField, string> {
  return { name, picture, times: spanText(times.start, times.end, zoned) };
}

/** Formats a time span with its day, "Monday 12 January, 10:00 – 10:30 am". */
export function spanText(start: string | undefined, end: string | undefined, zoned: Zoned): string {
  if (!start || !end || !(Date.parse(start) < Date.parse(end))) return "";
  const { day, times } = shownTimes(start, end, zoned);
  return `${day}, ${times}`;
}
