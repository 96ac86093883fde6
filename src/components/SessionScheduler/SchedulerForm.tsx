import {
  type ComponentPropsWithoutRef,
  type FormEvent,
  forwardRef,
  type ReactNode,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";

import { formatDay, formatTime, type Zoned, zoneNames } from "../../domain/formatTime.ts";
import { presentPeople } from "../../domain/roles.ts";
import { useHydrated } from "../../hooks/useHydrated.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { Button } from "../../ui/Button.tsx";
import { classes } from "../../ui/classes.ts";
import { TextField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { QueryView, viewState } from "../../ui/QueryView.tsx";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { FailureNotice } from "../Failure/FailureNotice.tsx";
import { failureText } from "../Failure/failureText.ts";
import { failureMessages } from "../Failure/messages.ts";
import { useQuiet } from "../SessionList/useQuiet.ts";
import type { SessionSchedulerMessages } from "./messages.ts";
import { PeopleFields } from "./PeopleFields.tsx";
import { problemText } from "./problemText.ts";
import { UnconfirmedNotice } from "./UnconfirmedNotice.tsx";
import type { useSessionScheduler } from "./useSessionScheduler.ts";
import { shownTimes, viewerTimes } from "./when.ts";
import { WhenFields } from "./WhenFields.tsx";

export type Scheduler = ReturnType<typeof useSessionScheduler>;

/** What each part of the form is given. */
export interface SchedulerPartProps {
  scheduler: Scheduler;
  text: SessionSchedulerMessages;
  zoned: Zoned;
  /** Of the form; those of its fields begin with it. */
  id: string;
  /** What is wrong with a field, after an attempt to send. */
  errorOf: (field: string) => string | undefined;
}

interface SchedulerFormProps
  extends Omit<ComponentPropsWithoutRef<"form">, "id" | "children">, Omit<SchedulerPartProps, "errorOf"> {
  nameField?: RefObject<HTMLInputElement | null> | undefined;
  children?: ReactNode;
}

/** The fields, with what stands in the way above them and what they come to in words. */
export const SchedulerForm = forwardRef<HTMLFormElement, SchedulerFormProps>(function SchedulerForm(
  { scheduler, text, zoned, id, nameField, className, children, ...props },
  ref,
) {
  const failure = useMessages("failure", failureMessages, undefined);
  const hydrated = useHydrated();
  const { query, editing, attempt, busy, booked } = scheduler;
  const summary = useRef<HTMLDivElement>(null);
  const spoken = useQuiet(
    booked ? bookedText(booked, editing, text, zoned) : resultTexts(scheduler, text, zoned).join(". "),
  );
  const state = editing ? viewState({ query, hydrated, isEmpty: undefined }) : hydrated ? "ready" : "pending";

  useEffect(() => {
    if (attempt?.problems.length) summary.current?.focus();
  }, [attempt]);

  // A session that had to be read first.
  const before = useRef(state);
  useEffect(() => {
    if (before.current === "pending" && state === "ready") nameField?.current?.focus();
    before.current = state;
  }, [state, nameField]);

  // The button that was pressed may have gone with its notice.
  useEffect(() => {
    if (document.activeElement !== document.body || !(busy || booked)) return;
    document.getElementById(`${id}-${busy ? "submit" : "name"}`)?.focus();
  }, [busy, booked, id]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    scheduler.submit();
  }

  const fields = <Fields {...{ scheduler, text, zoned, id, nameField, summary }} />;
  return (
    <form
      ref={ref}
      noValidate
      {...props}
      id={id}
      className={classes("coviu coviu-session-scheduler", className)}
      data-state={state}
      onSubmit={submit}
    >
      <LiveStatus>{spoken}</LiveStatus>
      {editing ? (
        <QueryView
          query={query}
          hydrated={hydrated}
          text={{ pending: text.loading, retry: failure.retry }}
          errorText={(error) => failureText(error, failure, "read")}
          skeleton={<SkeletonRows rows={3} kind="details" />}
        >
          {() => fields}
        </QueryView>
      ) : (
        fields
      )}
      {children}
    </form>
  );
});

interface FieldsProps extends Omit<SchedulerPartProps, "errorOf"> {
  nameField: RefObject<HTMLInputElement | null> | undefined;
  summary: RefObject<HTMLDivElement | null>;
}

function Fields({ scheduler, text, zoned, id, nameField, summary }: FieldsProps) {
  const { draft, change, session, status, editing, editable, movable, error, unconfirmed, booked } = scheduler;
  const [open, setOpen] = useState(false);
  const shown = (problem: Scheduler["problems"][number]) => problemText(problem, text, zoned);
  const errorOf = (field: string) => {
    const problem = scheduler.problems.find((found) => found.field === field);
    return problem && shown(problem);
  };
  const part = { scheduler, text, zoned, id, errorOf };
  const over = status === "ended" || status === "canceled" ? text.over[status] : undefined;
  const current = session && shownTimes(session.start_time, session.end_time, zoned);
  const results = resultTexts(scheduler, text, zoned);
  const moreOpen = open || errorOf("picture") !== undefined;

  return (
    <>
      {booked && (
        <Notice tone="success">
          <bdi>{bookedText(booked, editing, text, zoned)}</bdi>
        </Notice>
      )}
      {scheduler.summary && (
        <Notice
          ref={summary}
          tone="danger"
          role="alert"
          tabIndex={-1}
          title={text.problems({ count: scheduler.summary.length, editing })}
        >
          <ul className="coviu-error-list">
            {scheduler.summary.map((problem) => (
              <li key={problem.field + problem.code} className="coviu-error">
                <a
                  className="coviu-link"
                  href={`#${id}-${problem.field}`}
                  onClick={(event) => {
                    event.preventDefault();
                    document.getElementById(`${id}-${problem.field}`)?.focus();
                  }}
                >
                  {shown(problem)}
                </a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {unconfirmed && <UnconfirmedNotice {...unconfirmed} text={text} />}
      {error !== undefined && <FailureNotice error={error} kind="write" />}
      {over ? (
        <Notice tone="warning">
          <span id={`${id}-over`}>{over}</span>
        </Notice>
      ) : (
        current && (
          <p className="coviu-text">
            {text.current(`${current.day}, ${current.times}`)} {movable ? text.keepLinks : text.cannotMove}
          </p>
        )
      )}
      <TextField
        ref={nameField}
        id={`${id}-name`}
        label={text.name}
        value={draft.name}
        readOnly={!editable}
        error={errorOf("name")}
        onChange={(event) => change({ name: event.target.value })}
      />
      <WhenFields {...part} />
      {results.length > 0 && (
        <div className="coviu-facts">
          {results.map((words, index) => (
            <p key={words} className="coviu-fact">
              <Icon name={index === 0 ? "clock" : "globe"} />
              <bdi className={index === 0 ? "coviu-strong" : undefined}>{words}</bdi>
            </p>
          ))}
        </div>
      )}
      {!editing && <PeopleFields {...part} />}
      <div className="coviu-stack">
        <div className="coviu-row">
          <Button
            variant="quiet"
            size="small"
            icon="down"
            aria-expanded={moreOpen}
            aria-controls={moreOpen ? `${id}-options` : undefined}
            onClick={() => setOpen(!moreOpen)}
          >
            {text.options}
          </Button>
        </div>
        {moreOpen && (
          <div className="coviu-stack" data-gap="wide" id={`${id}-options`}>
            <TextField
              id={`${id}-picture`}
              label={text.sessionPicture}
              hint={text.pictureHint}
              inputMode="url"
              value={draft.picture}
              readOnly={!editable}
              error={errorOf("picture")}
              onChange={(event) => change({ picture: event.target.value })}
            />
            {!editing && (
              <TextField
                id={`${id}-flags`}
                label={text.flags}
                hint={text.flagsHint}
                multiline
                rows={3}
                value={draft.flags}
                onChange={(event) => change({ flags: event.target.value })}
              />
            )}
          </div>
        )}
      </div>
    </>
  );
}

/** What the typed times come to, here and where the reader is. */
function resultTexts({ times: { start, end } }: Scheduler, text: SessionSchedulerMessages, zoned: Zoned): string[] {
  if (!start || !end || Date.parse(end) <= Date.parse(start)) return [];
  const elsewhere = viewerTimes(start, end, zoned);
  return [text.result(shownTimes(start, end, zoned, true)), ...(elsewhere ? [text.elsewhere(elsewhere)] : [])];
}

function bookedText(
  { start_time, participants }: NonNullable<Scheduler["booked"]>,
  editing: boolean,
  text: SessionSchedulerMessages,
  zoned: Zoned,
): string {
  const body = text.bookedBody({
    day: formatDay(start_time, zoned),
    time: formatTime(start_time, zoned),
    city: zoneNames(start_time, zoned).city,
    links: presentPeople(participants).length,
  });
  return editing ? text.saved : `${text.booked} ${body}`;
}
