import type { Zoned } from "../../domain/formatTime.ts";
import type { SessionFields } from "../../domain/sessionFields.ts";
import type { SessionSchedulerMessages } from "./messages.ts";
import { shownTimes } from "./when.ts";

/** What the fields of a session are called. */
export function fieldLabels({ name, when, sessionPicture }: SessionSchedulerMessages): SessionFields {
  return { name, times: when, picture: sessionPicture };
}

/** The fields of a session as they are shown. */
export function shownFields({ times, ...fields }: SessionFields, zoned: Zoned): SessionFields {
  const [start = "", end = ""] = times.split(" ");
  if (!(Date.parse(start) < Date.parse(end))) return { ...fields, times: "" };
  const { day, times: span } = shownTimes(start, end, zoned);
  return { ...fields, times: `${day}, ${span}` };
}
