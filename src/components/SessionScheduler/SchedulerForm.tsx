import {
  type ComponentPropsWithoutRef,
  forwardRef,
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from "react";

import { shownName } from "../../domain/roles.ts";
import { useDebouncedValue } from "../../hooks/useDebouncedValue.ts";
import { useHydrated } from "../../hooks/useHydrated.ts";
import { focusById, focusedNear, isFocusLost } from "../../provider/dom.ts";
import { Form } from "../../ui/Form.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { QueryView, viewState } from "../../ui/QueryView.tsx";
import { maskedProps } from "../../ui/sessionReplay.ts";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import { SchedulerFields } from "./SchedulerFields.tsx";
import { SchedulerNotices } from "./SchedulerNotices.tsx";
import { workingText } from "./schedulerTexts.ts";
import { useSessionSchedulerContext } from "./SessionSchedulerContext.ts";
import { resultTexts, scheduledText } from "./when.ts";

interface SchedulerFormProps extends Omit<ComponentPropsWithoutRef<"div">, "id" | "children"> {
  nameField?: RefObject<HTMLInputElement | null> | undefined;
  children?: ReactNode;
}

/** Notices and fields of the form. Announces the typed times and the outcome. */
export const SchedulerForm = forwardRef<HTMLDivElement, SchedulerFormProps>(function SchedulerForm(
  { nameField, className, children, ...props },
  ref,
) {
  const { form, text, format, id, root } = useSessionSchedulerContext();
  const hydrated = useHydrated();
  const { attempt, busy, scheduled, clash } = form;
  const { isChecking, unconfirmed } = form.kind === "booking" ? form : { isChecking: false, unconfirmed: undefined };
  // Enter in a field presses this button.
  const submitId = unconfirmed ? `${id}-check` : `${id}-submit`;
  useImperativeHandle<HTMLDivElement | null, HTMLDivElement | null>(ref, () => root.current);
  const summary = useRef<HTMLDivElement>(null);
  const { start, end } = form.times;
  const results = useMemo(() => resultTexts({ start, end }, text, format), [start, end, text, format]);
  const clashText = clash && text.clashTitle(shownName(clash.host.display_name) ?? text.host);
  const preview = [...results, ...(clashText ? [clashText] : [])].join(". ");
  const outcome = scheduled ? scheduledText(scheduled, form.kind, text, format) : preview;
  const announcement = useDebouncedValue(outcome);
  const ready = hydrated ? "ready" : "pending";
  const state = form.kind === "edit" ? viewState({ query: form.query, hydrated, isEmpty: undefined }) : ready;

  useEffect(() => {
    if (attempt?.problems.length) summary.current?.focus();
  }, [attempt]);

  // The name gets the focus once an existing session is loaded.
  const before = useRef(state);
  useEffect(() => {
    if (before.current === "pending" && state === "ready") nameField?.current?.focus();
    before.current = state;
  }, [state, nameField]);

  // The pressed button may have been removed with its notice. The field in which Enter was pressed may be disabled.
  useEffect(() => {
    const { current: element } = root;
    if (!element || !(busy || isChecking || scheduled)) return;
    const isLost = isFocusLost(element) || focusedNear(element)?.matches(":disabled");
    if (isLost) focusById(element, busy ? submitId : `${id}-name`);
  }, [root, busy, isChecking, scheduled, submitId, id]);

  const fields = (
    <>
      <SchedulerNotices ref={summary} />
      <SchedulerFields nameField={nameField} results={results} />
    </>
  );
  return (
    <Form
      ref={root}
      role="form"
      submitId={submitId}
      {...maskedProps("coviu-session-scheduler", className)}
      {...props}
      id={id}
      data-state={state}
    >
      <LiveStatus>{announcement}</LiveStatus>
      {/* A check that the user asks for is announced by its notice. */}
      <LiveStatus>{isChecking && !unconfirmed ? text.checkingTitle : ""}</LiveStatus>
      <LiveStatus after={1000}>{busy && !isChecking ? workingText(form, text) : ""}</LiveStatus>
      {form.kind === "edit" ? (
        <QueryView
          query={form.query}
          hydrated={hydrated}
          pending={text.loading}
          renderFailure={(failed) => <InlineFailure {...failed} />}
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
