import { useState } from "react";

import type { Session } from "../../api/schemas.ts";
import { useKnownSession } from "../../hooks/useKnownSession.ts";
import { useNow } from "../../hooks/useNow.ts";
import { useSession } from "../../hooks/useSession.ts";

/** Result of `useFrontDesk`. */
export interface UseFrontDeskResult {
  /** Time of the provider. `undefined` until hydrated. */
  now: Date | undefined;
  /** Id of the selected session. */
  selectedId: string | undefined;
  /** Part that is shown if there is no room for both. */
  pane: "list" | "details";
  /** Selects a session and shows its details. */
  select: (session: Session) => void;
  /** Shows the list. The session stays selected. */
  back: () => void;
  /** Whether the booking dialog is open. */
  isBooking: boolean;
  /** Opens or closes the booking dialog. */
  setBooking: (open: boolean) => void;
  /** Session that is booked again. */
  copyOf: Session | undefined;
  /** Opens the booking dialog, with the values of a session if one is given. */
  book: (copyOf?: Session) => void;
  /** Session that was just booked. `undefined` after `dismiss`, after another selection, or if it was moved or canceled. */
  booked: Session | undefined;
  /** Closes the booking dialog and selects the new session. */
  scheduled: (session: Session) => void;
  /** Removes the notice of the new session. */
  dismiss: () => void;
}

/**
 * State of `FrontDesk`: the selected session, and the booking dialog. Use it for a screen of your own made of
 * `SessionList`, `SessionDetails` and `SessionSchedulerDialog`.
 *
 * @example
 *   function MyDesk() {
 *     const desk = useFrontDesk();
 *     return (
 *       <>
 *         <button onClick={() => desk.book()}>New session</button>
 *         <SessionList selectedId={desk.selectedId} onSelect={desk.select} />
 *         {desk.selectedId && <SessionDetails sessionId={desk.selectedId} onBookAgain={desk.book} />}
 *         <SessionSchedulerDialog
 *           open={desk.isBooking}
 *           onOpenChange={desk.setBooking}
 *           copyOf={desk.copyOf}
 *           onScheduled={desk.scheduled}
 *         />
 *       </>
 *     );
 *   }
 */
export function useFrontDesk(): UseFrontDeskResult {
  const addToCache = useKnownSession();
  const [selectedId, setSelectedId] = useState<string>();
  const [pane, setPane] = useState<"list" | "details">("list");
  const [isBooking, setBooking] = useState(false);
  const [copyOf, setCopyOf] = useState<Session>();
  const [lastBooked, setBooked] = useState<Session>();
  // The notice is shown only while the session is as it was booked.
  const { data: now } = useSession(lastBooked?.session_id, undefined, { enabled: false });
  const booked = now?.canceled_time || (now && now.start_time !== lastBooked?.start_time) ? undefined : lastBooked;

  function select(session: Session): void {
    setSelectedId(session.session_id);
    setPane("details");
    setBooked((before) => (before?.session_id === session.session_id ? before : undefined));
  }

  function back(): void {
    setPane("list");
  }

  function book(copy?: Session): void {
    setCopyOf(copy);
    setBooking(true);
  }

  function scheduled(session: Session): void {
    addToCache(session);
    setBooking(false);
    setBooked(session);
    select(session);
  }

  function dismiss(): void {
    setBooked(undefined);
  }

  return {
    now: useNow(),
    selectedId,
    pane,
    select,
    back,
    isBooking,
    setBooking,
    copyOf,
    book,
    booked,
    scheduled,
    dismiss,
  };
}
