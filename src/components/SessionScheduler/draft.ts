import type { SessionCreationRequest, SessionUpdateRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { formatTime, type Zoned } from "../../domain/formatTime.ts";
import { checkTimes } from "../../domain/lifecycle.ts";
import { presentPeople } from "../../domain/roles.ts";
import { parseDigits, parseTime } from "../../domain/typedTime.ts";
import {
  addDays,
  type CalendarDay,
  fromWallClock,
  isCalendarDay,
  minutesBetween,
  toWallClock,
  type ZonedReading,
} from "../../domain/wallClock.ts";
import type { TypedDate } from "../../ui/DateField.tsx";
import { longestOf, type PersonDraft, personDraft, personProblems, personRequest } from "../ParticipantList/person.ts";

/** A person's row; `key` tells it from the others. */
export interface PersonRow extends PersonDraft {
  key: number;
}

/** Which of two readings is meant where clocks show a time twice. */
export type Reading = "earlier" | "later";

/** A typed time that clocks skip or show twice. */
export type ClockQuestion = Extract<ZonedReading, { kind: "missing" | "twice" }>;

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

const minute = 60_000;
const quarter = 15 * minute;
const longest = 12 * 60;
/** A typed end that lies before the start is past midnight if that is no longer than this; else it is a mistake. */
const longestNight = 6 * 60;

/** The first quarter of an hour that leaves time to get ready. */
export function nextStart(now: Date): string {
  return new Date(Math.ceil(now.getTime() / quarter + 1) * quarter).toISOString();
}

/** What the form for a new session starts with. Without `start` its date and time are empty. */
export function newDraft({
  start,
  copyOf,
  zoned,
}: {
  start?: string | undefined;
  copyOf?: Session | undefined;
  zoned: Zoned;
}): SessionDraft {
  const people = presentPeople(copyOf?.participants).map(personDraft);
  const rows = people.length > 0 ? people : [{ ...personDraft(), role: "HOST" }, personDraft()];
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
  if (!start) return { date: { day: "", month: "", year: "" }, start: "" };
  const { day, month, year } = toWallClock(start, zoned.timeZone);
  return { date: { day: String(day), month: String(month), year: String(year) }, start: typedTime(start, zoned) };
}

/** The time of an instant as people of the locale type it, or in figures where that could not be read back. */
export function typedTime(instant: string, zoned: Zoned): string {
  const { hour, minute: minutes } = toWallClock(instant, zoned.timeZone);
  const text = formatTime(instant, zoned).replace(/\s/g, " ");
  const read = parseTime(text);
  return read?.hour === hour && read.minute === minutes ? text : `${hour}:${String(minutes).padStart(2, "0")}`;
}

/** What the typed times stand for. */
export interface DraftTimes {
  day: CalendarDay | undefined;
  /** `undefined` where the text cannot be read. */
  startReading: ZonedReading | undefined;
  /** Only of a typed end. */
  endReading: ZonedReading | undefined;
  /** Instants, once there is no question left. */
  start: string | undefined;
  end: string | undefined;
}

/** Reads the times in the clinic's zone. What was not touched of a `kept` session stays to the millisecond. */
export function readTimes(draft: SessionDraft, zoned: Zoned, kept?: Session): DraftTimes {
  const { timeZone } = zoned;
  const before = kept && draftOf(kept, zoned);
  const same = (field: keyof SessionDraft) => JSON.stringify(draft[field]) === JSON.stringify(before?.[field]);
  const { year, month, day } = draft.date;
  const typed = { year: number(year), month: number(month), day: number(day) };
  const date = isCalendarDay(typed) ? typed : undefined;
  const clock = parseTime(draft.start);

  let startReading = date && clock && fromWallClock({ ...date, ...clock }, timeZone);
  if (kept && same("date") && same("start")) startReading = { kind: "instant", instant: kept.start_time };
  const start = instantOf(startReading, draft.startReading);
  const times = { day: date, startReading, start, endReading: undefined };

  if (draft.duration !== "other") {
    const length =
      kept && same("duration")
        ? Date.parse(kept.end_time) - Date.parse(kept.start_time)
        : Number(draft.duration) * minute;
    return { ...times, end: start && new Date(Date.parse(start) + length).toISOString() };
  }
  const endClock = parseTime(draft.end);
  if (!date || !clock || !endClock) return { ...times, end: undefined };
  const length = (endClock.hour - clock.hour) * 60 + endClock.minute - clock.minute;
  const endDay = length < 0 && length + 24 * 60 <= longestNight ? addDays(date, 1) : date;
  const endReading = fromWallClock({ ...endDay, ...endClock }, timeZone);
  return { ...times, endReading, end: instantOf(endReading, draft.endReading) };
}

export type ProblemCode =
  | "name"
  | "nameLong"
  | "date"
  | "start"
  | "end"
  | "past"
  | "missing"
  | "which"
  | "order"
  | "long"
  | "picture"
  | "person"
  | "personLong"
  | "personPicture";

export interface Problem {
  /** Where the summary leads to: the name of a field, of a person's with the key of the row. */
  field: string;
  code: ProblemCode;
  /** Number of the person's row, from 1. */
  person?: number;
  /** The reading in question. */
  reading?: ClockQuestion;
  /** The moment to choose a later one than. */
  after?: string;
}

/** Everything that stands in the way, in the order of the form. Of a `kept` session only what was changed is judged. */
export function problemsOf(draft: SessionDraft, zoned: Zoned, now: Date, kept?: Session): Problem[] {
  const problems: Problem[] = [];
  const before = kept && draftOf(kept, zoned);
  const name = draft.name.trim();
  if (name !== before?.name.trim()) {
    if (!name) problems.push({ field: "name", code: "name" });
    if (name.length > longestOf("name")) problems.push({ field: "name", code: "nameLong" });
  }
  problems.push(...timeProblems(draft, readTimes(draft, zoned, kept), now, kept));
  for (const [index, row] of draft.people.entries()) {
    if (index > 0 && isEmptyRow(row)) continue;
    for (const [field, problem] of Object.entries(personProblems(row))) {
      problems.push({ field: personField(row, field), code: personCodes[problem], person: index + 1 });
    }
  }
  if (draft.picture.trim() !== before?.picture.trim() && personProblems({ ...named, picture: draft.picture }).picture) {
    problems.push({ field: "picture", code: "picture" });
  }
  return problems;
}

/** The field of a person, as `Problem` names it. */
export function personField(row: PersonRow, field: string): string {
  return `person-${row.key}-${field}`;
}

/** What has to be sent to book it. Call it only without problems. */
export function creationRequest(draft: SessionDraft, { start, end }: DraftTimes): SessionCreationRequest | undefined {
  if (!start || !end) return undefined;
  const people = draft.people.filter((row) => !isEmptyRow(row));
  const picture = draft.picture.trim();
  const flags = draft.flags.split("\n").flatMap((line) => line.trim() || []);
  return {
    session_name: draft.name.trim(),
    start_time: start,
    end_time: end,
    ...(people.length > 0 && { participants: people.map((row) => personRequest(row)) }),
    ...(picture && { picture }),
    ...(flags.length > 0 && { feature_flags: flags }),
  };
}

/** What has changed of a session, in the form in which it is sent. */
export function updateRequest(draft: SessionDraft, { start, end }: DraftTimes, kept: Session): SessionUpdateRequest {
  const name = draft.name.trim();
  const picture = draft.picture.trim();
  return {
    ...(name !== (kept.session_name ?? "").trim() && { session_name: name }),
    ...(start && Date.parse(start) !== Date.parse(kept.start_time) && { start_time: start }),
    ...(end && Date.parse(end) !== Date.parse(kept.end_time) && { end_time: end }),
    ...(picture !== (kept.picture ?? "").trim() && { picture }),
  };
}

/** Whether a session is what was asked for: the same times, name and names of people. */
export function isBookingOf(session: Session, request: SessionCreationRequest): boolean {
  const names = (people: readonly { display_name?: string | undefined }[] = []) =>
    JSON.stringify(people.map((person) => person.display_name).toSorted());
  return (
    Date.parse(session.start_time) === Date.parse(request.start_time) &&
    Date.parse(session.end_time) === Date.parse(request.end_time) &&
    session.session_name === request.session_name &&
    names(presentPeople(session.participants)) === names(request.participants)
  );
}

/** What clocks do around a reading that is not one instant, as the wall shows it: instants to be formatted in UTC. */
export function clockChange(reading: ClockQuestion, timeZone: string): { typed: Date; from: Date; to: Date } {
  const [first, last] = reading.kind === "missing" ? [reading.before, reading.after] : [reading.earlier, reading.later];
  const shift = (time: number) => {
    const { year, month, day, hour, minute: minutes } = toWallClock(new Date(time), timeZone);
    return Date.UTC(year, month - 1, day, hour, minutes) - time;
  };
  let time = Date.parse(first);
  const [old, next] = [shift(time), shift(Date.parse(last))];
  const typed = new Date(time + (reading.kind === "missing" ? next : old));
  while (shift(time) === old) time += minute;
  return { typed, from: new Date(time + old), to: new Date(time + next) };
}

const named: PersonDraft = { ...personDraft(), name: "-" };
const personCodes = { empty: "person", long: "personLong", picture: "personPicture" } as const;

function timeProblems(draft: SessionDraft, times: DraftTimes, now: Date, kept: Session | undefined): Problem[] {
  const { day, startReading, endReading, start, end } = times;
  const problems: Problem[] = [];
  const check = (field: "start" | "end", instant: string | undefined, reading: ZonedReading | undefined) => {
    if (!parseTime(draft[field])) problems.push({ field, code: field });
    else if (reading?.kind === "missing") problems.push({ field, code: "missing", reading });
    else if (reading?.kind === "twice" && !instant) problems.push({ field: `${field}-which`, code: "which", reading });
  };
  if (!day) problems.push({ field: "date", code: "date" });
  check("start", start, startReading);

  const startMoved = start !== undefined && Date.parse(start) !== Date.parse(kept?.start_time ?? "");
  const wrong = start && end && checkTimes({ start, end, now, startMoved });
  if (wrong === "start-in-past") problems.push({ field: "start", code: "past", after: now.toISOString() });
  if (draft.duration !== "other") return problems;

  check("end", end, endReading);
  if (start && end) {
    if (minutesBetween(start, end) <= 0) problems.push({ field: "end", code: "order", after: start });
    if (minutesBetween(start, end) > longest) problems.push({ field: "end", code: "long" });
  }
  return problems;
}

function isEmptyRow({ name, state, picture }: PersonRow): boolean {
  return !(name + state + picture).trim();
}

function instantOf(reading: ZonedReading | undefined, chosen: Reading | undefined): string | undefined {
  if (reading?.kind === "twice") return chosen && reading[chosen];
  return reading?.kind === "instant" ? reading.instant : undefined;
}

function number(text: string): number {
  return parseDigits(text) ?? NaN;
}
