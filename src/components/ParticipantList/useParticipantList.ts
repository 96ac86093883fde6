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

/** Open dialog: to add a person, to change one, or to confirm a removal. */
export type PeopleQuestion = { kind: "add" } | { kind: "edit" | "remove"; person: Participant };

/** Result of the last dialog, for an announcement. */
export interface PeopleResult {
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
  /** Participants in the order of the list, hosts first. Removed people are not included. */
  people: Participant[];
  /** The session, once it is read. */
  session: Session | undefined;
  /** Rules of the session now. `undefined` until the session is read and the page is hydrated. */
  rules: SessionRules | undefined;
  /** Reason why nothing can be changed any more. */
  lockedReason: "ended" | "canceled" | "gone" | undefined;
  /** The open dialog. */
  question: PeopleQuestion | undefined;
  /** Opens a dialog. */
  ask: (question: PeopleQuestion) => void;
  /** Closes the dialog. */
  close: (done?: PeopleResult) => void;
  /** Result of the last dialog. */
  result: PeopleResult | undefined;
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
 * State of `ParticipantList`: the participants of a session, the rules, and the open dialog.
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
  // The service does not list the people of a canceled session. The people in the cached session are shown.
  const canRead = !session?.canceled_time || !session.participants;
  const query = useParticipants(sessionId, undefined, { enabled: canRead });
  const arePeopleGone = CoviuError.is(query.error) && query.error.code === "not_found";
  // The session is probably removed too. Reading it again confirms that.
  useEffect(() => {
    if (arePeopleGone) void refetch();
  }, [arePeopleGone, refetch]);
  const status = useSessionStatus(session);
  const rules = session && status && sessionRules(session, now());
  const reason = rules?.changePeople.reason;
  const isGone = session && (arePeopleGone || (CoviuError.is(missing) && missing.code === "not_found"));
  const lockedReason: UseParticipantListResult["lockedReason"] =
    reason === "ended" || reason === "canceled" ? reason : isGone ? "gone" : undefined;

  const [historyOpen, setHistoryOpen] = useState(false);
  const history = useParticipants(sessionId, { deleted_participants: true }, { enabled: historyOpen });

  const [question, setQuestion] = useState<PeopleQuestion>();
  const [result, setResult] = useState<PeopleResult>();
  const removal = useRemoveParticipant();
  const people = [...hosts(query.data?.content), ...guests(query.data?.content)];
  const isRemoving = useRef(false);

  const { saved } = result ?? {};
  const before = useMemo(() => saved && personDraft(saved), [saved]);
  const stored = people.find(({ participant_id }) => participant_id === saved?.participant_id);
  const after = stored && personDraft(stored);
  const overwritten = useOverwritten(personFields, before, after, query.refetch);

  function ask(next: PeopleQuestion): void {
    removal.reset();
    isRemoving.current = false;
    setResult(undefined);
    setQuestion(next);
  }

  function close(done?: PeopleResult): void {
    setQuestion(undefined);
    setResult(done);
  }

  function remove(): void {
    if (question?.kind !== "remove" || isRemoving.current) return;
    isRemoving.current = true;
    const { participant_id: participantId, display_name: name } = question.person;
    removal.mutate(
      { participantId },
      {
        onSuccess: (removed) => close({ kind: "already" in removed ? "alreadyRemoved" : "removed", name }),
        // The mutation itself checks an unknown outcome.
        onError: ({ outcome }) => outcome === "refused" && void query.refetch(),
        onSettled: () => {
          isRemoving.current = false;
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
    result,
    changes: before &&
      after && {
        before,
        after,
        theirChanges: (result?.theirChanges ?? []).filter((field) => !overwritten.includes(field)),
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
