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
/** Ids of bookings of this page. A second provider must not report them as interrupted. */
const idsOfThisPage = new Set<string>();

/** Returns the bookings that a reload interrupted. `drop` removes one from the list. */
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
 * Interrupted bookings of a client. Each pending booking is stored in the session storage of the tab, with a random id and
 * the minute, to be found after a reload. The state belongs to the client, because a booking may end when no component shows
 * it.
 */
const interruptedBookingsOf = clientState((client, ended) => {
  const bookings = createStore(withStorage(readStorage) ?? none);
  const idsByVariables = new Map<unknown, string>();
  const { list, subscribe } = pendingWritesOf(client);

  function drop(id: string): void {
    withStorage((storage) => storage.removeItem(keyPrefix + id));
    bookings.set(bookings.get().filter((booking) => booking.id !== id));
  }
  function storePending(): void {
    const pending = list().filter(({ operation, phase }) => operation === "createSession" && phase !== "confirmed");
    for (const [variables, id] of idsByVariables) {
      if (pending.some((write) => write.variables === variables)) continue;
      idsByVariables.delete(variables);
      withStorage((storage) => storage.removeItem(keyPrefix + id));
    }
    for (const { variables, startedAt } of pending) {
      if (idsByVariables.has(variables)) continue;
      const id = Math.random().toString(36).slice(2);
      idsByVariables.set(variables, id);
      idsOfThisPage.add(id);
      const time = new Date(Math.floor(startedAt / minuteMs) * minuteMs).toISOString();
      withStorage((storage) => storage.setItem(keyPrefix + id, time));
    }
  }

  subscribe(storePending);
  storePending();
  // The next user must not see the bookings of this one.
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

/** Returns `undefined` if session storage is not available. Interrupted bookings are then not reported. */
function withStorage<Value>(access: (storage: Storage) => Value): Value | undefined {
  try {
    return access(sessionStorage);
  } catch {
    return undefined;
  }
}
