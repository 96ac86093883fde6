import { useRef, useState } from "react";

import type { SessionCreationRequest } from "../../api/requests.ts";
import type { Session } from "../../api/schemas.ts";
import { useBackOnline } from "../../hooks/useBackOnline.ts";
import { useCreateSession } from "../../hooks/useCreateSession.ts";
import { mayRepeatWrite, usePendingWrite, usePendingWrites } from "../../hooks/usePendingWrites.ts";
import type { PendingWrite } from "../../hooks/usePendingWrites.ts";
import { useWhenConfirmed } from "../../hooks/useWhenConfirmed.ts";

/** As many of the last bookings are watched for a duplicate. */
const watched = 10;

interface BookingOptions {
  onBooked: (session: Session) => void;
  /** Told after a refusal, which the form may be able to explain better. */
  onRefused: () => void;
}

/** Books once, looks for a booking whose answer never came, and books another time only when a person says so. */
export function useBooking({ onBooked, onRefused }: BookingOptions) {
  const creating = useCreateSession();
  const { writes, close } = usePendingWrites();
  const write = usePendingWrite<Session, SessionCreationRequest>(creating.variables);
  /** What was sent for the booking that stands in the form. */
  const [attempts, setAttempts] = useState<readonly unknown[]>([]);
  const [recent, setRecent] = useState<readonly Session[]>([]);
  const busy = useRef(false);
  const unknown = creating.error?.outcome === "unknown" ? creating.error : undefined;

  function finish(session: Session): void {
    reset();
    setRecent((before) => [...before, session].slice(-watched));
    onBooked(session);
  }

  function reset(): void {
    setAttempts([]);
    creating.reset();
  }

  function send(request: SessionCreationRequest): void {
    if (busy.current) return;
    busy.current = true;
    setAttempts((before) => [...before, request]);
    creating.mutate(request, {
      onSuccess: finish,
      onError: ({ outcome }) => outcome === "refused" && onRefused(),
      onSettled: () => {
        busy.current = false;
      },
    });
  }

  /**
   * Books another time: `again` does, unless a last look finds that it is there. Where that look can't be made, the
   * person reads so first, and it takes another press.
   */
  async function bookAnyway(again: () => void): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    const mayBook = await mayRepeatWrite(write);
    busy.current = false;
    if (mayBook) again();
  }

  // Turned up after all, be it the first or the second of them.
  const found = writes.find(
    (write): write is PendingWrite<Session> => write.phase === "confirmed" && attempts.includes(write.variables),
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
    /** A booking whose answer never came. */
    unconfirmed: unknown ? { error: unknown, write, bookAnyway } : undefined,
    /** The last bookings made here. */
    recent,
  };
}
