import { useCallback, useSyncExternalStore } from "react";

import type { CoviuClient } from "../api/client.ts";
import { useCoviu } from "../provider/CoviuProvider.tsx";
import { pendingWritesOf } from "../queries/pendingWrites.ts";

/** A booking that was still open when the page was left: nobody knows what became of it. */
export interface InterruptedBooking {
  /** A random one. */
  id: string;
  /** The minute in which it was begun, as an instant. */
  startedAt: string;
}

interface Notes {
  list: () => readonly InterruptedBooking[];
  subscribe: (notify: () => void) => () => void;
  drop: (id: string) => void;
}

const prefix = "coviu-react booking ";
const minute = 60_000;
const none: readonly InterruptedBooking[] = [];
const notes = new WeakMap<CoviuClient, Notes>();
const ofThisPage = new Set<string>();

/** Bookings that a reload has cut off, and a way to drop one. Open ones are noted for that: a random id and the minute. */
export function useInterruptedBookings(): { interrupted: readonly InterruptedBooking[]; drop: Notes["drop"] } {
  const { client } = useCoviu();
  const subscribe = useCallback((notify: () => void) => notesOf(client).subscribe(notify), [client]);
  const interrupted = useSyncExternalStore(
    subscribe,
    () => notes.get(client)?.list() ?? none,
    () => none,
  );
  return { interrupted, drop: (id) => notesOf(client).drop(id) };
}

/** As long as the client lives: a booking may end when no screen is there to see it. */
function notesOf(client: CoviuClient): Notes {
  const known = notes.get(client);
  if (known) return known;
  let interrupted = stored(read) ?? none;
  const listeners = new Set<() => void>();
  const ids = new Map<unknown, string>();
  const { list, subscribe } = pendingWritesOf(client);
  function update(): void {
    const open = list().filter(({ operation, phase }) => operation === "createSession" && phase !== "confirmed");
    for (const [variables, id] of ids) {
      if (open.some((write) => write.variables === variables)) continue;
      ids.delete(variables);
      stored((storage) => storage.removeItem(prefix + id));
    }
    for (const { variables, startedAt } of open) {
      if (ids.has(variables)) continue;
      const id = Math.random().toString(36).slice(2);
      ids.set(variables, id);
      ofThisPage.add(id);
      const time = new Date(Math.floor(startedAt / minute) * minute).toISOString();
      stored((storage) => storage.setItem(prefix + id, time));
    }
  }
  subscribe(update);
  update();
  const own: Notes = {
    list: () => interrupted,
    subscribe(notify) {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    drop(id) {
      stored((storage) => storage.removeItem(prefix + id));
      interrupted = interrupted.filter((booking) => booking.id !== id);
      for (const notify of listeners) notify();
    },
  };
  // Whoever signs in next has booked nothing.
  client.connection.subscribe(() => {
    if (client.connection.state === "ended") for (const { id } of interrupted) own.drop(id);
  });
  notes.set(client, own);
  return own;
}

function read(storage: Storage): InterruptedBooking[] {
  return Object.entries(storage).flatMap(([key, startedAt]) => {
    const id = key.slice(prefix.length);
    const isOne = key.startsWith(prefix) && !ofThisPage.has(id) && !Number.isNaN(Date.parse(startedAt));
    return isOne ? { id, startedAt } : [];
  });
}

/** Where the browser keeps nothing, a reload can't be told about. */
function stored<Value>(act: (storage: Storage) => Value): Value | undefined {
  try {
    return act(sessionStorage);
  } catch {
    return undefined;
  }
}
