import { useCallback, useMemo, useState } from "react";

import type { CoviuError } from "../../api/errors.ts";
import type { SessionCreationRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { useNow } from "../../hooks/useNow.ts";
import type { PendingWrite } from "../../hooks/usePendingWrites.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import type { ListedPerson } from "../person/listedPerson.ts";
import { personDraft, personRequest } from "../person/personDraft.ts";
import { newDraft, proposedStart, type PersonRow } from "./draft.ts";
import type { TypedFields } from "./draftEdit.ts";
import { creationRequest } from "./draftRequest.ts";
import { parseTimes } from "./draftTimes.ts";
import { useBooking } from "./useBooking.ts";
import { type SessionForm, type SessionFormState, useSessionDraft } from "./useSessionDraft.ts";

export interface BookingFormOptions {
  /** Session to book again: its name, length and people are filled in. People get new links. */
  copyOf?: Session | undefined;
  /** Initial host of a new session, for example the signed-in clinician. */
  host?: ListedPerson | undefined;
  /** Initial start as an ISO 8601 instant. @default the next quarter of an hour that is 15 minutes away */
  defaultStart?: string | undefined;
}

/** Booking whose outcome is not known. */
export interface UnconfirmedBooking {
  /** Error of the request, with `outcome: "unknown"`. */
  error: CoviuError;
  /** Pending write of the request. */
  write: PendingWrite<Session, SessionCreationRequest> | undefined;
  /** Checks again whether the booking exists. */
  check: () => void;
  /** Checks once more, and books again if the booking does not exist. */
  bookAnyway: () => void;
}

/** Form that books a session. */
export interface BookingForm extends SessionFormState {
  kind: "booking";
  /** Adds an empty row for a guest and returns its key. */
  addPerson: () => number;
  changePerson: (key: number, changes: Partial<PersonRow>) => void;
  removePerson: (key: number) => void;
  /** Whether a booking with an unknown outcome is being checked. */
  isChecking: boolean;
  unconfirmed: UnconfirmedBooking | undefined;
  /** Requests sent for the booking in the form. The outcome of each is unknown. */
  requests: readonly SessionCreationRequest[];
  /** Last ten sessions that this form has booked. */
  recent: readonly Session[];
}

/** State of a form that books a session. It is reset after each booking. */
export function useBookingForm(
  { copyOf, host, defaultStart }: BookingFormOptions,
  onBooked: (session: Session) => void,
): SessionForm<BookingForm> {
  const { now: clock } = useCoviu();
  const format = useFormat();
  const isReady = useNow() !== undefined;
  /** Number of sessions that the form has booked. */
  const [round, setRound] = useState(0);
  const [scheduled, setScheduled] = useState<Session>();

  // The proposed start does not follow the clock. It changes after a booking.
  const proposedAt = useMemo(() => ({ round, time: isReady ? clock() : undefined }), [round, isReady, clock]);
  const base = useMemo(() => {
    const start = proposedAt.time && (defaultStart ?? proposedStart(proposedAt.time));
    return newDraft({ start, copyOf: proposedAt.round === 0 ? copyOf : undefined, host, zoned: format });
  }, [proposedAt, defaultStart, copyOf, host, format]);
  const resolve = useCallback(
    (typed: TypedFields) => {
      const draft = { ...base, ...typed };
      return { base, draft, times: parseTimes(draft, format) };
    },
    [base, format],
  );
  const { resolved, validate, change: type, reset, state } = useSessionDraft(resolve);
  const { draft, times } = resolved;

  const booking = useBooking({
    onBooked: finish,
    // The start may have passed while the request was being sent.
    onRefused() {
      if (!validate()) booking.reset();
    },
  });
  const { creating, unconfirmed, isChecking } = booking;

  function change(fields: TypedFields): void {
    if (creating.isPending) return;
    type(fields);
    setScheduled(undefined);
  }

  function discard(): void {
    reset();
    booking.reset();
  }

  function finish(session: Session): void {
    discard();
    setRound((before) => before + 1);
    setScheduled(session);
    onBooked(session);
  }

  function book(): void {
    setScheduled(undefined);
    const isValid = validate();
    const request = creationRequest(draft, times);
    if (isValid && request) booking.send(request);
    // The start has passed while the booking was unconfirmed. The user needs the fields to choose another.
    else if (!isValid && unconfirmed) booking.reset();
  }

  function setPeople(people: readonly PersonRow[]): void {
    change({ people });
  }

  const { start, end } = times;
  const form: BookingForm = {
    ...state,
    kind: "booking",
    change,
    discard,
    submit() {
      if (!unconfirmed) book();
    },
    addPerson() {
      const key = Math.max(-1, ...draft.people.map((row) => row.key)) + 1;
      setPeople([...draft.people, { ...personDraft(), key }]);
      return key;
    },
    changePerson(key, changes) {
      setPeople(draft.people.map((row) => (row.key === key ? { ...row, ...changes } : row)));
    },
    removePerson(key) {
      setPeople(draft.people.filter((row) => row.key !== key));
    },
    busy: creating.isPending || isChecking,
    isChecking,
    error: unconfirmed ? undefined : (creating.error ?? undefined),
    unconfirmed: unconfirmed && {
      ...unconfirmed,
      check: () => void unconfirmed.write?.check(),
      bookAnyway: () => void unconfirmed.bookAnyway(book),
    },
    requests: booking.requests,
    recent: booking.recent,
    scheduled,
    canMove: true,
    lockedReason: undefined,
  };
  return {
    form,
    // An unconfirmed booking must not clash with itself.
    planned:
      start && end && !unconfirmed && !creating.isPending
        ? { start_time: start, end_time: end, participants: draft.people.map((row) => personRequest(row)) }
        : undefined,
  };
}
