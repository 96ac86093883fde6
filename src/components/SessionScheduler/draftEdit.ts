import type { SessionUpdateRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { type Merge, threeWayMerge } from "../../domain/edits.ts";
import type { Zoned } from "../../domain/formatTime.ts";
import { fieldsOf, type SessionField, sessionFields, type SessionFields } from "../../domain/sessionFields.ts";
import { draftOf, type SessionDraft, startDraft } from "./draft.ts";
import { updateRequest } from "./draftRequest.ts";
import { type DraftTimes, parseTimes } from "./draftTimes.ts";

/** Fields that the user has typed in. */
export type TypedFields = Partial<SessionDraft>;

interface EditInput {
  typed: TypedFields;
  /** Session at the time of the first typed change. */
  opened: Session;
  /** Session as last read. */
  current: Session;
  zoned: Zoned;
  /** Whether the start may still change. */
  canMove: boolean;
}

/** Typed changes of a session, compared with the session as opened and as stored now. */
export interface SessionEdit extends Merge<SessionField> {
  /** Draft without the typed changes. */
  base: SessionDraft;
  draft: SessionDraft;
  times: DraftTimes;
  /** Session that the typed times refer to. */
  reference: Session;
  /** Request that saves the changes. Empty if there are none. */
  request: SessionUpdateRequest;
  original: SessionFields;
  mine: SessionFields;
  theirs: SessionFields;
  /** Typed start that can't be saved any more, because the session has started. */
  lateStart: string | undefined;
}

/** Compares the typed changes of a session with the session as opened and as stored now. */
export function editOf({ typed, opened, current, zoned, canMove }: EditInput): SessionEdit {
  // Times and date are merged together: a start typed for one day must not be saved for another.
  const from = draftFields.times.some((field) => field in typed) ? opened : current;
  const { start_time } = canMove ? from : current;
  const reference = { ...current, start_time, end_time: from.end_time };
  const base = draftOf(reference, zoned);
  const asTyped: SessionDraft = { ...base, ...typed };
  const draft = canMove ? asTyped : { ...asTyped, ...startDraft(start_time, zoned), startReading: undefined };
  const times = parseTimes(draft, zoned, reference);

  const [original, theirs] = [fieldsOf(opened), fieldsOf(current)];
  const { start, end } = times;
  const mine = { name: draft.name.trim(), times: { start, end }, picture: draft.picture.trim() };
  const isTyped = (field: SessionField) => draftFields[field].some((part) => part in typed);
  const typedFields = Object.fromEntries(sessionFields.filter(isTyped).map((field) => [field, mine[field]]));
  return {
    base,
    draft,
    times,
    reference,
    request: updateRequest(draft, times, current, canMove),
    original,
    mine,
    theirs,
    lateStart: canMove ? undefined : parseTimes(asTyped, zoned, reference).start,
    ...threeWayMerge(sessionFields, { original, mine: { ...original, ...typedFields }, theirs }),
  };
}

/** Fields of the draft that make up each field of a session. */
const draftFields = {
  name: ["name"],
  times: ["date", "start", "duration", "end", "startReading", "endReading"],
  picture: ["picture"],
} as const;

/** Resolves a conflict in favor of the typed value: it then counts as a change of the stored value. */
export function keepMine(
  field: SessionField,
  { typed, opened, current, draft }: Pick<EditInput, "typed" | "opened" | "current"> & Pick<SessionEdit, "draft">,
): { typed: TypedFields; opened: Session } {
  const { session_name, start_time, end_time, picture } = current;
  const stored = { name: { session_name }, times: { start_time, end_time }, picture: { picture } }[field];
  const mine = Object.fromEntries(draftFields[field].map((part) => [part, draft[part]]));
  return { typed: { ...typed, ...mine }, opened: { ...opened, ...stored } };
}

/** Resolves a conflict in favor of the stored value: the typed one is dropped. */
export function takeTheirs(field: SessionField, typed: TypedFields): TypedFields {
  const parts: readonly string[] = draftFields[field];
  return Object.fromEntries(Object.entries(typed).filter(([part]) => !parts.includes(part)));
}
