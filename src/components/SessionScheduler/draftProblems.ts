import type { Session } from "../../api/schemas.ts";
import { checkTimes, maxSessionMinutes } from "../../domain/lifecycle.ts";
import { shownName } from "../../domain/roles.ts";
import { minutesBetween } from "../../domain/wallClock.ts";
import { hasOtherYear } from "../../ui/typedDate.ts";
import { maxLengthOf, type PersonDraft, personDraft, personFields, personProblems } from "../person/personDraft.ts";
import { isEmptyRow, type SessionDraft } from "./draft.ts";
import type { ClockQuestion, DraftTimes } from "./draftTimes.ts";
import type { FieldAddress } from "./fieldAddress.ts";

/** Kind of a problem. The messages have a text for each. */
export type DraftProblemCode =
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

/** Problem of a field that prevents booking or saving. The summary links to its address. */
export interface DraftProblem extends FieldAddress {
  code: DraftProblemCode;
  /** Number of the row, from 1, of a person's problem. */
  person?: number;
  /** Reading of a time that clocks skip or show twice. */
  reading?: ClockQuestion;
  /** ISO 8601 instant. The user has to choose a later one. */
  after?: string;
}

/** Returns all problems of a draft in the order of the form. Unchanged fields of an `existing` session have none. */
export function problemsOf(draft: SessionDraft, times: DraftTimes, now: Date, existing?: Session): DraftProblem[] {
  const problems: DraftProblem[] = [];
  const name = draft.name.trim();
  if (name !== storedText(existing, "session_name")) {
    if (!shownName(name)) problems.push({ field: "name", code: "name" });
    if (name.length > maxLengthOf("name")) problems.push({ field: "name", code: "nameLong" });
  }
  problems.push(...timeProblems(draft, times, now, existing));
  for (const [index, row] of draft.people.entries()) {
    if (index > 0 && isEmptyRow(row)) continue;
    const found = personProblems(row);
    for (const field of personFields) {
      const problem = found[field];
      if (problem) problems.push({ field, rowKey: row.key, code: personCodes[problem], person: index + 1 });
    }
  }
  const picture = draft.picture.trim();
  if (picture !== storedText(existing, "picture") && personProblems({ ...namedPerson, picture }).picture) {
    problems.push({ field: "picture", code: "picture" });
  }
  return problems;
}

/** Returns a stored text as the form compares it. `undefined` without an existing session. */
function storedText(existing: Session | undefined, field: "session_name" | "picture"): string | undefined {
  return existing && (existing[field] ?? "").trim();
}

const namedPerson: PersonDraft = { ...personDraft(), name: "-" };
const personCodes = { empty: "person", long: "personLong", picture: "personPicture" } as const;

function timeProblems(
  draft: SessionDraft,
  times: DraftTimes,
  now: Date,
  existing: Session | undefined,
): DraftProblem[] {
  const { day, start, end } = times;
  const problems: DraftProblem[] = [];
  const check = (field: "start" | "end") => {
    const reading = times[`${field}Reading`];
    if (!times[`${field}Clock`]) problems.push({ field, code: field });
    else if (reading?.kind === "missing") problems.push({ field, code: "missing", reading });
    else if (reading?.kind === "twice" && !times[field])
      problems.push({ field: `${field}-which`, code: "which", reading });
  };
  if (!day) problems.push({ field: "date", code: hasOtherYear(draft.date) ? "year" : "date" });
  check("start");

  const startMoved = start !== undefined && Date.parse(start) !== Date.parse(existing?.start_time ?? "");
  const wrong = start && end && checkTimes({ start, end, now, startMoved });
  if (wrong === "start-in-past") problems.push({ field: "start", code: "past", after: now.toISOString() });
  if (draft.duration !== "other") return problems;

  check("end");
  if (start && end) {
    if (minutesBetween(start, end) <= 0) problems.push({ field: "end", code: "order", after: start });
    if (minutesBetween(start, end) > maxSessionMinutes) problems.push({ field: "end", code: "long" });
  }
  return problems;
}
