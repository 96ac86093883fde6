import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";

import { CoviuError } from "../../api/errors.ts";
import type { Participant, ParticipantPage, Session } from "../../api/schemas.ts";
import { type SessionRules, sessionRules } from "../../domain/lifecycle.ts";
import { guests, hosts } from "../../domain/roles.ts";
import { useParticipants } from "../../hooks/useParticipants.ts";
import { useRemoveParticipant } from "../../hooks/useRemoveParticipant.ts";
import { useSession } from "../../hooks/useSession.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { useOverwritten } from "../EditConflict/useOverwritten.ts";
import { type PersonDraft, personDraft, type PersonField, personFields } from "../person/personDraft.ts";

/** The open dialog: adding a person, changing one, or the question whether to remove one. */
export type PeopleQuestion = { kind: "add" } | { kind: "edit" | "remove"; person: Participant };

/** Result of the last dialog, for an announcement. */
export interface PeopleAnswer {
  kind: "added" | "saved" | "removed" | "alreadyRemoved";
  name: string | undefined;
  /** The person as saved. */
  saved?: Participant | undefined;
  /** Fields that other users had changed before the save. */
  theirChanges?: readonly PersonField[] | undefined;
}

/** Changes of other users to a person who was just saved here. */
export interface PersonChanges {
  /** Fields as they were saved here. */
  before: PersonDraft;
  /** Fields as they are now. */
  after: PersonDraft;
  /** Fields that other users had changed before the save. */
  theirChanges: readonly PersonField[];
  /** Fields that other users have overwritten since the save. */
  overwritten: readonly PersonField[];
}

/** Result of `useParticipantList`. */
export interface UseParticipantListResult {
  /** Query of the participants. */
  query: UseQueryResult<ParticipantPage, CoviuError>;
  /** Participants in the order of the list: hosts first. Without those who were removed. */
  people: Participant[];
  /** The session, once it is read. */
  session: Session | undefined;
  /** Rules of the session now. `undefined` until the session is read and the page is hydrated. */
  rules: SessionRules | undefined;
  /** Why nothing can be changed any more. */
  lockedReason: "ended" | "canceled" | "gone" | undefined;
  /** The open dialog. */
  question: PeopleQuestion | undefined;
  /** Opens a dialog. */
  ask: (question: PeopleQuestion) => void;
  /** Closes the dialog. */
  close: (done?: PeopleAnswer) => void;
  /** Result of the last dialog. */
  answer: PeopleAnswer | undefined;
  /** Changes of other users to the person who was just saved. */
  changes: PersonChanges | undefined;
  /** Removes the person whom the open dialog asks about. */
  remove: () => void;
  /** The mutation of `remove`. */
  removal: ReturnType<typeof useRemoveParticipant>;
  /** Removed people. They are read when `open` is set for the first time. */
  history: {
    open: boolean;
    setOpen: (open: boolean) => void;
    query: UseQueryResult<ParticipantPage, CoviuError>;
    people: Participant[] | undefined;
  };
}

/**
 * State of `ParticipantList`: the participants of a session, what the rules allow, and the open dialog.
 *
 * @example
 *   function People({ sessionId }: { sessionId: string }) {
 *     const { people, lockedReason, ask } = useParticipantList(sessionId);
 *     return (
 *       <>
 *         {people.map((person) => <p key={person.participant_id}>{person.display_name}</p>)}
 *         <button disabled={Boolean(lockedReason)} onClick={() => ask({ kind: "add" })}>Add a person</button>
 *       </>
 *     );
 *   }
 */
export function useParticipantList(sessionId: string): UseParticipantListResult {
  const { now } = useCoviu();
  const { data: session, error: missing, refetch } = useSession(sessionId);
  // The service no longer lists the people of a canceled session. Those of the session itself stay.
  const readable = !session?.canceled_time || !session.participants;
  const query = useParticipants(sessionId, undefined, { enabled: readable });
  const peopleGone = CoviuError.is(query.error) && query.error.code === "not_found";
  // The session is gone as well: its query has to find out.
  useEffect(() => {
    if (peopleGone) void refetch();
  }, [peopleGone, refetch]);
  const status = useSessionStatus(session);
  const rules = session && status && sessionRules(session, now());
  const reason = rules?.changePeople.reason;
  const isGone = session && (peopleGone || (CoviuError.is(missing) && missing.code === "not_found"));
  const lockedReason: UseParticipantListResult["lockedReason"] =
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
        // An unknown outcome has been checked by the mutation.
        onError: ({ outcome }) => outcome === "refused" && void query.refetch(),
        onSettled: () => {
          removing.current = false;
        },
      },
    );
  }

  return {
    query,
    people,
    session,
    rules,
    lockedReason,
    question,
    ask,
    close,
    answer,
    changes: before &&
      after && {
        before,
        after,
        theirChanges: (answer?.theirChanges ?? []).filter((field) => !overwritten.includes(field)),
        overwritten,
      },
    remove,
    removal,
    history: {
      open: historyOpen,
      setOpen: setHistoryOpen,
      query: history,
      people: history.data?.content.filter((person) => person.deleted_at),
    },
  };
}
