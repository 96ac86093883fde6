import type { SessionCreationRequest, SessionUpdateRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { personRequest } from "../person/personDraft.ts";
import { isEmptyRow, type SessionDraft } from "./draft.ts";
import type { DraftTimes } from "./draftTimes.ts";

/** Returns the request that books a draft without problems. `undefined` while its times have no meaning. */
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

/** Returns the request that saves the changes to an existing session. After its start (`canMove` is false) only the end can change. */
export function updateRequest(
  draft: SessionDraft,
  { start, end }: DraftTimes,
  existing: Session,
  canMove = true,
): SessionUpdateRequest {
  const name = draft.name.trim();
  const picture = draft.picture.trim();
  const endChanges = end && Date.parse(end) !== Date.parse(existing.end_time);
  const moved = start && end && canMove && (endChanges || Date.parse(start) !== Date.parse(existing.start_time));
  return {
    ...(name !== (existing.session_name ?? "").trim() && { session_name: name }),
    // Before the start, both times or none are sent. With one time only, a move by another user would change the length.
    ...(moved ? { start_time: start, end_time: end } : endChanges && { end_time: end }),
    ...(picture !== (existing.picture ?? "").trim() && { picture }),
  };
}
