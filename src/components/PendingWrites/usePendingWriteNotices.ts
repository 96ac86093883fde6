import type { Mutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";

import { CoviuError } from "../../api/errors.ts";
import type { Operation } from "../../api/operations.ts";
import { useBackOnline } from "../../hooks/useBackOnline.ts";
import { useInterruptedBookings } from "../../hooks/useInterruptedBookings.ts";
import { usePendingWrites } from "../../hooks/usePendingWrites.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";

/** Write that ended after its form was closed. */
export interface SettledWrite {
  operation: Operation;
  /** Result of the write. `error` is set if it was refused. */
  data?: unknown;
  error?: CoviuError | undefined;
}

/** Writes whose form is closed, and interrupted bookings. The browser asks before the page is left while one is open. */
export function usePendingWriteNotices() {
  const { client, mutationClient } = useCoviuSettings();
  const { writes, close } = usePendingWrites();
  const { interrupted, drop } = useInterruptedBookings();
  const [settled, setSettled] = useState<readonly SettledWrite[]>([]);
  const watched = useRef(new Set<Mutation<unknown, unknown>>());
  const reported = useRef(new WeakSet<object>());
  const [forms, setForms] = useState<readonly Mutation<unknown, unknown>[]>([]);

  useEffect(() => {
    const isOurs = (key: readonly unknown[] = []) => key[0] === "coviu" && key[1] === client.scope;
    return mutationClient.getMutationCache().subscribe((event) => {
      const { mutation } = event;
      if (!mutation || !isOurs(mutation.options.mutationKey)) return;
      if (event.type === "observerAdded") {
        // A closed form may still start a write, but has no listeners.
        if (event.observer.hasListeners()) watched.current.add(mutation);
        setForms([...watched.current]);
      } else if (event.type === "observerRemoved") {
        // A form that has shown the end of the write unsubscribes before the event arrives here.
        if (watched.current.delete(mutation) && mutation.state.status !== "pending") reported.current.add(mutation);
        setForms([...watched.current]);
      } else if (event.type === "updated" && !watched.current.has(mutation) && !reported.current.has(mutation)) {
        setSettled((before) => [...before, ...settledOf(mutation)]);
      }
    });
  }, [mutationClient, client]);

  const isOpen = writes.some(({ phase }) => phase !== "confirmed");
  useEffect(() => {
    if (!isOpen) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isOpen]);

  const seen = forms.map(({ state }) => state.variables);
  const alone = writes.filter(({ variables }) => !seen.includes(variables));
  const [unknown] = alone.filter(({ phase }) => phase === "unknown");
  useBackOnline(unknown?.check);

  return {
    /** Pending writes without a form. */
    writes: alone,
    close,
    /** Writes that ended after their form was closed. */
    settled,
    dismiss: (write: SettledWrite) => setSettled((before) => before.filter((other) => other !== write)),
    /** Bookings that were interrupted by a reload. */
    interrupted,
    drop,
  };
}

/** A write that ended. One with an unknown outcome is in the list of pending writes instead. */
function settledOf({ state, options }: Mutation<unknown, unknown>): SettledWrite[] {
  const { status, data, error } = state;
  const operation = options.mutationKey?.[2];
  if (!isOperation(operation)) return [];
  if (status === "success") return [{ operation, data }];
  return status === "error" && CoviuError.is(error) && error.outcome !== "unknown" ? [{ operation, error }] : [];
}

function isOperation(name: unknown): name is Operation {
  return typeof name === "string";
}
