import type { ReactNode } from "react";

import type { Participant } from "../../api/schemas.ts";
import { shownName } from "../../domain/roles.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { Icon } from "../../ui/Icon.tsx";
import { QueryView, type QueryViewProps } from "../../ui/QueryView.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import type { ParticipantListMessages } from "./messages.ts";
import { PersonFace } from "./ParticipantRow.tsx";

export interface RemovedPeopleProps {
  open: boolean;
  setOpen: (open: boolean) => void;
  query: QueryViewProps<unknown>["query"];
  people: readonly Participant[] | undefined;
  text: ParticipantListMessages;
}

/** Removed people, with the time of the removal. They are read when the section is opened. */
export function RemovedPeople({ open, setOpen, query, people, text }: RemovedPeopleProps) {
  const format = useFormat();
  return (
    <details className="coviu-details" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="coviu-disclosure">
        <Icon name="next" flip />
        {people ? text.historyCount(people.length) : text.history}
      </summary>
      {open && (
        <QueryView
          query={query}
          hydrated
          pending={text.loading}
          renderFailure={(failed) => <InlineFailure {...failed} />}
          skeleton={<SkeletonRows rows={1} kind="participant" />}
        >
          {() => (
            <ul className="coviu-participants" hidden={!people?.length}>
              {people?.map((person) => (
                <li key={person.participant_id} className="coviu-participant" data-state="removed">
                  <PersonFace
                    person={person}
                    name={shownName(person.display_name) ?? text.unnamed}
                    text={text}
                    hint={removedAt(person.deleted_at)}
                  />
                </li>
              ))}
            </ul>
          )}
        </QueryView>
      )}
    </details>
  );

  function removedAt(instant: string | undefined): ReactNode {
    if (!instant || Number.isNaN(Date.parse(instant))) return undefined;
    const [day, time] = [format.day(instant), format.time(instant)];
    return renderIsolated(text.removedAt({ day, time }), [day, time]);
  }
}
