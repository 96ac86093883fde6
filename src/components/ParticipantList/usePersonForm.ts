import { useRef, useState } from "react";

import type { Participant } from "../../api/schemas.ts";
import { useAddParticipant } from "../../hooks/useAddParticipant.ts";
import { useParticipants } from "../../hooks/useParticipants.ts";
import { useUpdateParticipant } from "../../hooks/useUpdateParticipant.ts";
import { type PersonDraft, personDraft, type PersonProblems, personProblems, personRequest } from "./person.ts";

export interface PersonFormOptions {
  sessionId: string;
  /** The person to change; without one the form adds a person. */
  person?: Participant | undefined;
  /** Told the name of whoever was saved; nothing, if nothing was different. */
  onDone: (saved?: string) => void;
}

/** A form for one person. What is typed stays until it is saved. */
export function usePersonForm({ sessionId, person, onDone }: PersonFormOptions) {
  const [draft, setDraft] = useState(() => personDraft(person));
  const [tried, setTried] = useState(false);
  const people = useParticipants(sessionId);
  const adding = useAddParticipant();
  const updating = useUpdateParticipant();
  const sending = useRef(false);

  const request = personRequest(draft, person);
  const problems: PersonProblems = tried ? personProblems(draft, person) : {};
  const callbacks = {
    onSuccess: () => onDone(draft.name.trim()),
    // Shows how things stand now behind the form: the person may be gone, or saved after all.
    onError: () => void people.refetch(),
    onSettled: () => {
      sending.current = false;
    },
  };

  /** Sends what is new, or gives back what stands in the way. */
  function submit(): PersonProblems {
    const found = personProblems(draft, person);
    setTried(true);
    if (Object.keys(found).length > 0 || sending.current) return found;
    if (person && Object.keys(request).length === 0) {
      onDone();
      return found;
    }
    sending.current = true;
    if (person) updating.mutate({ participantId: person.participant_id, request }, callbacks);
    else adding.mutate({ sessionId, request }, callbacks);
    return found;
  }

  const { isPending, error } = person ? updating : adding;
  return {
    draft,
    set: (change: Partial<PersonDraft>) => setDraft((before) => ({ ...before, ...change })),
    problems,
    /** Whether something would be lost if the form were closed. */
    dirty: Object.keys(request).length > (person ? 0 : 1),
    submit,
    busy: isPending,
    error,
  };
}
