import { useCallback, useState } from "react";

import { CoviuError } from "../../api/errors.ts";
import type { SessionUpdateRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { changedFields, storedFields } from "../../domain/edits.ts";
import { sessionRules, type SessionStatus } from "../../domain/lifecycle.ts";
import { fieldsOf, type SessionField, type SessionFields, sessionFields } from "../../domain/sessionFields.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { useNow } from "../../hooks/useNow.ts";
import { type SavePlan, useSave } from "../../hooks/useSave.ts";
import { useSession } from "../../hooks/useSession.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useUpdateSession } from "../../hooks/useUpdateSession.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import type { FieldConflict } from "../EditConflict/EditConflict.tsx";
import { newDraft } from "./draft.ts";
import { editOf, keepMine, takeTheirs, type TypedFields } from "./draftEdit.ts";
import { parseTimes } from "./draftTimes.ts";
import { type SessionForm, type SessionFormState, useSessionDraft } from "./useSessionDraft.ts";

/** Form that changes an existing session. */
export interface EditForm extends SessionFormState {
  kind: "edit";
  /** Query of the session, for its states. */
  query: ReturnType<typeof useSession>;
  /** Session that the form changes. `undefined` until it is loaded. */
  existing: Session | undefined;
  status: SessionStatus | undefined;
  /** Fields as opened, as typed, and as stored now. `undefined` until the session is loaded. */
  versions: Record<"original" | "mine" | "theirs", SessionFields> | undefined;
  /** Start that was typed before the session started, as an ISO 8601 instant. It can't be saved any more. */
  lateStart: string | undefined;
  /** Whether saving would change the start. */
  moves: boolean;
  /** Error of the refetch before a save. Nothing was sent. */
  unread: unknown;
  /** Fields that both users have changed, once the user has to choose. */
  conflict: FieldConflict<SessionField> | undefined;
  /** Fields that only another user has changed while the form was open. */
  theirChanges: readonly SessionField[];
}

/** State of a form that changes a session. Idle without a `sessionId`. */
export function useEditForm(
  sessionId: string | undefined,
  onSaved: (session: Session, theirChanges: readonly SessionField[]) => void,
): SessionForm<EditForm> {
  const { now: clock } = useCoviu();
  const format = useFormat();
  const now = useNow();
  const query = useSession(sessionId);
  const existing = sessionId === undefined ? undefined : query.data;
  const status = useSessionStatus(existing)?.status;
  const canMove = !existing || !now || sessionRules(existing, now).move.allowed;
  const isGone = existing && CoviuError.is(query.error) && query.error.code === "not_found";
  const isOver = status === "ended" || status === "canceled";
  const lockedReason = isGone ? "gone" : isOver ? status : undefined;

  /** Session at the time of the first typed change. */
  const [opened, setOpened] = useState<Session>();
  /** Session just saved, and the fields that another user had changed before. */
  const [saved, setSaved] = useState<{ session: Session; theirChanges: readonly SessionField[] }>();
  const resolve = useCallback(
    (typed: TypedFields) => {
      if (existing) {
        const edit = editOf({ typed, opened: opened ?? existing, current: existing, zoned: format, canMove });
        return { ...edit, edit };
      }
      const draft = newDraft({ zoned: format });
      return { base: draft, draft, times: parseTimes(draft, format), edit: undefined };
    },
    [existing, opened, format, canMove],
  );
  const { typed, setTyped, resolved, validate, change: type, reset, state } = useSessionDraft(resolve);
  const { edit, times } = resolved;
  const updating = useUpdateSession();
  const saving = useSave({ query, updating, plan });
  const conflicts = edit?.conflicts ?? [];

  function change(fields: TypedFields): void {
    if (saving.isSending() || lockedReason) return;
    setOpened((before) => before ?? existing);
    type(fields);
    setSaved(undefined);
  }

  function discard(): void {
    reset();
    setOpened(undefined);
    saving.reset();
    updating.reset();
  }

  function finish(session: Session, theirChanges: readonly SessionField[] = []): void {
    discard();
    setSaved({ session, theirChanges });
    onSaved(session, theirChanges);
  }

  function submit(): void {
    if (!existing || !edit || saving.isSending() || lockedReason) return;
    setSaved(undefined);
    if (!validate()) return;
    if (conflicts.length > 0 && saving.conflictPrompt) saving.promptConflict();
    else if (Object.keys(edit.request).length === 0) finish(existing);
    else void saving.save();
  }

  /** Returns how to save the typed changes of the session that was just read. */
  function plan(current: Session): SavePlan<Session, Parameters<typeof updating.mutate>[0]> {
    const rules = sessionRules(current, clock());
    const before = opened ?? current;
    const merged = editOf({ typed, opened: before, current, zoned: format, canMove: rules.move.allowed });
    const { request, theirChanges } = merged;
    if (merged.conflicts.length > 0) return { kind: "conflict" };
    if (!rules.edit.allowed) return { kind: "locked" };
    if (Object.keys(request).length === 0) return { kind: "unchanged", onDone: () => finish(current, theirChanges) };
    return {
      kind: "send",
      variables: { sessionId: current.session_id, request, ifUnchanged: storedFields(request, current) },
      onSaved: (session) => finish(session, changedByOthers(before, session, request)),
    };
  }

  function keep(field: SessionField): void {
    if (!existing || !opened || !edit) return;
    const next = keepMine(field, { typed, opened, current: existing, draft: edit.draft });
    setTyped(next.typed);
    setOpened(next.opened);
  }

  function take(field: SessionField): void {
    setTyped(takeTheirs(field, typed));
  }

  const conflict =
    saving.conflictPrompt && conflicts.length > 0
      ? { fields: conflicts, attempt: saving.conflictPrompt, keepMine: keep, takeTheirs: take }
      : undefined;
  const { start, end } = times;
  const form: EditForm = {
    ...state,
    kind: "edit",
    query,
    existing,
    status,
    versions: edit,
    lateStart: edit?.lateStart,
    change,
    discard,
    submit,
    moves: edit?.request.start_time !== undefined,
    busy: saving.isReading || updating.isPending,
    error: conflict || saving.isReading ? undefined : (updating.error ?? undefined),
    unread: saving.refetchError,
    conflict,
    theirChanges: saved?.theirChanges ?? (opened && edit?.theirChanges) ?? [],
    scheduled: saved?.session,
    canMove,
    lockedReason,
  };
  return {
    form,
    planned:
      existing && start && end && !lockedReason
        ? { start_time: start, end_time: end, participants: existing.participants }
        : undefined,
  };
}

/** Returns the fields that another user has changed since `before` and that the save did not touch. */
function changedByOthers(before: Session, saved: Session, request: SessionUpdateRequest): SessionField[] {
  const sent = { name: request.session_name, times: request.end_time, picture: request.picture };
  return changedFields(sessionFields, fieldsOf(before), fieldsOf(saved)).filter((field) => sent[field] === undefined);
}
