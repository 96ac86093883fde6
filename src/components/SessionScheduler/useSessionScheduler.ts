import { useMemo, useRef, useState } from "react";

import type { Session } from "../../api/schemas.ts";
import { sessionRules } from "../../domain/lifecycle.ts";
import { isBookingOf, windowOf } from "../../domain/sameBooking.ts";
import { useCreateSession } from "../../hooks/useCreateSession.ts";
import { useNow } from "../../hooks/useNow.ts";
import { useRefreshSessions } from "../../hooks/useRefreshSessions.ts";
import { useSession } from "../../hooks/useSession.ts";
import { useSessions } from "../../hooks/useSessions.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useUpdateSession } from "../../hooks/useUpdateSession.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { personDraft } from "../ParticipantList/person.ts";
import { draftOf, durations, newDraft, nextStart, type PersonRow, type SessionDraft } from "./draft.ts";
import { type Problem, problemsOf } from "./draftProblems.ts";
import { creationRequest, updateRequest } from "./draftRequest.ts";
import { readTimes } from "./draftTimes.ts";

export interface SessionSchedulerOptions {
  /** The session to move or change; without it a new one is booked. */
  sessionId?: string | undefined;
  /** Books again: its name and people are filled in, with new links to come. */
  copyOf?: Session | undefined;
  /** ISO 8601 instant; the next quarter of an hour if left out. */
  defaultStart?: string | undefined;
  /** Told about the session once it is booked or saved. */
  onScheduled?: ((session: Session) => void) | undefined;
}

/** A form that books a session or changes one: what is typed, what it means, what is wrong with it, and sending it. */
export function useSessionScheduler({ sessionId, copyOf, defaultStart, onScheduled }: SessionSchedulerOptions = {}) {
  const { now: clock, timeZone, locale } = useCoviu();
  const refreshSessions = useRefreshSessions();
  const query = useSession(sessionId);
  const kept = sessionId === undefined ? undefined : query.data;
  const now = useNow();
  const status = useSessionStatus(kept)?.status;
  const rules = kept && now && sessionRules(kept, now);
  const movable = !rules || rules.move.allowed;

  const [typed, setTyped] = useState<Partial<SessionDraft>>({});
  const [booked, setBooked] = useState<Session>();
  const [round, setRound] = useState(0);
  const [tried, setTried] = useState<{ problems: readonly Problem[] }>();
  const [looked, setLooked] = useState(0);
  const sending = useRef(false);
  const creating = useCreateSession();
  const updating = useUpdateSession();

  const zoned = useMemo(() => ({ locale, timeZone }), [locale, timeZone]);
  const isReady = now !== undefined;
  // Not anew with every minute: what is proposed stays until something is booked.
  const opened = useMemo(() => ({ round, at: isReady ? clock() : undefined }), [round, isReady, clock]);
  const base = useMemo(() => {
    if (kept) return draftOf(kept, zoned);
    const start = opened.at && (defaultStart ?? nextStart(opened.at));
    return newDraft({ start, copyOf: opened.round === 0 ? copyOf : undefined, zoned });
  }, [kept, opened, defaultStart, copyOf, zoned]);
  const draft: SessionDraft = { ...base, ...typed, ...(!movable && startOf(base)) };
  const times = readTimes(draft, zoned, kept);
  const current = tried && now ? problemsOf(draft, zoned, now, kept) : [];
  const changed = kept && updateRequest(draft, times, kept, movable);

  // The answer to a booking never came: it may be there.
  const request = creating.error?.outcome === "unknown" ? creating.variables : undefined;
  const lookup = useSessions(request && windowOf(request), { enabled: false });

  function change(fields: Partial<SessionDraft>): void {
    const isMoved = "date" in fields || "start" in fields;
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
    setTried(undefined);
    setLooked(0);
    creating.reset();
    updating.reset();
  }

  function finish(session: Session): void {
    discard();
    setRound((before) => before + 1);
    setBooked(session);
    onScheduled?.(session);
  }

  function settle(): void {
    sending.current = false;
  }

  /** Sends it, or says what stands in the way; while a booking could not be confirmed it looks for that first. */
  function submit(): void {
    if (request) void check();
    else send();
  }

  function send(): void {
    if (sending.current || rules?.edit.allowed === false) return;
    const problems = problemsOf(draft, zoned, clock(), kept);
    setTried({ problems });
    setBooked(undefined);
    if (problems.length > 0) return;
    const creation = creationRequest(draft, times);
    if (sessionId === undefined && creation) {
      sending.current = true;
      setLooked(0);
      creating.mutate(creation, { onSuccess: finish, onSettled: settle });
    } else if (kept && changed && Object.keys(changed).length === 0) {
      finish(kept);
    } else if (kept && changed) {
      sending.current = true;
      updating.mutate(
        { sessionId: kept.session_id, request: changed },
        // Shows how things stand now behind the form: it may have been canceled, or saved after all.
        { onSuccess: finish, onError: () => void query.refetch(), onSettled: settle },
      );
    }
  }

  async function check(): Promise<void> {
    if (sending.current || !request) return;
    sending.current = true;
    const { data } = await lookup.refetch();
    sending.current = false;
    const found = data?.content.find((session) => isBookingOf(session, request));
    if (!found) {
      setLooked((times) => times + 1);
      return;
    }
    // No answer told the lists about it.
    refreshSessions();
    finish(found);
  }

  function setPeople(people: readonly PersonRow[]): void {
    change({ people });
  }

  return {
    /** Whether a known session is changed. */
    editing: sessionId !== undefined,
    /** The session that is being changed, as it is read. Off where a new one is booked. */
    query,
    /** The session that is being changed. */
    session: kept,
    status,
    /** Whether date and start may be changed: not once a session has started. */
    movable,
    /** Whether anything may be changed: not once a session is over. */
    editable: !rules || rules.edit.allowed,
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
    summary: current.length > 0 ? tried?.problems.filter(({ field }) => isThere(field, draft)) : undefined,
    /** Those of them that are still there, for the fields. */
    problems: tried?.problems.filter((problem) => current.some((other) => isSame(other, problem))) ?? [],
    /** New with every attempt that found problems. */
    attempt: tried,
    submit,
    busy: creating.isPending || updating.isPending,
    /** Why it was refused, or did not get through. */
    error: request ? undefined : (creating.error ?? updating.error ?? undefined),
    /** A booking whose answer never came. */
    unconfirmed: request && {
      check,
      isChecking: lookup.isFetching,
      /** How often it was looked for in vain. */
      looked,
      error: looked > 0 ? (lookup.error ?? undefined) : undefined,
      bookAnyway: send,
    },
    /** Whether something typed would be lost. */
    dirty: JSON.stringify(draft) !== JSON.stringify(base),
    /** Whether the start would move. */
    moves: changed?.start_time !== undefined,
    /** Back to how the form was opened. */
    discard,
    /** What has just been booked or saved, until something is typed. */
    booked,
  };
}

function startOf({ date, start }: SessionDraft): Partial<SessionDraft> {
  return { date, start, startReading: undefined };
}

function isSame(a: Problem, b: Problem): boolean {
  return a.field === b.field && a.code === b.code;
}

/** A row that was removed takes its problems along. */
function isThere(field: string, draft: SessionDraft): boolean {
  const [, key] = /^person-(\d+)-/.exec(field) ?? [];
  return key === undefined || draft.people.some((row) => String(row.key) === key);
}
