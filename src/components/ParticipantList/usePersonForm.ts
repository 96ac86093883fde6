import { useRef, useState } from "react";

import type { ParticipantPage } from "../../api/schemas.ts";
import type { Participant } from "../../api/schemas.ts";
import { changedFields, heldFields, threeWayMerge } from "../../domain/edits.ts";
import { useAddParticipant } from "../../hooks/useAddParticipant.ts";
import { useParticipants } from "../../hooks/useParticipants.ts";
import { mayRepeatWrite, usePendingWrite } from "../../hooks/usePendingWrites.ts";
import { type SavePlan, useSave } from "../../hooks/useSave.ts";
import { useUpdateParticipant } from "../../hooks/useUpdateParticipant.ts";
import { useWhenConfirmed } from "../../hooks/useWhenConfirmed.ts";
import {
  type PersonDraft,
  personDraft,
  personFields,
  type PersonProblems,
  personProblems,
  personRequest,
  trimmed,
} from "../person/personDraft.ts";

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
  const people = useParticipants(sessionId);
  const adding = useAddParticipant();
  const updating = useUpdateParticipant();
  const added = usePendingWrite<Participant, unknown>(adding.variables);
  const saving = useSave({ query: people, updating, plan });
  const { reading } = saving;
  const isAdding = useRef(false);
  const isUnknown = adding.error?.outcome === "unknown";
  const isSending = () => isAdding.current || saving.isSending();

  const current = person && (people.data ? inList(people.data.content) : person);
  const isRemoved = person !== undefined && !current;
  const original = opened ?? personDraft(current ?? person);
  const theirs = personDraft(current ?? person);
  const draft = { ...theirs, ...typed };
  const { conflicts, theirChanges } = merge(original, { ...original, ...typed }, theirs);
  const problems: PersonProblems = tried ? personProblems(draft, current) : {};
  const isNew = !person || isRemoved;

  function inList(content: readonly Participant[]): Participant | undefined {
    return content.find(({ participant_id }) => participant_id === person?.participant_id);
  }

  function set(change: Partial<PersonDraft>): void {
    // What is being sent is what stands here; and what could not be confirmed, as it may turn up.
    if (isSending() || isUnknown) return;
    setOpened(original);
    setTyped((before) => ({ ...before, ...change }));
  }

  /** Sends what is new, or gives back what stands in the way. */
  function submit(): PersonProblems {
    const found = personProblems(draft, current);
    setTried(true);
    if (Object.keys(found).length === 0 && !isSending()) void (isNew ? add() : save());
    return found;
  }

  /** One whose answer never came may be there: nobody is added twice. */
  async function add(): Promise<void> {
    isAdding.current = true;
    isAdding.current = !isUnknown || (await mayRepeatWrite(added));
    if (!isAdding.current) return;
    saving.reset();
    adding.mutate(
      { sessionId, request: personRequest(draft) },
      {
        onSuccess: () => onDone(draft.name.trim()),
        onError: saving.onError,
        onSettled: () => {
          isAdding.current = false;
        },
      },
    );
  }

  function save(): void {
    if (conflicts.length > 0 && saving.asked) saving.ask();
    else if (Object.keys(personRequest(draft, current)).length === 0) onDone();
    else void saving.save();
  }

  /** Plans a save of the typed changes on top of the person as just read. */
  function plan({ content }: ParticipantPage): SavePlan<Participant, Parameters<typeof updating.mutate>[0]> {
    const fresh = inList(content);
    if (!fresh) return { kind: "locked" };
    const now = personDraft(fresh);
    const mine = { ...now, ...typed };
    if (merge(original, { ...original, ...typed }, now).conflicts.length > 0) return { kind: "conflict" };
    const request = personRequest(mine, fresh);
    const others = changedFields(personFields, original, now).filter((field) => now[field] === mine[field]);
    const onSaved = (saved: Participant) => onDone(mine.name.trim(), saved, others);
    if (Object.keys(request).length === 0) return { kind: "unchanged", onDone: () => onSaved(fresh) };
    const ifUnchanged = heldFields(request, fresh);
    return { kind: "send", variables: { participantId: fresh.participant_id, request, ifUnchanged }, onSaved };
  }

  useWhenConfirmed(added, () => onDone(draft.name.trim()));

  const conflict =
    saving.asked && !isRemoved && conflicts.length > 0
      ? {
          fields: conflicts,
          attempt: saving.asked,
          keepMine: (field: PersonField) => setOpened({ ...original, [field]: theirs[field] }),
          takeTheirs: (field: PersonField) => setTyped((before) => without(field, before)),
        }
      : undefined;

  return {
    draft,
    set,
    problems,
    /** Whether a person could not be confirmed: until it is known whether they were added, the form stays as it was sent. */
    isUnknown,
    /** Whether something would be lost if the form were closed. */
    dirty: Object.keys(personRequest(draft, current ?? person)).length > (person ? 0 : 1),
    submit,
    busy: adding.isPending || updating.isPending || reading || added?.phase === "checking",
    error: isNew ? adding.error : conflict || reading ? null : updating.error,
    /** Why it could not be looked whether somebody was added whose answer never came. */
    unseen: isNew && !adding.isPending && added?.phase !== "checking" ? added?.error : undefined,
    /** Why the people could not be read before a change: nothing was sent. */
    unread: saving.unread,
    /** The person has been removed meanwhile: sending adds them again. */
    isRemoved,
    original,
    theirs,
    /** Fields that only another user has changed meanwhile. */
    theirChanges: isRemoved ? [] : theirChanges,
    /** What someone else has changed as well, once somebody has to choose. */
    conflict,
  };
}

function merge(original: PersonDraft, mine: PersonDraft, theirs: PersonDraft) {
  return threeWayMerge(personFields, { original: trimmed(original), mine: trimmed(mine), theirs: trimmed(theirs) });
}

function without(field: PersonField, typed: Partial<PersonDraft>): Partial<PersonDraft> {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => name !== field));
}
