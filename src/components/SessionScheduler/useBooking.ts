import { useRef, useState } from "react";

import type { SessionCreationRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { useBackOnline } from "../../hooks/useBackOnline.ts";
import { useCreateSession } from "../../hooks/useCreateSession.ts";
import { mayRepeatWrite, usePendingWrite, usePendingWrites } from "../../hooks/usePendingWrites.ts";
import type { PendingWrite } from "../../hooks/usePendingWrites.ts";
import { useWhenConfirmed } from "../../hooks/useWhenConfirmed.ts";

/** Number of recent bookings that are compared with other sessions to find duplicates. */
const maxRecent = 10;

interface BookingOptions {
  onBooked: (session: Session) => void;
  /** Called after a refusal. The form may have a better explanation than the service. */
  onRefused: () => void;
}

/** Sends a booking once. Checks a booking whose outcome is not known, and books again only if the user asks for it. */
export function useBooking({ onBooked, onRefused }: BookingOptions) {
  const creating = useCreateSession();
  const { writes, close } = usePendingWrites();
  const write = usePendingWrite<Session, SessionCreationRequest>(creating.variables);
  /** Requests sent for the booking in the form. */
  const [requests, setRequests] = useState<readonly SessionCreationRequest[]>([]);
  const [recent, setRecent] = useState<readonly Session[]>([]);
  const busy = useRef(false);
  const unknown = creating.error?.outcome === "unknown" ? creating.error : undefined;

  function finish(session: Session): void {
    reset();
    setRecent((before) => [...before, session].slice(-maxRecent));
    onBooked(session);
  }

  function reset(): void {
    setRequests([]);
    creating.reset();
  }

  function send(request: SessionCreationRequest): void {
    if (busy.current) return;
    busy.current = true;
    setRequests((before) => [...before, request]);
    creating.mutate(request, {
      onSuccess: finish,
      onError: ({ outcome }) => outcome === "refused" && onRefused(),
      onSettled: () => {
        busy.current = false;
      },
    });
  }

  /**
   * Calls `again` unless another check finds the booking. If that check fails, the form shows its error, and the user has to
   * press the button a second time.
   */
  async function bookAnyway(again: () => void): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    const mayBook = await mayRepeatWrite(write);
    busy.current = false;
    if (mayBook) again();
  }

  // Each of the requests may have been confirmed in the meantime.
  const found = writes.find(
    (write): write is PendingWrite<Session> =>
      write.phase === "confirmed" && requests.some((request) => request === write.variables),
  );
  useWhenConfirmed(creating.isPending ? undefined : found, (session) => {
    close(creating.variables);
    finish(session);
  });
  useBackOnline(unknown ? write?.check : undefined);

  return {
    creating,
    send,
    reset,
    isChecking: write?.phase === "checking",
    /** Booking whose outcome is not known. */
    unconfirmed: unknown ? { error: unknown, write, bookAnyway } : undefined,
    requests,
    /** Last sessions that this form has booked. */
    recent,
  };
}
