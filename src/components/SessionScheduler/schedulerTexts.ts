import { shownName } from "../../domain/roles.ts";
import type { SessionSchedulerMessages } from "./messages.ts";
import type { UseSessionSchedulerResult } from "./useSessionScheduler.ts";

/**
 * Returns the title of the form.
 *
 * @param mark Marks the name of the session in the title. @default none
 */
export function titleOf(
  form: UseSessionSchedulerResult,
  text: SessionSchedulerMessages,
  mark = (name: string) => name,
): string {
  if (form.kind === "booking") return text.title;
  const { existing, canMove } = form;
  return existing
    ? text.editTitle({ name: mark(shownName(existing.session_name) ?? text.untitled), movable: canMove })
    : text.edit;
}

/** Returns the label of the submit button while a request is being sent or checked. */
export function workingText(form: UseSessionSchedulerResult, text: SessionSchedulerMessages): string {
  if (form.kind === "booking") return form.isChecking ? text.checkingShort : text.booking;
  return form.moves ? text.moving : text.saving;
}

/** Returns the label of the submit button. */
export function submitText(form: UseSessionSchedulerResult, text: SessionSchedulerMessages): string {
  if (form.busy) return workingText(form, text);
  if (form.kind === "booking") return text.book;
  return form.moves ? text.move : text.save;
}
