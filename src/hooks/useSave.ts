import type { UseMutationResult, UseQueryResult } from "@tanstack/react-query";
import { useRef, useState } from "react";

import type { CoviuError } from "../api/errors.ts";
import { refetchOrThrow } from "./refetchOrThrow.ts";
import { usePendingWrites } from "./usePendingWrites.ts";

/** Next step of a save after the refetch. */
export type SavePlan<Saved, Variables> =
  | { kind: "send"; variables: Variables; onSaved: (saved: Saved) => void }
  /** There is nothing left to send. */
  | { kind: "unchanged"; onDone: () => void }
  /** Edit conflict: the user has to choose first. */
  | { kind: "conflict" }
  /** The record can't be changed any more. The form says why. */
  | { kind: "locked" };

interface SaveOptions<Read, Saved, Variables> {
  /** Query of the record. */
  query: UseQueryResult<Read, CoviuError>;
  updating: UseMutationResult<Saved, CoviuError, Variables>;
  /** Returns what to do with the record as just read. Without side effects. */
  plan: (read: Read) => SavePlan<Saved, Variables>;
}

/** Saves the changes of a form on top of the record as it is stored, which is read first. */
export function useSave<Read, Saved, Variables>({ query, updating, plan }: SaveOptions<Read, Saved, Variables>) {
  const { close } = usePendingWrites();
  const [attempt, setAttempt] = useState<object>();
  const [unread, setUnread] = useState<unknown>();
  const [reading, setReading] = useState(false);
  const sending = useRef(false);

  const ask = () => setAttempt({});

  async function save(): Promise<void> {
    close(updating.variables);
    updating.reset();
    setUnread(undefined);
    sending.current = true;
    setReading(true);
    try {
      const planned = plan(await refetchOrThrow(query));
      if (planned.kind === "send") {
        updating.mutate(planned.variables, {
          onSuccess: planned.onSaved,
          onError,
          onSettled: () => {
            sending.current = false;
          },
        });
      } else {
        sending.current = false;
        if (planned.kind === "conflict") ask();
        if (planned.kind === "unchanged") planned.onDone();
      }
    } catch (error) {
      sending.current = false;
      setUnread(error);
    }
    setReading(false);
  }

  /** Reads the record again. After a conflict the user may have to choose. */
  async function refetchAfterRefusal(isConflict: boolean): Promise<void> {
    if (isConflict) setReading(true);
    await query.refetch();
    if (!isConflict) return;
    setReading(false);
    ask();
  }

  /** Reads the record again after a refusal: it may be gone. A lost response is confirmed by the write itself. */
  function onError({ outcome, code }: CoviuError): void {
    if (outcome === "refused") void refetchAfterRefusal(code === "conflict");
  }

  return {
    save,
    /** Asks the user to resolve the conflicts. */
    ask,
    /** New object for each attempt that ended in an edit conflict. */
    attempt,
    /** Error of the refetch before a save. Nothing was sent. */
    unread,
    /** Tells whether the record is being read, before or after sending. */
    reading,
    /** Tells whether a save is under way. The form takes no changes then. */
    isSending: () => sending.current,
    /** Error handler for another write of the same form. */
    onError,
    reset(): void {
      setAttempt(undefined);
      setUnread(undefined);
    },
  };
}
