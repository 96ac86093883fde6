import { useRef, useState } from "react";

import type { CoviuError } from "../../api/errors.ts";
import type { Participant, ParticipantPage } from "../../api/schemas.ts";
import { changedFields, storedFields, threeWayMerge } from "../../domain/edits.ts";
import { useAddParticipant } from "../../hooks/useAddParticipant.ts";
import { useParticipants } from "../../hooks/useParticipants.ts";
import { mayRepeatWrite, usePendingWrite } from "../../hooks/usePendingWrites.ts";
import { type SavePlan, useSave } from "../../hooks/useSave.ts";
import { useUpdateParticipant } from "../../hooks/useUpdateParticipant.ts";
import { useWhenConfirmed } from "../../hooks/useWhenConfirmed.ts";
import type { FieldConflict } from "../EditConflict/EditConflict.tsx";
import {
  type PersonDraft,
  type PersonField,
  personDraft,
  personFields,
  type PersonProblems,
  personProblems,
  personRequest,
  trimmed,
} from "../person/personDraft.ts";

export interface PersonFormOptions {
  /** Session to which the person belongs. */
  sessionId: string;
  /** Person to change. Without one the form adds a person. */
  person?: Participant | undefined;
  /**
   * Called once the form is done.
   *
   * @param name Name of the person. `undefined` if nothing had changed.
   * @param person The changed person as stored now. `undefined` if a person was added.
   * @param theirChanges Fields that other users had changed while the form was open.
   */
  onDone: (name?: string, person?: Participant, theirChanges?: readonly PersonField[]) => void;
}

/** Result of `usePersonForm`. */
export interface UsePersonFormResult {
  /** Values of the fields. */
  draft: PersonDraft;
  /** Changes fields. Does nothing while a request is sent or the outcome of an earlier one is unknown. */
  set: (change: Partial<PersonDraft>) => void;
  /** Problems by field. Empty until the first `submit`. */
  problems: PersonProblems;
  /** Whether the outcome of adding the person is unknown. The form can't be changed until it is known. */
  isUnknown: boolean;
  /** Whether closing the form would lose typed text. */
  dirty: boolean;
  /** Sends the form if it has no problems. Returns the problems. */
  submit: () => PersonProblems;
  /** Whether the form is being saved, or its save is being checked. */
  busy: boolean;
  /** Error of the request. */
  error: CoviuError | null;
  /** Error of the last check whether a person with an unknown outcome was added. */
  checkError: CoviuError | undefined;
  /** Error of the read before a change. Nothing was sent. */
  readError: unknown;
  /** Whether another user has removed the person. `submit` adds the person again. */
  isRemoved: boolean;
  /** Fields when the user began to type. */
  original: PersonDraft;
  /** Fields as stored now. */
  theirs: PersonDraft;
  /** Fields that only other users have changed. */
  theirChanges: readonly PersonField[];
  /** Fields that both users have changed. Set once this user has to choose. */
  conflict: FieldConflict<PersonField> | undefined;
}

/**
 * State of a form that adds or changes one person. Typed text stays until it is saved.
 *
 * @example
 *   function AddPerson({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
 *     const { draft, set, problems, submit, busy } = usePersonForm({ sessionId, onDone: onClose });
 *     return (
 *       <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
 *         <input value={draft.name} onChange={(event) => set({ name: event.target.value })} />
 *         {problems.name && <p role="alert">Enter a name</p>}
 *         <button disabled={busy}>Add</button>
 *       </form>
 *     );
 *   }
 */
