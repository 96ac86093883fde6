import { timeOf } from "../api/instants.ts";
import type { Session } from "../api/schemas.ts";

/** Longest session that the API accepts, in minutes. */
export const maxSessionMinutes = 12 * 60;

export type SessionTimes = Pick<Session, "start_time" | "end_time" | "canceled_time">;

export type SessionStatus = "scheduled" | "active" | "ended" | "canceled";

/** Reason why a session can't be changed in some way now. */
export type RuleReason = "canceled" | "ended" | "started" | "not-started";

export interface Rule {
  allowed: boolean;
  /** Set if it is not allowed. */
  reason: RuleReason | undefined;
}

/** Changes of a session that are allowed at a given time. */
export interface SessionRules {
  /** Change its name, picture or end. */
  edit: Rule;
  /** Change its start. */
  move: Rule;
  cancel: Rule;
  addPeople: Rule;
  changePeople: Rule;
  removePeople: Rule;
  join: Rule;
}

/** Returns the status of a session, and the time at which the clock changes it. */
export function sessionStatus(
  session: SessionTimes,
  now: Date,
): { status: SessionStatus; changesAt: Date | undefined } {
  return statusAt(session, new Date(timeOf(session.start_time)), new Date(timeOf(session.end_time)), now);
}

/** Returns the status of a session whose start and end are read already. All times are dates, or all are in ms since 1970. */
export function statusAt<Time extends number | Date>(
  session: Pick<Session, "canceled_time">,
  start: Time,
  end: Time,
  now: Time,
): { status: SessionStatus; changesAt: Time | undefined } {
  if (session.canceled_time) return { status: "canceled", changesAt: undefined };
  if (now < start) return { status: "scheduled", changesAt: start };
  if (now < end) return { status: "active", changesAt: end };
  return { status: "ended", changesAt: undefined };
}

/**
 * Returns the changes of a session that are allowed at a time, and the reason for each that is not.
 *
 * @example
 * const { cancel } = sessionRules(session, new Date());
 * if (!cancel.allowed) console.log(cancel.reason);
 */
export function sessionRules(session: SessionTimes, now: Date): SessionRules {
  return rulesOf(sessionStatus(session, now).status);
}

/** Returns the changes that are allowed in a status. */
export function rulesOf(status: SessionStatus): SessionRules {
  const closed = status === "canceled" || status === "ended" ? status : undefined;
  const whileOpen = rule(closed);
  const beforeStart = rule(status === "active" ? "started" : closed);
  return {
    edit: whileOpen,
    move: beforeStart,
    cancel: beforeStart,
    addPeople: whileOpen,
    changePeople: whileOpen,
    removePeople: whileOpen,
    join: rule(status === "scheduled" ? "not-started" : closed),
  };
}

export interface ProposedTimes {
  start: string | Date;
  end: string | Date;
  now: Date;
  /** Whether the start is new. The start of a running session may stay in the past. */
  startMoved: boolean;
}

/** Checks the times of a session before it is booked or changed. Returns `undefined` if they are valid. */
export function checkTimes({
  start,
  end,
  now,
  startMoved,
}: ProposedTimes): "start-in-past" | "end-before-start" | undefined {
  const startTime = timeOf(start);
  if (startMoved && !(startTime > now.getTime())) return "start-in-past";
  if (!(timeOf(end) > startTime)) return "end-before-start";
  return undefined;
}

function rule(reason: RuleReason | undefined): Rule {
  return { allowed: reason === undefined, reason };
}
