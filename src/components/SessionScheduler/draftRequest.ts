import type { SessionCreationRequest, SessionUpdateRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { personRequest } from "../ParticipantList/person.ts";
import { isEmptyRow, type SessionDraft } from "./draft.ts";
import type { DraftTimes } from "./draftTimes.ts";

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

/** What has changed of a session, in the form in which it is sent. After the start (`movable` is false) only its end moves. */
export function updateRequest(
  draft: SessionDraft,
  { start, end }: DraftTimes,
  kept: Session,
  movable = true,
): SessionUpdateRequest {
  const name = draft.name.trim();
  const picture = draft.picture.trim();
  const ends = end && Date.parse(end) !== Date.parse(kept.end_time);
  const moved = start && end && movable && (ends || Date.parse(start) !== Date.parse(kept.start_time));
  return {
    ...(name !== (kept.session_name ?? "").trim() && { session_name: name }),
    // Both or none before the start: somebody else may have moved the session since, and one time alone would make another length.
    ...(moved ? { start_time: start, end_time: end } : ends && { end_time: end }),
    ...(picture !== (kept.picture ?? "").trim() && { picture }),
  };
}
