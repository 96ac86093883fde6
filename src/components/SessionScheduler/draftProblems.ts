import type { Session } from "../../api/schemas.ts";
import type { Zoned } from "../../domain/formatTime.ts";
import { checkTimes, longestSession } from "../../domain/lifecycle.ts";
import { shownName } from "../../domain/roles.ts";
import { parseTime } from "../../domain/typedTime.ts";
import { minutesBetween, type ZonedReading } from "../../domain/wallClock.ts";
import { hasOtherYear } from "../../ui/typedDate.ts";
import { longestOf, type PersonDraft, personDraft, personProblems } from "../ParticipantList/person.ts";
import { draftOf, isEmptyRow, type PersonRow, type SessionDraft } from "./draft.ts";
import { type ClockQuestion, readTimes } from "./draftTimes.ts";

export type ProblemCode =
  | "name"
  | "nameLong"
  | "date"
  | "year"
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
    if (!shownName(name)) problems.push({ field: "name", code: "name" });
    if (name.length > longestOf("name")) problems.push({ field: "name", code: "nameLong" });
  }
  problems.push(...timeProblems(draft, zoned, now, kept));
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

const named: PersonDraft = { ...personDraft(), name: "-" };
const personCodes = { empty: "person", long: "personLong", picture: "personPicture" } as const;

function timeProblems(draft: SessionDraft, zoned: Zoned, now: Date, kept: Session | undefined): Problem[] {
  const { day, startReading, endReading, start, end } = readTimes(draft, zoned, kept);
  const problems: Problem[] = [];
  const check = (field: "start" | "end", instant: string | undefined, reading: ZonedReading | undefined) => {
    if (!parseTime(draft[field], zoned.locale)) problems.push({ field, code: field });
    else if (reading?.kind === "missing") problems.push({ field, code: "missing", reading });
    else if (reading?.kind === "twice" && !instant) problems.push({ field: `${field}-which`, code: "which", reading });
  };
  if (!day) problems.push({ field: "date", code: hasOtherYear(draft.date) ? "year" : "date" });
  check("start", start, startReading);

  const startMoved = start !== undefined && Date.parse(start) !== Date.parse(kept?.start_time ?? "");
  const wrong = start && end && checkTimes({ start, end, now, startMoved });
  if (wrong === "start-in-past") problems.push({ field: "start", code: "past", after: now.toISOString() });
  if (draft.duration !== "other") return problems;

  check("end", end, endReading);
  if (start && end) {
    if (minutesBetween(start, end) <= 0) problems.push({ field: "end", code: "order", after: start });
    if (minutesBetween(start, end) > longestSession) problems.push({ field: "end", code: "long" });
  }
  return problems;
}
