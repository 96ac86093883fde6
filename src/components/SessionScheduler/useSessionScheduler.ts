import { useMemo, useState } from "react";

import { CoviuError } from "../../api/errors.ts";
import type { SessionUpdateRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { changedFields, heldFields } from "../../domain/edits.ts";
import { sessionRules } from "../../domain/lifecycle.ts";
import { fieldsOf, type SessionField, sessionFields } from "../../domain/sessionFields.ts";
import { useNow } from "../../hooks/useNow.ts";
import { useSave } from "../../hooks/useSave.ts";
import { useSession } from "../../hooks/useSession.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useUpdateSession } from "../../hooks/useUpdateSession.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { personDraft, personRequest } from "../ParticipantList/person.ts";
import type { ListedPerson } from "../SessionList/useSessionList.ts";
import { durations, newDraft, nextStart, type PersonRow, type SessionDraft } from "./draft.ts";
import { editOf, keepMine, takeTheirs } from "./draftEdit.ts";
import { type Problem, problemsOf } from "./draftProblems.ts";
import { creationRequest } from "./draftRequest.ts";
import { readTimes } from "./draftTimes.ts";
import { useBooking } from "./useBooking.ts";
import { useClash } from "./useClash.ts";

export interface SessionSchedulerOptions {
  /** The session to move or change; without it a new one is booked. */
  sessionId?: string | undefined;
  /** Books again: its name and people are filled in, with new links to come. */
  copyOf?: Session | undefined;
  /** Who stands in a new session as its host to begin with, such as the clinician who is signed in. */
  host?: ListedPerson | undefined;
  /** ISO 8601 instant; the next quarter of an hour if left out. */
  defaultStart?: string | undefined;
  /** Told about the session once it is booked or saved, and which other fields someone else had changed meanwhile. */
  onScheduled?: ((session: Session, others: readonly SessionField[]) => void) | undefined;
}

/** A form that books a session or changes one: what is typed, what it means, what is wrong with it, and sending it. */
export function useSessionScheduler({
  sessionId,
  copyOf,
  host,
  defaultStart,
  onScheduled,
}: SessionSchedulerOptions = {}) {
  const { now: clock, timeZone, locale } = useCoviu();
  const query = useSession(sessionId);
  const kept = sessionId === undefined ? undefined : query.data;
  const now = useNow();
  const status = useSessionStatus(kept)?.status;
  const rules = kept && now && sessionRules(kept, now);
  const movable = !rules || rules.move.allowed;
  const isGone = CoviuError.is(query.error) && query.error.code === "not_found";
  const over: "gone" | "ended" | "canceled" | undefined =
    kept && isGone ? "gone" : status === "ended" || status === "canceled" ? status : undefined;

  const [typed, setTyped] = useState<Partial<SessionDraft>>({});
  const [opened, setOpened] = useState<Session>();
  const [booked, setBooked] = useState<Session>();
  const [others, setOthers] = useState<readonly SessionField[]>([]);
  const [round, setRound] = useState(0);
  const [tried, setTried] = useState<{ problems: readonly Problem[] }>();
  const updating = useUpdateSession();
  const saving = useSave({ query, updating, next });
  const { asked, reading } = saving;

  const zoned = useMemo(() => ({ locale, timeZone }), [locale, timeZone]);
  const isReady = now !== undefined;
  // Not anew with every minute: what is proposed stays until something is booked.
  const proposal = useMemo(() => ({ round, at: isReady ? clock() : undefined }), [round, isReady, clock]);
  const empty = useMemo(() => {
    const start = proposal.at && (defaultStart ?? nextStart(proposal.at));
    return newDraft({ start, copyOf: proposal.round === 0 ? copyOf : undefined, host, zoned });
  }, [proposal, defaultStart, copyOf, host, zoned]);
  const edit = useMemo(
    () => kept && editOf({ typed, opened: opened ?? kept, current: kept, zoned, movable }),
    [typed, opened, kept, zoned, movable],
  );
  const base = edit?.base ?? empty;
  const draft = edit?.draft ?? { ...empty, ...typed };
  const times = edit?.times ?? readTimes(draft, zoned);
  const current = tried && now ? problemsOf(draft, zoned, now, edit?.reference) : [];
  const left = tried?.problems.filter((problem) => current.some((other) => isSame(other, problem))) ?? [];
  const conflicts = edit?.conflicts ?? [];
  const booking = useBooking({
    onBooked: finish,
    // The start may have passed on the way.
    onRefused() {
      const problems = problemsOf(draft, zoned, clock());
      if (problems.length > 0) {
        booking.reset();
        setTried({ problems });
      }
    },
  });
  const { start, end } = times;
  const participants = kept ? kept.participants : draft.people.map((row) => personRequest(row));
  // What could not be confirmed must not clash with itself.
  const clash = useClash(
    start && end && !over && !booking.unconfirmed && !booking.creating.isPending
      ? { start_time: start, end_time: end, participants }
      : undefined,
    sessionId,
  );

  function change(fields: Partial<SessionDraft>): void {
    // What is being sent is what stands here.
    if (saving.isSending() || booking.creating.isPending || over) return;
    const isMoved = "date" in fields || "start" in fields;
    setOpened((before) => before ?? kept);
    setTyped((before) => ({
      ...before,
      // A reading was chosen for the times as they were.
      ...(isMoved && { startReading: undefined }),
      ...((isMoved || "end" in fields) && { endReading: undefined }),
      ...fields,
    }));
    setBooked(undefined);
  }

  function discard(): void {
    setTyped({});
    setOpened(undefined);
    setTried(undefined);
    saving.reset();
    booking.reset();
    updating.reset();
  }

  function finish(session: Session, changed: readonly SessionField[] = []): void {
    discard();
    setRound((before) => before + 1);
    setBooked(session);
    setOthers(changed);
    onScheduled?.(session, changed);
  }

  /** Sends it, or says what stands in the way; while a booking could not be confirmed it looks for that first. */
  function submit(): void {
    if (booking.unconfirmed) void booking.unconfirmed.write?.check();
    else if (sessionId === undefined) book();
    else save();
  }

  function isRight(): boolean {
    const problems = problemsOf(draft, zoned, clock(), edit?.reference);
    setTried({ problems });
    setBooked(undefined);
    return problems.length === 0;
  }

  function book(): void {
    const request = creationRequest(draft, times);
    if (isRight()) {
      if (request) booking.send(request);
      // Too late for what could not be confirmed: the fields are needed again.
    } else if (booking.unconfirmed) booking.reset();
  }

  function save(): void {
    if (!kept || !edit || saving.isSending() || over || !isRight()) return;
    if (conflicts.length > 0 && saving.asked) saving.ask();
    else if (Object.keys(edit.request).length === 0) finish(kept);
    else void saving.save();
  }

  /** What was changed of the session as it is now. */
  function next(fresh: Session) {
    const { move, edit: change } = sessionRules(fresh, clock());
    const before = opened ?? fresh;
    const found = editOf({ typed, opened: before, current: fresh, zoned, movable: move.allowed });
    if (found.conflicts.length > 0) return "ask";
    if (!change.allowed) return undefined;
    const { request } = found;
    if (Object.keys(request).length > 0) {
      const ifUnchanged = heldFields(request, fresh);
      return {
        variables: { sessionId: fresh.session_id, request, ifUnchanged },
        onSaved: (saved: Session) => finish(saved, changedBesides(before, saved, request)),
      };
    }
    finish(fresh, found.theirChanges);
    return undefined;
  }

  function keep(field: SessionField): void {
    if (!kept || !opened) return;
    const next = keepMine(field, { typed, opened, current: kept, draft });
    setTyped(next.typed);
    setOpened(next.opened);
  }

  function take(field: SessionField): void {
    setTyped(takeTheirs(field, typed));
  }

  function setPeople(people: readonly PersonRow[]): void {
    change({ people });
  }

  const conflict =
    asked && conflicts.length > 0 ? { fields: conflicts, attempt: asked, keepMine: keep, takeTheirs: take } : undefined;
  const failure = booking.creating.error ?? updating.error ?? undefined;

  return {
    /** Whether a known session is changed. */
    editing: sessionId !== undefined,
    /** The session that is being changed, as it is read. Off where a new one is booked. */
    query,
    /** The session that is being changed. */
    session: kept,
    status,
    /** Why nothing can be changed any more. */
    over,
    /** Whether date and start may be changed: not once a session has started. */
    movable,
    /** The start that was typed before it was too late. */
    lateStart: movable || !edit ? undefined : readTimes({ ...edit.base, ...typed }, zoned, edit.reference).start,
    /** Whether anything may be changed: not once a session is over. */
    editable: !over,
    /** Empty date and time until hydrated. */
    draft,
    /** What the typed times stand for. */
    times,
    /** Minutes to choose from as text; `other` comes besides. */
    durations: [...new Set([...durations, base.duration])].toSorted((a, b) => Number(a) - Number(b)),
    change,
    /** Adds an empty row for a guest, whose key it returns. */
    addPerson(): number {
      const key = Math.max(-1, ...draft.people.map((row) => row.key)) + 1;
      setPeople([...draft.people, { ...personDraft(), key }]);
      return key;
    },
    changePerson(key: number, changed: Partial<PersonRow>): void {
      setPeople(draft.people.map((row) => (row.key === key ? { ...row, ...changed } : row)));
    },
    removePerson(key: number): void {
      setPeople(draft.people.filter((row) => row.key !== key));
    },
    /** What the last attempt found; gone when nothing of it is left. */
    summary: left.length > 0 ? tried?.problems.filter(({ field }) => isThere(field, draft)) : undefined,
    /** Those of them that are still there, for the fields. */
    problems: left,
    /** The next start that can be booked, where the one in the form has passed. */
    nextStart: now && left.some(({ code }) => code === "past") ? nextStart(now) : undefined,
    /** New with every attempt that found problems. */
    attempt: tried,
    submit,
    busy: booking.creating.isPending || booking.isChecking || reading || updating.isPending,
    /** Whether a booking is looked for whose answer did not come. */
    isChecking: booking.isChecking,
    /** Why it was refused, or did not get through. */
    error: booking.unconfirmed || conflict || reading ? undefined : failure,
    /** Why the session could not be read before a change: nothing was sent. */
    unread: saving.unread,
    /** A booking whose answer never came. */
    unconfirmed: booking.unconfirmed && {
      ...booking.unconfirmed,
      bookAnyway: () => void booking.unconfirmed?.bookAnyway(book),
    },
    /** What someone else has changed as well, once somebody has to choose. */
    conflict,
    /** The fields as they were, as they are typed, and as they are now. */
    edit,
    /** What someone else has changed meanwhile, without a conflict. */
    theirChanges: booked ? others : ((opened && edit?.theirChanges) ?? []),
    /** A session that keeps a host of this one busy then. */
    clash,
    /** The last bookings made here. */
    recent: booking.recent,
    /** Whether something typed would be lost. */
    dirty: JSON.stringify(draft) !== JSON.stringify(base),
    /** Whether the start would move. */
    moves: edit?.request.start_time !== undefined,
    /** Back to how the form was opened. */
    discard,
    /** What has just been booked or saved, until something is typed. */
    booked,
  };
}

/** What someone else has changed of a session, where the save changed other fields. */
function changedBesides(before: Session, saved: Session, request: SessionUpdateRequest): SessionField[] {
  const sent = { name: request.session_name, times: request.end_time, picture: request.picture };
  return changedFields(sessionFields, fieldsOf(before), fieldsOf(saved)).filter((field) => sent[field] === undefined);
}

function isSame(a: Problem, b: Problem): boolean {
  return a.field === b.field && a.code === b.code;
}

/** A row that was removed takes its problems along. */
function isThere(field: string, draft: SessionDraft): boolean {
  const [, key] = /^person-(\d+)-/.exec(field) ?? [];
  return key === undefined || draft.people.some((row) => String(row.key) === key);
}
