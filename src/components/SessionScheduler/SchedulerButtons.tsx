import { useRef, useState } from "react";

import { formatTime, type Zoned } from "../../domain/formatTime.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { words } from "../../ui/words.tsx";
import type { SessionSchedulerMessages } from "./messages.ts";
import { type Scheduler, workingText } from "./SchedulerForm.tsx";

interface SchedulerButtonsProps {
  scheduler: Scheduler;
  text: SessionSchedulerMessages;
  zoned: Zoned;
  /** Of the form, which may end before the buttons. */
  id: string;
  /** Wants to leave without saving; asks first if something would be lost. */
  onDiscard: () => void;
  /** Leaves everything as it was: the words on the button say so. */
  onKeep: () => void;
}

export function SchedulerButtons({ scheduler, text, zoned, id, onDiscard, onKeep }: SchedulerButtonsProps) {
  const { session, movable, moves, editing, editable, busy, unconfirmed } = scheduler;
  const kept = session && formatTime(session.start_time, zoned);
  const idle = editing ? (moves ? text.move : text.save) : text.book;
  return (
    <>
      {kept !== undefined && movable ? (
        <Button onClick={onKeep}>{words(text.keep(kept), [kept])}</Button>
      ) : (
        <Button onClick={onDiscard}>{text.discard}</Button>
      )}
      {!unconfirmed && (!editing || session) && (
        <Button
          id={`${id}-submit`}
          variant="primary"
          busy={busy}
          reason={editable ? undefined : `${id}-over`}
          onClick={scheduler.submit}
        >
          {busy ? workingText(scheduler, text) : idle}
        </Button>
      )}
    </>
  );
}

/** Asks before what was typed is lost; safe answer in focus. */
export function useDiscardQuestion(scheduler: Scheduler, text: SessionSchedulerMessages, onDiscarded: () => void) {
  const { editing, draft, dirty, busy } = scheduler;
  const [asking, setAsking] = useState(false);
  const keepButton = useRef<HTMLButtonElement>(null);

  function leave(): void {
    if (busy) return;
    setAsking(false);
    scheduler.discard();
    onDiscarded();
  }

  function ask(): void {
    if (busy) return;
    if (dirty || scheduler.unconfirmed) setAsking(true);
    else leave();
  }

  return {
    leave,
    /** Leaves, or asks first. Not while something is being sent. */
    ask,
    question: (
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        role="alertdialog"
        size="small"
        title={text.discardTitle(editing)}
        description={text.discardBody({
          people: draft.people.filter(({ name }) => name.trim()).length,
          editing,
          unconfirmed: Boolean(scheduler.unconfirmed),
        })}
        initialFocus={keepButton}
        footer={
          <>
            <Button tone="danger" onClick={leave}>
              {text.discardConfirm(editing)}
            </Button>
            <Button ref={keepButton} variant="primary" onClick={() => setAsking(false)}>
              {text.keepEditing}
            </Button>
          </>
        }
      />
    ),
  };
}
