import {
  type ComponentPropsWithoutRef,
  forwardRef,
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
} from "react";

import type { Zoned } from "../../domain/formatTime.ts";
import { shownName } from "../../domain/roles.ts";
import { useHydrated } from "../../hooks/useHydrated.ts";
import { focusById, focusedNear, isFocusLost } from "../../provider/dom.ts";
import { Form } from "../../ui/Form.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { QueryView, viewState } from "../../ui/QueryView.tsx";
import { masked } from "../../ui/recorders.ts";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { words } from "../../ui/words.tsx";
import { FailureNotice } from "../Failure/FailureNotice.tsx";
import { useQuiet } from "../SessionList/useQuiet.ts";
import type { SessionSchedulerMessages } from "./messages.ts";
import { problemText, problemTimes } from "./problemText.ts";
import { SchedulerFields } from "./SchedulerFields.tsx";
import { SchedulerNotices } from "./SchedulerNotices.tsx";
import type { useSessionScheduler } from "./useSessionScheduler.ts";
import { bookedText, resultTexts } from "./when.ts";

export type Scheduler = ReturnType<typeof useSessionScheduler>;

/** What each part of the form is given. */
export interface SchedulerPartProps {
  scheduler: Scheduler;
  text: SessionSchedulerMessages;
  zoned: Zoned;
  /** Of the form; those of its fields begin with it. */
  id: string;
  /** What is wrong with a field, after an attempt to send. */
  errorOf: (field: string) => ReactNode;
  focusField: (field: string) => void;
}

interface SchedulerFormProps
  extends Omit<ComponentPropsWithoutRef<"div">, "id" | "children">, Omit<SchedulerPartProps, "errorOf" | "focusField"> {
  nameField?: RefObject<HTMLInputElement | null> | undefined;
  children?: ReactNode;
}

/** What is being done, as the button says it. */
export function workingText({ editing, moves, isChecking }: Scheduler, text: SessionSchedulerMessages): string {
  if (!editing) return isChecking ? text.checkingShort : text.booking;
  return moves ? text.moving : text.saving;
}

/** The fields, with what stands in the way above them and what they come to in words. */
export const SchedulerForm = forwardRef<HTMLDivElement, SchedulerFormProps>(function SchedulerForm(
  { scheduler, text, zoned, id, nameField, className, children, ...props },
  ref,
) {
  const hydrated = useHydrated();
  const { query, editing, attempt, busy, booked, isChecking, unconfirmed, clash } = scheduler;
  const root = useRef<HTMLDivElement>(null);
  useImperativeHandle<HTMLDivElement | null, HTMLDivElement | null>(ref, () => root.current);
  const summary = useRef<HTMLDivElement>(null);
  const results = resultTexts(scheduler.times, text, zoned);
  if (clash) results.push(text.clashTitle(shownName(clash.host.display_name) ?? text.host));
  const spoken = useQuiet(booked ? bookedText(booked, editing, text, zoned) : results.join(". "));
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

  // The button that was pressed may have gone with its notice, and the field in which Enter was pressed is locked.
  useEffect(() => {
    const { current: form } = root;
    if (!form || !(busy || isChecking || booked)) return;
    const isLost = isFocusLost(form) || focusedNear(form)?.matches(":disabled");
    if (isLost) focusById(form, `${id}-${busy ? "submit" : "name"}`);
  }, [busy, isChecking, booked, id]);

  function focusField(field: string): void {
    focusById(root.current, `${id}-${field}`);
  }

  function errorOf(field: string): ReactNode {
    const problem = scheduler.problems.find((found) => found.field === field);
    return problem && words(problemText(problem, text, zoned), problemTimes(problem, zoned));
  }

  const part = { scheduler, text, zoned, id, focusField };
  const fields = (
    <>
      <SchedulerNotices ref={summary} {...part} />
      <SchedulerFields {...part} errorOf={errorOf} nameField={nameField} />
    </>
  );
  return (
    <Form
      ref={root}
      role="form"
      submitId={`${id}-submit`}
      {...masked("coviu-session-scheduler", className)}
      {...props}
      id={id}
      data-state={state}
    >
      <LiveStatus>{spoken}</LiveStatus>
      {/* Looking again is told where it was asked for. */}
      <LiveStatus>{isChecking && !unconfirmed ? text.checkingTitle : ""}</LiveStatus>
      <LiveStatus after={1000}>{busy && !isChecking ? workingText(scheduler, text) : ""}</LiveStatus>
      {editing ? (
        <QueryView
          query={query}
          hydrated={hydrated}
          pending={text.loading}
          renderFailure={(failed) => <FailureNotice {...failed} />}
          skeleton={<SkeletonRows rows={3} kind="details" />}
        >
          {() => fields}
        </QueryView>
      ) : (
        fields
      )}
      {children}
    </Form>
  );
});
