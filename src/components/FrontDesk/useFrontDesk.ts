import { useState } from "react";

import type { Session } from "../../api/schemas.ts";
import { useKnownSession } from "../../hooks/useKnownSession.ts";
import { useNow } from "../../hooks/useNow.ts";
import { useSession } from "../../hooks/useSession.ts";

/** Which session is open, and what is being booked: the state of a screen made of list, details and scheduler. */
export function useFrontDesk() {
  const takeIn = useKnownSession();
  const [selectedId, setSelectedId] = useState<string>();
  const [pane, setPane] = useState<"list" | "details">("list");
  const [isBooking, setBooking] = useState(false);
  const [copyOf, setCopyOf] = useState<Session>();
  const [told, setBooked] = useState<Session>();
  // What was said of a booking holds only while it stands as it was booked.
  const { data: now } = useSession(told?.session_id, undefined, { enabled: false });
  const booked = now?.canceled_time || (now && now.start_time !== told?.start_time) ? undefined : told;

  function select(session: Session): void {
    setSelectedId(session.session_id);
    setPane("details");
    setBooked((before) => (before?.session_id === session.session_id ? before : undefined));
  }

  /** Back to the list; the session stays selected. */
  function back(): void {
    setPane("list");
  }

  /** Opens the booking dialog, for a copy of a session if one is given. */
  function book(copy?: Session): void {
    setCopyOf(copy);
    setBooking(true);
  }

  /** Closes the dialog and opens the session that was booked in it. */
  function scheduled(session: Session): void {
    takeIn(session);
    setBooking(false);
    setBooked(session);
    select(session);
  }

  function dismiss(): void {
    setBooked(undefined);
  }

  return {
    /** `undefined` until hydrated. */
    now: useNow(),
    selectedId,
    /** The part that is shown where there is no room for both. */
    pane,
    select,
    back,
    isBooking,
    setBooking,
    /** The session that is being booked again. */
    copyOf,
    book,
    /** The session just booked, until its notice is dismissed or another one is opened. */
    booked,
    scheduled,
    dismiss,
  };
}
