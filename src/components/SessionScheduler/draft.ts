import type { Session } from "../../api/schemas.ts";
import { formatTime, type Zoned } from "../../domain/formatTime.ts";
import { presentPeople } from "../../domain/roles.ts";
import { parseTime } from "../../domain/typedTime.ts";
import { minutesBetween, toWallClock } from "../../domain/wallClock.ts";
import { type TypedDate, typedDate } from "../../ui/typedDate.ts";
import type { ListedPerson } from "../person/listedPerson.ts";
import { type PersonDraft, personDraft, personFields } from "../person/personDraft.ts";

/** Row of a person in the form. `key` identifies the row. */
export interface PersonRow extends PersonDraft {
  key: number;
}

/** Reading that the user chose for a time that clocks show twice. */
export type ClockReading = "earlier" | "later";

/** Fields of the form as typed. */
export interface SessionDraft {
  name: string;
  date: TypedDate;
  start: string;
  /** Number of minutes as text, or `other` if the end is typed. */
  duration: string;
  end: string;
  startReading?: ClockReading | undefined;
  endReading?: ClockReading | undefined;
  people: readonly PersonRow[];
  picture: string;
  /** One per line. */
  flags: string;
}

/** Durations to choose from, in minutes. */
export const durationChoices: readonly string[] = ["15", "30", "45", "60"];

const quarterMs = 15 * 60_000;

/** Returns the first quarter of an hour that is at least 15 minutes away, as an ISO 8601 instant. */
export function proposedStart(now: Date): string {
  return new Date(Math.ceil(now.getTime() / quarterMs + 1) * quarterMs).toISOString();
}

/** Returns the initial draft of a new session. Date and time are empty without a `start`. */
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

/** Returns the draft of an existing session, without people and flags, which the edit form does not change. */
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

/** Returns the date and start fields for an instant. */
export function startDraft(start: string | undefined, zoned: Zoned): Pick<SessionDraft, "date" | "start"> {
  if (!start) return { date: typedDate(undefined, zoned.locale), start: "" };
  return { date: typedDate(toWallClock(start, zoned.timeZone), zoned.locale), start: typedTime(start, zoned) };
}

/** Formats the time of an instant as the locale types it, or as `9:30` if the parser could not read that back. */
export function typedTime(instant: string, zoned: Zoned): string {
  const { hour, minute: minutes } = toWallClock(instant, zoned.timeZone);
  const text = formatTime(instant, zoned).replace(/\s/g, " ");
  const parsed = parseTime(text, zoned.locale);
  return parsed?.hour === hour && parsed.minute === minutes ? text : `${hour}:${String(minutes).padStart(2, "0")}`;
}

/** Whether nothing was typed in a row. */
export function isEmptyRow(row: PersonRow): boolean {
  return personFields.every((field) => field === "role" || !row[field].trim());
}

/** Whether a draft differs from its initial draft. */
export function isSameDraft(a: SessionDraft, b: SessionDraft): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
