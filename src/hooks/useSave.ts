import type { UseMutationResult, UseQueryResult } from "@tanstack/react-query";
import { useRef, useState } from "react";

import type { CoviuError } from "../api/errors.ts";
import { refetchOrThrow } from "./refetchOrThrow.ts";
import { usePendingWrites } from "./usePendingWrites.ts";

/** Next step of a save after the refetch. */
export type SavePlan<Saved, Variables> =
  | { kind: "send"; variables: Variables; onSaved: (saved: Saved) => void }
  /** All changes are stored already. */
  | { kind: "unchanged"; onDone: () => void }
  /** Edit conflict: the user has to choose first. */
  | { kind: "conflict" }
  /** The record can't be changed any more. The form shows the reason. */
  | { kind: "locked" };

interface SaveOptions<Read, Saved, Variables> {
  /** Query of the record. */
  query: UseQueryResult<Read, CoviuError>;
  updating: UseMutationResult<Saved, CoviuError, Variables>;
  /** Returns the next step for the record that was just read. Must have no side effects. */
  plan: (read: Read) => SavePlan<Saved, Variables>;
}

/** Saves the changes of a form. Reads the record first, so that changes of other users are not overwritten. */
export function useSave<Read, Saved, Variables>({ query, updating, plan }: SaveOptions<Read, Saved, Variables>) {
  const { close } = usePendingWrites();
  const [conflictPrompt, setConflictPrompt] = useState<object>();
  const [refetchError, setRefetchError] = useState<unknown>();
  const [isReading, setIsReading] = useState(false);
  const isSending = useRef(false);

  const promptConflict = () => setConflictPrompt({});

  async function save(): Promise<void> {
    close(updating.variables);
    updating.reset();
    setRefetchError(undefined);
    isSending.current = true;
    setIsReading(true);
    try {
      const step = plan(await refetchOrThrow(query));
      if (step.kind === "send") {
        updating.mutate(step.variables, {
          onSuccess: step.onSaved,
          onError,
          onSettled: () => {
            isSending.current = false;
          },
        });
      } else {
        isSending.current = false;
        if (step.kind === "conflict") promptConflict();
        if (step.kind === "unchanged") step.onDone();
      }
    } catch (error) {
      isSending.current = false;
      setRefetchError(error);
    }
    setIsReading(false);
  }

  /** Reads the record again. After a conflict, prompts the user to resolve it. */
  async function refetchAfterRefusal(isConflict: boolean): Promise<void> {
    if (isConflict) setIsReading(true);
    await query.refetch();
    if (!isConflict) return;
    setIsReading(false);
    promptConflict();
  }

  /** Reads the record again after a refusal, because it may be removed. After a lost response, the write confirms itself. */
  function onError({ outcome, code }: CoviuError): void {
    if (outcome === "refused") void refetchAfterRefusal(code === "conflict");
  }

  return {
    save,
    /** Asks the user to resolve the conflicts. */
    promptConflict,
    /** New object each time `promptConflict` is called. `undefined` before. */
    conflictPrompt,
    /** Error of the refetch before a save. Nothing was sent. */
    refetchError,
    /** Whether the record is being read, before or after sending. */
    isReading,
    /** Whether a save is in progress. The form must not accept changes then. */
    isSending: () => isSending.current,
    /** Error handler for another write of the same form. */
    onError,
    reset(): void {
      setConflictPrompt(undefined);
      setRefetchError(undefined);
    },
  };
}
