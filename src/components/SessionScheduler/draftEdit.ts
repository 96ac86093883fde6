import type { SessionUpdateRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { type Merge, threeWayMerge } from "../../domain/edits.ts";
import type { Zoned } from "../../domain/formatTime.ts";
import { fieldsOf, type SessionField, sessionFields, type SessionFields } from "../../domain/sessionFields.ts";
import { draftOf, type SessionDraft, startDraft } from "./draft.ts";
import { updateRequest } from "./draftRequest.ts";
import { type DraftTimes, readTimes } from "./draftTimes.ts";

interface Editing {
  typed: Partial<SessionDraft>;
  /** The session as it was when something was first typed. */
  opened: Session;
  /** As it is now. */
  current: Session;
  zoned: Zoned;
  /** Whether its start may still change. */
  movable: boolean;
}

/** How what is typed stands to what a session was, and to what someone else has made of it meanwhile. */
export interface SessionEdit extends Merge<SessionField> {
  /** What the form shows where nothing is typed. */
  base: SessionDraft;
  draft: SessionDraft;
  times: DraftTimes;
  /** The session that the typed times belong to. */
  reference: Session;
  /** What has to be sent. */
  request: SessionUpdateRequest;
  original: SessionFields;
  mine: SessionFields;
  theirs: SessionFields;
}

export function editOf({ typed, opened, current, zoned, movable }: Editing): SessionEdit {
  // Times go together: a start typed for one day must not end up on another.
  const from = fieldDrafts.times.some((field) => field in typed) ? opened : current;
  const { start_time } = movable ? from : current;
  const reference = { ...current, start_time, end_time: from.end_time };
  const base = draftOf(reference, zoned);
  const fixed = !movable && { ...startDraft(start_time, zoned), startReading: undefined };
  const draft: SessionDraft = { ...base, ...typed, ...fixed };
  const times = readTimes(draft, zoned, reference);

  const [original, theirs] = [fieldsOf(opened), fieldsOf(current)];
  const { start, end } = times;
  const mine = { name: draft.name.trim(), times: { start, end }, picture: draft.picture.trim() };
  const isTyped = (field: SessionField) => fieldDrafts[field].some((part) => part in typed);
  const typedFields = Object.fromEntries(sessionFields.filter(isTyped).map((field) => [field, mine[field]]));
  return {
    base,
    draft,
    times,
    reference,
    request: updateRequest(draft, times, current, movable),
    original,
    mine,
    theirs,
    ...threeWayMerge(sessionFields, { original, mine: { ...original, ...typedFields }, theirs }),
  };
}

/** What the form has for each field of a session. */
const fieldDrafts = {
  name: ["name"],
  times: ["date", "start", "duration", "end", "startReading", "endReading"],
  picture: ["picture"],
} as const;

/** Settles a conflict for what was typed: what the other has made of it is what it now starts from. */
export function keepMine(
  field: SessionField,
  { typed, opened, current, draft }: Pick<Editing, "typed" | "opened" | "current"> & Pick<SessionEdit, "draft">,
) {
  const { session_name, start_time, end_time, picture } = current;
  const theirs = { name: { session_name }, times: { start_time, end_time }, picture: { picture } }[field];
  const kept = Object.fromEntries(fieldDrafts[field].map((part) => [part, draft[part]]));
  return { typed: { ...typed, ...kept }, opened: { ...opened, ...theirs } };
}

/** Settles a conflict for what someone else has made of it: what was typed goes. */
export function takeTheirs(field: SessionField, typed: Partial<SessionDraft>): Partial<SessionDraft> {
  const parts: readonly string[] = fieldDrafts[field];
  return Object.fromEntries(Object.entries(typed).filter(([part]) => !parts.includes(part)));
}
