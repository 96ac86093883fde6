import type { UseMutationResult, UseQueryResult } from "@tanstack/react-query";
import { useRef, useState } from "react";

import type { CoviuError } from "../api/errors.ts";
import { refetchOrThrow } from "./refetchOrThrow.ts";
import { usePendingWrites } from "./usePendingWrites.ts";

interface SaveOptions<Read, Saved, Variables> {
  /** How things stand. */
  query: UseQueryResult<Read, CoviuError>;
  updating: UseMutationResult<Saved, CoviuError, Variables>;
  /** What is to be sent, now that things are known to stand so; `ask` where somebody has to choose first. */
  next: (read: Read) => { variables: Variables; onSaved: (saved: Saved) => void } | "ask" | undefined;
}

/** Saves what a form has changed on top of how things stand by then, which is read first. */
export function useSave<Read, Saved, Variables>({ query, updating, next }: SaveOptions<Read, Saved, Variables>) {
  const { close } = usePendingWrites();
  const [asked, setAsked] = useState<object>();
  const [unread, setUnread] = useState<unknown>();
  const [reading, setReading] = useState(false);
  const sending = useRef(false);

  const ask = () => setAsked({});

  async function save(): Promise<void> {
    close(updating.variables);
    updating.reset();
    setUnread(undefined);
    sending.current = true;
    setReading(true);
    try {
      const found = next(await refetchOrThrow(query));
      if (found && found !== "ask") {
        updating.mutate(found.variables, {
          onSuccess: found.onSaved,
          onError,
          onSettled: () => {
            sending.current = false;
          },
        });
      } else {
        sending.current = false;
        if (found) ask();
      }
    } catch (error) {
      sending.current = false;
      setUnread(error);
    }
    setReading(false);
  }

  /** Shows how things stand now. Where somebody else was faster, there may be something to choose. */
  async function lookAgain(isConflict: boolean): Promise<void> {
    if (isConflict) setReading(true);
    await query.refetch();
    if (!isConflict) return;
    setReading(false);
    ask();
  }

  /** What is changed may be gone. After a lost answer that has been looked at. */
  function onError({ outcome, code }: CoviuError): void {
    if (outcome === "refused") void lookAgain(code === "conflict");
  }

  return {
    save,
    /** Somebody has to choose: new with every attempt. */
    ask,
    asked,
    /** Why it could not be read how things stand: nothing was sent. */
    unread,
    /** Whether it is read how things stand, before or after sending. */
    reading,
    /** What is on its way is what stands in the form: nothing may be typed then. */
    isSending: () => sending.current,
    /** For another write of the same form. */
    onError,
    reset(): void {
      setAsked(undefined);
      setUnread(undefined);
    },
  };
}
