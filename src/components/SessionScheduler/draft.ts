import type { Session } from "../../api/schemas.ts";
import { formatTime, type Zoned } from "../../domain/formatTime.ts";
import { presentPeople } from "../../domain/roles.ts";
import { parseTime } from "../../domain/typedTime.ts";
import { minutesBetween, toWallClock } from "../../domain/wallClock.ts";
import { type TypedDate, typedDate } from "../../ui/typedDate.ts";
import { type PersonDraft, personDraft } from "../ParticipantList/person.ts";
import type { ListedPerson } from "../SessionList/useSessionList.ts";

/** A person's row; `key` tells it from the others. */
export interface PersonRow extends PersonDraft {
  key: number;
}

/** Which of two readings is meant where clocks show a time twice. */
export type Reading = "earlier" | "later";

/** A session as it is typed. */
export interface SessionDraft {
  name: string;
  date: TypedDate;
  start: string;
  /** Minutes, or `other` where the end is typed. */
  duration: string;
  end: string;
  startReading?: Reading | undefined;
  endReading?: Reading | undefined;
  people: readonly PersonRow[];
  picture: string;
  /** One per line. */
  flags: string;
}

export const durations: readonly string[] = ["15", "30", "45", "60"];

const quarter = 15 * 60_000;

/** The first quarter of an hour that leaves time to get ready. */
export function nextStart(now: Date): string {
  return new Date(Math.ceil(now.getTime() / quarter + 1) * quarter).toISOString();
}

/** What the form for a new session starts with. Without `start` its date and time are empty. */
export function newDraft({
  start,
  copyOf,
  host,
  zoned,
}: {
  start?: string | undefined;
  copyOf?: Session | undefined;
  host?: ListedPerson | undefined;
  zoned: Zoned;
}): SessionDraft {
  const people = presentPeople(copyOf?.participants).map(personDraft);
  const rows =
    people.length > 0
      ? people
      : [{ ...personDraft(), role: "HOST", ...(host && { name: host.name, state: host.state }) }, personDraft()];
  return {
    ...startDraft(start, zoned),
    name: copyOf?.session_name ?? "",
    duration: copyOf ? String(minutesBetween(copyOf.start_time, copyOf.end_time)) : "30",
    end: "",
    people: rows.map((person, key) => ({ ...person, key })),
    picture: "",
    flags: "",
  };
}

/** A known session in the form. Its people and flags are not changed there. */
export function draftOf(session: Session, zoned: Zoned): SessionDraft {
  return {
    ...startDraft(session.start_time, zoned),
    name: session.session_name ?? "",
    duration: String(minutesBetween(session.start_time, session.end_time)),
    end: "",
    people: [],
    picture: session.picture ?? "",
    flags: "",
  };
}

/** What the fields for date and start show for an instant. */
export function startDraft(start: string | undefined, zoned: Zoned): Pick<SessionDraft, "date" | "start"> {
  if (!start) return { date: typedDate(undefined, zoned.locale), start: "" };
  return { date: typedDate(toWallClock(start, zoned.timeZone), zoned.locale), start: typedTime(start, zoned) };
}

/** The time of an instant as people of the locale type it, or in figures where that could not be read back. */
export function typedTime(instant: string, zoned: Zoned): string {
  const { hour, minute: minutes } = toWallClock(instant, zoned.timeZone);
  const text = formatTime(instant, zoned).replace(/\s/g, " ");
  const read = parseTime(text, zoned.locale);
  return read?.hour === hour && read.minute === minutes ? text : `${hour}:${String(minutes).padStart(2, "0")}`;
}

/** Whether nothing was typed in a row. */
export function isEmptyRow({ name, state, picture }: PersonRow): boolean {
  return !(name + state + picture).trim();
}
