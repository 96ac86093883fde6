import { useMemo, useState } from "react";

import type { Session } from "../../api/schemas.ts";
import type { Booking } from "../../domain/clashes.ts";
import { useNow } from "../../hooks/useNow.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { durationChoices, isSameDraft, proposedStart, type SessionDraft } from "./draft.ts";
import type { TypedFields } from "./draftEdit.ts";
import { type DraftProblem, problemsOf } from "./draftProblems.ts";
import type { DraftTimes } from "./draftTimes.ts";
import { isSameField } from "./fieldAddress.ts";

/** Draft that results from the typed values. */
export interface ResolvedDraft {
  /** Draft without the typed changes. */
  base: SessionDraft;
  draft: SessionDraft;
  times: DraftTimes;
  /** Session to compare with. Its unchanged fields are not checked. */
  reference?: Session | undefined;
}

/** Members that the booking form and the edit form share. */
export interface SessionFormState {
  /** Fields as typed. Date and start are empty until the page is hydrated. */
  draft: SessionDraft;
  /** Instants that the typed times stand for. */
  times: DraftTimes;
  /** Durations to choose from, in minutes, as text. `other` is a further choice. */
  durations: string[];
  /** Changes fields. Does nothing while a request is being sent or the session is locked. */
  change: (fields: Partial<SessionDraft>) => void;
  /** Problems of the last attempt that still exist. */
  problems: readonly DraftProblem[];
  /** All problems of the last attempt. `undefined` once each of them is fixed. */
  summary: readonly DraftProblem[] | undefined;
  /** Last attempt to submit. A new object for each. */
  attempt: { problems: readonly DraftProblem[] } | undefined;
  /** Next start that can be booked, as an ISO 8601 instant, if the typed one has passed. */
  nextStart: string | undefined;
  /** Whether typed changes would be lost. */
  dirty: boolean;
  /** Drops the typed changes. */
  discard: () => void;
  /** Checks the draft and sends it. Sets `summary` if there are problems. */
  submit: () => void;
  /** Whether a request is being sent or checked. */
  busy: boolean;
  /** Reason why the service refused the request, or why it was not sent. */
  error: unknown;
  /** Session just booked or saved, until the user types again. */
  scheduled: Session | undefined;
  /** Whether date and start may change. `false` once the session has started. */
  canMove: boolean;
  /** Reason why no field can be changed any more. */
  lockedReason: "gone" | "ended" | "canceled" | undefined;
}

/** Result of a form's hook. */
export interface SessionForm<Form extends SessionFormState> {
  form: Form;
  /** Times and people as typed, to find clashes. `undefined` while no clash is possible. */
  planned: Booking | undefined;
}

/**
 * Holds the typed values, and the problems of the last attempt to submit.
 *
 * @param resolve Returns the draft for the typed values. Memoize it.
 */
export function useSessionDraft<Resolved extends ResolvedDraft>(resolve: (typed: TypedFields) => Resolved) {
  const { now: clock } = useCoviu();
  const now = useNow();
  const [typed, setTyped] = useState<TypedFields>({});
  const [attempt, setAttempt] = useState<{ problems: readonly DraftProblem[] }>();
  const resolved = useMemo(() => resolve(typed), [resolve, typed]);
  const { base, draft, times, reference } = resolved;
  const current = attempt && now ? problemsOf(draft, times, now, reference) : [];
  const problems = attempt?.problems.filter((problem) => current.some((other) => isSame(other, problem))) ?? [];

  /** Checks the draft now and shows its problems. Returns whether there are none. */
  function validate(): boolean {
    const found = problemsOf(draft, times, clock(), reference);
    setAttempt({ problems: found });
    return found.length === 0;
  }

  function change(fields: TypedFields): void {
    const isMoved = "date" in fields || "start" in fields;
    setTyped((before) => ({
      ...before,
      // A chosen reading applies only to the times for which it was chosen.
      ...(isMoved && { startReading: undefined }),
      ...((isMoved || "end" in fields) && { endReading: undefined }),
      ...fields,
    }));
  }

  function reset(): void {
    setTyped({});
    setAttempt(undefined);
  }

  return {
    typed,
    setTyped,
    resolved,
    validate,
    change,
    reset,
    /** Members of the form that depend only on the draft. */
    state: {
      draft,
      times,
      durations: [...new Set([...durationChoices, base.duration])].toSorted((a, b) => Number(a) - Number(b)),
      problems,
      summary: problems.length > 0 ? attempt?.problems.filter((problem) => hasField(draft, problem)) : undefined,
      attempt,
      nextStart: now && problems.some(({ code }) => code === "past") ? proposedStart(now) : undefined,
      dirty: !isSameDraft(draft, base),
    },
  };
}

function isSame(a: DraftProblem, b: DraftProblem): boolean {
  return isSameField(a, b) && a.code === b.code;
}

/** Whether the field of a problem still exists. The row of a person may have been removed. */
function hasField(draft: SessionDraft, { rowKey }: DraftProblem): boolean {
  return rowKey === undefined || draft.people.some((row) => row.key === rowKey);
}
