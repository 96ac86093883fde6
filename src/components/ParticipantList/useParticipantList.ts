import { useRef, useState } from "react";

import { CoviuError } from "../../api/errors.ts";
import type { Participant } from "../../api/schemas.ts";
import { sessionRules } from "../../domain/lifecycle.ts";
import { guests, hosts } from "../../domain/roles.ts";
import { useParticipants } from "../../hooks/useParticipants.ts";
import { useRemoveParticipant } from "../../hooks/useRemoveParticipant.ts";
import { useSession } from "../../hooks/useSession.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";

/** What is being asked: who to add, what to change, whether to remove. */
export type PeopleQuestion = { kind: "add" } | { kind: "edit" | "remove"; person: Participant };

/** What has just been done, to be said once. */
export interface PeopleAnswer {
  kind: "added" | "saved" | "removed" | "alreadyRemoved";
  name: string | undefined;
}

/** The people of a session in the order of the list, what may be done to them, and the dialog that is open. */
export function useParticipantList(sessionId: string) {
  const { now } = useCoviu();
  const session = useSession(sessionId).data;
  // The people of a canceled session can no longer be read: those it came with stay.
  const readable = !session?.canceled_time || !session.participants;
  const query = useParticipants(sessionId, undefined, { enabled: readable });
  const status = useSessionStatus(session);
  const rules = session && status && sessionRules(session, now());

  const [historyOpen, setHistoryOpen] = useState(false);
  const history = useParticipants(sessionId, { deleted_participants: true }, { enabled: historyOpen });

  const [question, setQuestion] = useState<PeopleQuestion>();
  const [answer, setAnswer] = useState<PeopleAnswer>();
  const removal = useRemoveParticipant();
  const people = [...hosts(query.data?.content), ...guests(query.data?.content)];
  const removing = useRef(false);

  function ask(next: PeopleQuestion): void {
    removal.reset();
    removing.current = false;
    setAnswer(undefined);
    setQuestion(next);
  }

  function close(done?: PeopleAnswer): void {
    setQuestion(undefined);
    setAnswer(done);
  }

  function remove(): void {
    if (question?.kind !== "remove" || removing.current) return;
    removing.current = true;
    const { participant_id: participantId, display_name: name } = question.person;
    removal.mutate(
      { participantId },
      {
        onSuccess: () => close({ kind: "removed", name }),
        onError: async (error) => {
          // Someone else may have been faster: first the list as it is now, so that focus finds a row that stays.
          await query.refetch();
          if (CoviuError.is(error) && error.code === "not_found") close({ kind: "alreadyRemoved", name });
        },
        onSettled: () => {
          removing.current = false;
        },
      },
    );
  }

  return {
    /** The people as they are read, for its states. */
    query,
    /** Hosts, then everyone else, without those who were removed. */
    people,
    session,
    /** What may be done now; `undefined` until the session is known. */
    rules,
    question,
    ask,
    /** Closes the dialog, saying what was done in it. */
    close,
    answer,
    /** Removes the person asked about. */
    remove,
    removal,
    /** Removed people, read when they are first asked for. */
    history: {
      open: historyOpen,
      setOpen: setHistoryOpen,
      query: history,
      people: history.data?.content.filter((person) => person.deleted_at),
    },
  };
}
