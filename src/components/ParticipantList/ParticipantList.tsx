import { type ComponentPropsWithoutRef, forwardRef, useId, useRef } from "react";

import type { Participant } from "../../api/schemas.ts";
import { nameKey } from "../../domain/names.ts";
import { guests, isolated, shownName, visible } from "../../domain/roles.ts";
import { useHydrated } from "../../hooks/useHydrated.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { QueryView, viewState } from "../../ui/QueryView.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { maskedProps } from "../../ui/sessionReplay.ts";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { OverwrittenNotice } from "../EditConflict/OverwrittenNotice.tsx";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import { personLabels, shownPerson } from "../person/personTexts.ts";
import { type ParticipantListMessages, participantListMessages } from "./messages.ts";
import { ParticipantRow } from "./ParticipantRow.tsx";
import { PersonDialog } from "./PersonDialog.tsx";
import { RemovedPeople } from "./RemovedPeople.tsx";
import { RemoveQuestion } from "./RemoveQuestion.tsx";
import { useParticipantList } from "./useParticipantList.ts";

export interface ParticipantListProps extends Omit<ComponentPropsWithoutRef<"section">, "children"> {
  /** Session whose people are shown. */
  sessionId: string;
  /** Level of the heading. @default 3 */
  headingLevel?: 2 | 3 | 4 | undefined;
  /** Texts in place of those of the provider. @default the texts of the provider, else English ones */
  messages?: Partial<ParticipantListMessages> | undefined;
}

/** Participants of a session: adds, changes and removes them, and copies the entry link of each. */
export const ParticipantList = forwardRef<HTMLElement, ParticipantListProps>(function ParticipantList(
  { sessionId, headingLevel = 3, messages, className, ...props },
  ref,
) {
  const text = useMessages("participantList", participantListMessages, messages);
  const hydrated = useHydrated();
  const list = useParticipantList(sessionId);
  const { query, people, question } = list;
  const headingId = useId();
  const lockedId = useId();
  const addButton = useRef<HTMLButtonElement>(null);
  const rows = useRef<HTMLUListElement>(null);
  const Heading = `h${headingLevel}` as const;

  const isEmpty = () => people.length === 0;
  const state = viewState({ query, hydrated, isEmpty });
  const { lockedReason, changes } = list;
  const names = namesOf(people, text);
  const guestNames = guests(people).flatMap((person) => shownName(person.display_name) ?? []);

  /** Element that gets the focus when a row is removed: in the next row, else in the last row, else the button at the top. */
  function nextRow(index: number): HTMLElement | null {
    const row = rows.current?.children[Math.min(index, rows.current.children.length - 1)];
    return row?.querySelector<HTMLElement>("[data-action=remove]") ?? addButton.current;
  }

  return (
    <section
      ref={ref}
      aria-labelledby={headingId}
      {...maskedProps("coviu-section coviu-participant-list", className)}
      {...props}
      data-state={state}
      aria-busy={state === "pending"}
    >
      <div className="coviu-row" data-align="between">
        <Heading className="coviu-heading" id={headingId}>
          {text.title} {hydrated && query.data && <span className="coviu-count">{people.length}</span>}
        </Heading>
        <Button
          ref={addButton}
          size="small"
          icon="person-add"
          reason={lockedReason && lockedId}
          onClick={() => list.ask({ kind: "add" })}
        >
          {text.add}
        </Button>
      </div>
      {lockedReason && (
        <Notice shape="line" icon="lock">
          <span id={lockedId}>{text.locked[lockedReason]}</span>
        </Notice>
      )}
      <LiveStatus visible>
        {list.result && (
          <Notice shape="line" tone="success">
            {renderIsolated(text[list.result.kind](isolated(shownName(list.result.name) ?? text.unnamed)))}
            {changes?.theirChanges.map((field) => {
              const value = shownPerson(changes.after, text)[field];
              return (
                <bdi key={field}>
                  {" "}
                  {renderIsolated(
                    text.changedBesides({
                      label: personLabels(text)[field],
                      value: value && isolated(visible(value)),
                    }),
                  )}
                </bdi>
              );
            })}
          </Notice>
        )}
      </LiveStatus>
      {changes && (
        <OverwrittenNotice
          fields={changes.overwritten}
          labels={personLabels(text)}
          mine={shownPerson(changes.before, text)}
          theirs={shownPerson(changes.after, text)}
        />
      )}
      <QueryView
        // A locked session can't be read. The notice above already gives the reason.
        query={lockedReason ? { ...query, error: query.data ? null : query.error } : query}
        hydrated={hydrated}
        pending={text.loading}
        renderFailure={(failed) => <InlineFailure {...failed} title={text.failed} />}
        skeleton={<SkeletonRows rows={3} kind="participant" />}
        isEmpty={isEmpty}
        empty={
          <div className="coviu-empty">
            <Icon name="person-add" />
            <p className="coviu-strong">{text.empty}</p>
            {!lockedReason && <p className="coviu-hint">{text.emptyHint}</p>}
          </div>
        }
      >
        {() => (
          <ul className="coviu-participants" ref={rows}>
            {people.map((person, index) => (
              <ParticipantRow
                key={person.participant_id}
                person={person}
                name={names[index] ?? text.unnamed}
                text={text}
                guestNames={guestNames}
                session={list.session}
                lockedById={lockedReason && lockedId}
                onAsk={list.ask}
              />
            ))}
          </ul>
        )}
      </QueryView>
      {(state === "ready" || state === "empty") && (!lockedReason || lockedReason === "ended") && (
        <RemovedPeople {...list.history} text={text} />
      )}
      {question && question.kind !== "remove" && (
        <PersonDialog
          sessionId={sessionId}
          person={question.kind === "edit" ? question.person : undefined}
          text={text}
          lockedReason={lockedReason && text.locked[lockedReason]}
          onClose={list.close}
          returnFocus={addButton}
        />
      )}
      {question?.kind === "remove" && (
        <RemoveQuestion
          name={shownName(question.person.display_name) ?? text.unnamed}
          text={text}
          lockedReason={lockedReason && text.locked[lockedReason]}
          removal={list.removal}
          onRemove={list.remove}
          onClose={list.close}
          position={people.indexOf(question.person)}
          nextRow={nextRow}
        />
      )}
    </section>
  );
});

/** Names to show. A second person of the same name gets a number, so that entry links are not mixed up. */
function namesOf(people: readonly Participant[], text: ParticipantListMessages): string[] {
  const counts = new Map<string, number>();
  return people.map(({ display_name }) => {
    const name = shownName(display_name) ?? text.unnamed;
    const number = (counts.get(nameKey(name)) ?? 0) + 1;
    counts.set(nameKey(name), number);
    return number === 1 ? name : text.sameName({ name, number });
  });
}
