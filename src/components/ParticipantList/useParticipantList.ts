import { useEffect, useMemo, useRef, useState } from "react";

import { CoviuError } from "../../api/errors.ts";
import type { Participant } from "../../api/schemas.ts";
import { sessionRules } from "../../domain/lifecycle.ts";
import { guests, hosts } from "../../domain/roles.ts";
import { useParticipants } from "../../hooks/useParticipants.ts";
import { useRemoveParticipant } from "../../hooks/useRemoveParticipant.ts";
import { useSession } from "../../hooks/useSession.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { useOverwritten } from "../EditConflict/useOverwritten.ts";
import { type PersonDraft, personDraft, personFields } from "../person/personDraft.ts";

/** What is being asked: who to add, what to change, whether to remove. */
export type PeopleQuestion = { kind: "add" } | { kind: "edit" | "remove"; person: Participant };

/** What has just been done, to be said once. */
export interface PeopleAnswer {
  kind: "added" | "saved" | "removed" | "alreadyRemoved";
  name: string | undefined;
  /** The person as they were saved, and what else someone had changed of them. */
  saved?: Participant | undefined;
  others?: readonly (keyof PersonDraft)[] | undefined;
}

/** The people of a session in the order of the list, what may be done to them, and the dialog that is open. */
export function useParticipantList(sessionId: string) {
  const { now } = useCoviu();
  const { data: session, error: missing, refetch } = useSession(sessionId);
  // The people of a canceled session can no longer be read: those it came with stay.
  const readable = !session?.canceled_time || !session.participants;
  const query = useParticipants(sessionId, undefined, { enabled: readable });
  const peopleGone = CoviuError.is(query.error) && query.error.code === "not_found";
  // What has no people any more is gone: whoever shows the session says so, too.
  useEffect(() => {
    if (peopleGone) void refetch();
  }, [peopleGone, refetch]);
  const status = useSessionStatus(session);
  const rules = session && status && sessionRules(session, now());
  const reason = rules?.changePeople.reason;
  const isGone = session && (peopleGone || (CoviuError.is(missing) && missing.code === "not_found"));
  const over: "ended" | "canceled" | "gone" | undefined =
    reason === "ended" || reason === "canceled" ? reason : isGone ? "gone" : undefined;

  const [historyOpen, setHistoryOpen] = useState(false);
  const history = useParticipants(sessionId, { deleted_participants: true }, { enabled: historyOpen });

  const [question, setQuestion] = useState<PeopleQuestion>();
  const [answer, setAnswer] = useState<PeopleAnswer>();
  const removal = useRemoveParticipant();
  const people = [...hosts(query.data?.content), ...guests(query.data?.content)];
  const removing = useRef(false);

  const { saved } = answer ?? {};
  const before = useMemo(() => saved && personDraft(saved), [saved]);
  const live = people.find(({ participant_id }) => participant_id === saved?.participant_id);
  const after = live && personDraft(live);
  const overwritten = useOverwritten(personFields, before, after, query.refetch);

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
        onSuccess: (answer) => close({ kind: "already" in answer ? "alreadyRemoved" : "removed", name }),
        // How things stand now. After a lost answer that has been looked at.
        onError: ({ outcome }) => outcome === "refused" && void query.refetch(),
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
    /** Why nothing can change any more. */
    over,
    question,
    ask,
    /** Closes the dialog, saying what was done in it. */
    close,
    answer,
    /** What someone else has changed of the person just saved, before and since. */
    changes: before &&
      after && {
        before,
        after,
        others: (answer?.others ?? []).filter((field) => !overwritten.includes(field)),
        overwritten,
      },
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