export function usePersonForm({ sessionId, person, onDone }: PersonFormOptions): UsePersonFormResult {
  const [typed, setTyped] = useState<Partial<PersonDraft>>({});
  const [initialDraft, setInitialDraft] = useState<PersonDraft>();
  const [wasSubmitted, setWasSubmitted] = useState(false);
  const people = useParticipants(sessionId);
  const adding = useAddParticipant();
  const updating = useUpdateParticipant();
  const pendingAddition = usePendingWrite<Participant, unknown>(adding.variables);
  const saving = useSave({ query: people, updating, plan });
  const { isReading } = saving;
  const isAdding = useRef(false);
  const isUnknown = adding.error?.outcome === "unknown";
  const isSending = () => isAdding.current || saving.isSending();

  const current = person && (people.data ? findPerson(people.data.content) : person);
  const isRemoved = person !== undefined && !current;
  const original = initialDraft ?? personDraft(current ?? person);
  const theirs = personDraft(current ?? person);
  const draft = { ...theirs, ...typed };
  const { conflicts, theirChanges } = merge(original, { ...original, ...typed }, theirs);
  const problems: PersonProblems = wasSubmitted ? personProblems(draft, current) : {};
  const isNew = !person || isRemoved;

  function findPerson(content: readonly Participant[]): Participant | undefined {
    return content.find(({ participant_id }) => participant_id === person?.participant_id);
  }

  function set(change: Partial<PersonDraft>): void {
    if (isSending() || isUnknown) return;
    setInitialDraft(original);
    setTyped((before) => ({ ...before, ...change }));
  }

  function submit(): PersonProblems {
    const foundProblems = personProblems(draft, current);
    setWasSubmitted(true);
    if (Object.keys(foundProblems).length === 0 && !isSending()) void (isNew ? add() : save());
    return foundProblems;
  }

  /** Adds the person. After an unknown outcome it checks first, so that the person is not added twice. */
  async function add(): Promise<void> {
    isAdding.current = true;
    isAdding.current = !isUnknown || (await mayRepeatWrite(pendingAddition));
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
    if (conflicts.length > 0 && saving.conflictPrompt) saving.promptConflict();
    else if (Object.keys(personRequest(draft, current)).length === 0) onDone();
    else void saving.save();
  }

  /** Returns how to save the typed changes of the person that was just read. */
  function plan({ content }: ParticipantPage): SavePlan<Participant, Parameters<typeof updating.mutate>[0]> {
    const fresh = findPerson(content);
    if (!fresh) return { kind: "locked" };
    const stored = personDraft(fresh);
    const mine = { ...stored, ...typed };
    if (merge(original, { ...original, ...typed }, stored).conflicts.length > 0) return { kind: "conflict" };
    const request = personRequest(mine, fresh);
    const otherChanges = changedFields(personFields, original, stored).filter((field) => stored[field] === mine[field]);
    const onSaved = (saved: Participant) => onDone(mine.name.trim(), saved, otherChanges);
    if (Object.keys(request).length === 0) return { kind: "unchanged", onDone: () => onSaved(fresh) };
    const ifUnchanged = storedFields(request, fresh);
    return { kind: "send", variables: { participantId: fresh.participant_id, request, ifUnchanged }, onSaved };
  }

  useWhenConfirmed(pendingAddition, () => onDone(draft.name.trim()));

  const conflict =
    saving.conflictPrompt && !isRemoved && conflicts.length > 0
      ? {
          fields: conflicts,
          attempt: saving.conflictPrompt,
          keepMine: (field: PersonField) => setInitialDraft({ ...original, [field]: theirs[field] }),
          takeTheirs: (field: PersonField) => setTyped((before) => without(field, before)),
        }
      : undefined;

  return {
    draft,
    set,
    problems,
    isUnknown,
    dirty: Object.keys(personRequest(draft, current ?? person)).length > (person ? 0 : 1),
    submit,
    busy: adding.isPending || updating.isPending || isReading || pendingAddition?.phase === "checking",
    error: isNew ? adding.error : conflict || isReading ? null : updating.error,
    checkError:
      isNew && !adding.isPending && pendingAddition?.phase !== "checking" ? pendingAddition?.error : undefined,
    readError: saving.refetchError,
    isRemoved,
    original,
    theirs,
    theirChanges: isRemoved ? [] : theirChanges,
    conflict,
  };
}

function merge(original: PersonDraft, mine: PersonDraft, theirs: PersonDraft) {
  return threeWayMerge(personFields, { original: trimmed(original), mine: trimmed(mine), theirs: trimmed(theirs) });
}

function without(field: PersonField, typed: Partial<PersonDraft>): Partial<PersonDraft> {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => name !== field));
}
