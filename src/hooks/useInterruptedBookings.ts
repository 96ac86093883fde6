import { useCallback, useSyncExternalStore } from "react";

import { clientState } from "../api/clientState.ts";
import { createStore } from "../api/store.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { pendingWritesOf } from "../queries/pendingWrites.ts";

/** A booking whose outcome was unknown when the page was left. */
export interface InterruptedBooking {
  /** Random, not an id of the API. */
  id: string;
  /** The minute in which the booking was sent, as ISO 8601 in UTC. */
  startedAt: string;
}

const keyPrefix = "coviu-react booking ";
const minuteMs = 60_000;
const none: readonly InterruptedBooking[] = [];
/** Bookings of this page: a second provider must not report them as those of an earlier page. */
const idsOfThisPage = new Set<string>();

/** Bookings that a reload interrupted, and `drop` to remove one from the list. */
export function useInterruptedBookings(): {
  interrupted: readonly InterruptedBooking[];
  drop: (id: string) => void;
} {
  const { client } = useCoviu();
  const subscribe = useCallback((notify: () => void) => interruptedBookingsOf(client).subscribe(notify), [client]);
  const interrupted = useSyncExternalStore(
    subscribe,
    () => interruptedBookingsOf(client).get(),
    () => none,
  );
  return { interrupted, drop: (id) => interruptedBookingsOf(client).drop(id) };
}

/**
 * The interrupted bookings of a client. Pending bookings are noted in the session storage of the tab with a random id and
 * the minute, for the time after a reload. They belong to the client, since a booking may end when no screen shows it.
 */
const interruptedBookingsOf = clientState((client, ended) => {
  const bookings = createStore(withStorage(readStorage) ?? none);
  const ids = new Map<unknown, string>();
  const { list, subscribe } = pendingWritesOf(client);

  function drop(id: string): void {
    withStorage((storage) => storage.removeItem(keyPrefix + id));
    bookings.set(bookings.get().filter((booking) => booking.id !== id));
  }
  function notePending(): void {
    const pending = list().filter(({ operation, phase }) => operation === "createSession" && phase !== "confirmed");
    for (const [variables, id] of ids) {
      if (pending.some((write) => write.variables === variables)) continue;
      ids.delete(variables);
      withStorage((storage) => storage.removeItem(keyPrefix + id));
    }
    for (const { variables, startedAt } of pending) {
      if (ids.has(variables)) continue;
      const id = Math.random().toString(36).slice(2);
      ids.set(variables, id);
      idsOfThisPage.add(id);
      const time = new Date(Math.floor(startedAt / minuteMs) * minuteMs).toISOString();
      withStorage((storage) => storage.setItem(keyPrefix + id, time));
    }
  }

  subscribe(notePending);
  notePending();
  // The next user has booked nothing.
  ended.addEventListener("abort", () => bookings.get().forEach(({ id }) => drop(id)));
  return { get: bookings.get, subscribe: bookings.subscribe, drop };
});

function readStorage(storage: Storage): InterruptedBooking[] {
  return Object.entries(storage).flatMap(([key, startedAt]) => {
    const id = key.slice(keyPrefix.length);
    const isBooking = key.startsWith(keyPrefix) && !idsOfThisPage.has(id) && !Number.isNaN(Date.parse(startedAt));
    return isBooking ? { id, startedAt } : [];
  });
}

/** Gives `undefined` where the browser has no session storage. A reload is then not reported. */
function withStorage<Value>(act: (storage: Storage) => Value): Value | undefined {
  try {
    return act(sessionStorage);
  } catch {
    return undefined;
  }
}
