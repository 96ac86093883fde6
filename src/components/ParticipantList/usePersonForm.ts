import { useRef, useState } from "react";

import type { CoviuError } from "../../api/errors.ts";
import type { Participant } from "../../api/schemas.ts";
import { changedFields, conflictsIn, heldFields } from "../../domain/edits.ts";
import { reread } from "../../hooks/reread.ts";
import { useAddParticipant } from "../../hooks/useAddParticipant.ts";
import { useParticipants } from "../../hooks/useParticipants.ts";
import { useUpdateParticipant } from "../../hooks/useUpdateParticipant.ts";
import { useWhenFound } from "../../hooks/useWhenFound.ts";
import { maySendAgain, useWriteOf, useWrites } from "../../hooks/useWrites.ts";
import {
  type PersonDraft,
  personDraft,
  personFields,
  type PersonProblems,
  personProblems,
  personRequest,
  trimmed,
} from "./person.ts";

/** What of a person can be changed. */
export type PersonField = keyof PersonDraft;

export interface PersonFormOptions {
  sessionId: string;
  /** The person to change; without one the form adds a person. */
  person?: Participant | undefined;
  /**
   * Told the name of whoever was saved; nothing, if nothing was different. Of a change also the person as they are now,
   * and the other fields that someone else had changed meanwhile.
   */
  onDone: (saved?: string, person?: Participant, others?: readonly PersonField[]) => void;
}

/** A form for one person. What is typed stays until it is saved. */
export function usePersonForm({ sessionId, person, onDone }: PersonFormOptions) {
  const [typed, setTyped] = useState<Partial<PersonDraft>>({});
  const [opened, setOpened] = useState<PersonDraft>();
  const [tried, setTried] = useState(false);
  const [asked, setAsked] = useState<object>();
  const [unread, setUnread] = useState<unknown>();
  const [reading, setReading] = useState(false);
  const people = useParticipants(sessionId);
  const adding = useAddParticipant();
  const updating = useUpdateParticipant();
  const { close } = useWrites();
  const added = useWriteOf<Participant, unknown>(adding.variables);
  const sending = useRef(false);

  const current = person && (people.data ? inList(people.data.content) : person);
  const isRemoved = person !== undefined && !current;
  const original = opened ?? personDraft(current ?? person);
  const theirs = personDraft(current ?? person);
  const draft = { ...theirs, ...typed };
  const conflicts = isRemoved ? [] : conflictsOf(original, draft, theirs);
  const problems: PersonProblems = tried ? personProblems(draft, current) : {};
  const isNew = !person || isRemoved;

  function inList(content: readonly Participant[]): Participant | undefined {
    return content.find(({ participant_id }) => participant_id === person?.participant_id);
  }

  function set(change: Partial<PersonDraft>): void {
    // What is being sent is what stands here.
    if (sending.current) return;
    setOpened(original);
    setTyped((before) => ({ ...before, ...change }));
  }

  /** Sends what is new, or gives back what stands in the way. */
  function submit(): PersonProblems {
    const found = personProblems(draft, current);
    setTried(true);
    if (Object.keys(found).length === 0 && !sending.current) void (isNew ? add() : save());
    return found;
  }

  /** One whose answer never came may be there: nobody is added twice. */
  async function add(): Promise<void> {
    sending.current = true;
    sending.current = adding.error?.outcome !== "unknown" || (await maySendAgain(added));
    if (!sending.current) return;
    setUnread(undefined);
    adding.mutate(
      { sessionId, request: personRequest(draft) },
      { ...callbacks, onSuccess: () => onDone(draft.name.trim()) },
    );
  }

  /** Reads the people as they are now, and sends what was changed of that, unless somebody has to choose first. */
  async function save(): Promise<void> {
    if (conflicts.length > 0 && asked) return setAsked({});
    if (Object.keys(personRequest(draft, current)).length === 0) return onDone();
    sending.current = true;
    close(updating.variables);
    updating.reset();
    setUnread(undefined);
    setReading(true);
    try {
      const { content } = await reread(people);
      send(inList(content));
    } catch (error) {
      sending.current = false;
      setUnread(error);
    }
    setReading(false);
  }

  function send(fresh: Participant | undefined): void {
    const now = personDraft(fresh);
    const mine = { ...now, ...typed };
    const request = personRequest(mine, fresh);
    const open = conflictsOf(original, mine, now);
    const others = changedFields(personFields, original, now).filter((field) => now[field] === mine[field]);
    sending.current = fresh !== undefined && open.length === 0 && Object.keys(request).length > 0;
    if (!fresh) return;
    if (open.length > 0) setAsked({});
    else if (!sending.current) onDone(mine.name.trim(), fresh, others);
    else {
      updating.mutate(
        { participantId: fresh.participant_id, request, ifUnchanged: heldFields(request, fresh) },
        { ...callbacks, onSuccess: (saved) => onDone(mine.name.trim(), saved, others) },
      );
    }
  }

  /** Shows how things stand now. Where somebody else was faster, there may be something to choose. */
  async function lookAgain(isConflict: boolean): Promise<void> {
    if (isConflict) setReading(true);
    await people.refetch();
    if (!isConflict) return;
    setReading(false);
    setAsked({});
  }

  const callbacks = {
    // Shows how things stand now behind the form: the person may be gone. After a lost answer that has been looked at.
    onError: ({ outcome, code }: CoviuError) => outcome === "refused" && void lookAgain(code === "conflict"),
    onSettled: () => {
      sending.current = false;
    },
  };

  useWhenFound(added, () => onDone(draft.name.trim()));

  const conflict =
    asked && conflicts.length > 0
      ? {
          fields: conflicts,
          attempt: asked,
          keep: (field: PersonField) => setOpened({ ...original, [field]: theirs[field] }),
          take: (field: PersonField) => setTyped((before) => without(field, before)),
        }
      : undefined;

  return {
    draft,
    set,
    problems,
    /** Whether something would be lost if the form were closed. */
    dirty: Object.keys(personRequest(draft, current ?? person)).length > (person ? 0 : 1),
    submit,
    busy: adding.isPending || updating.isPending || reading || added?.phase === "checking",
    error: isNew ? adding.error : conflict || reading ? null : updating.error,
    /** Why it could not be looked whether somebody was added whose answer never came. */
    unseen: isNew && !adding.isPending && added?.phase !== "checking" ? added?.error : undefined,
    /** Why the people could not be read before a change: nothing was sent. */
    unread,
    /** The person has been removed meanwhile: sending adds them again. */
    isRemoved,
    original,
    theirs,
    /** What someone else has changed meanwhile, without a conflict. */
    others: isRemoved
      ? []
      : changedFields(personFields, original, theirs).filter((field) => !conflicts.includes(field)),
    /** What someone else has changed as well, once somebody has to choose. */
    conflict,
  };
}

function conflictsOf(original: PersonDraft, mine: PersonDraft, theirs: PersonDraft): PersonField[] {
  return conflictsIn(personFields, { original: trimmed(original), mine: trimmed(mine), theirs: trimmed(theirs) });
}

function without(field: PersonField, typed: Partial<PersonDraft>): Partial<PersonDraft> {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => name !== field));
}
