import { timeOf } from "../api/instants.ts";
import type { Session } from "../api/schemas.ts";

/** Longest session that the API accepts, in minutes. */
export const maxSessionMinutes = 12 * 60;

export type SessionTimes = Pick<Session, "start_time" | "end_time" | "canceled_time">;

export type SessionStatus = "scheduled" | "active" | "ended" | "canceled";

/** Why something may not be done to a session now. */
export type RuleReason = "canceled" | "ended" | "started" | "not-started";

export interface Rule {
  allowed: boolean;
  /** Set where it is not allowed. */
  reason: RuleReason | undefined;
}

/** What may be done to a session at a given moment. */
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

/** Where a session stands, and the moment at which that will change by itself. */
export function sessionStatus(
  session: SessionTimes,
  now: Date,
): { status: SessionStatus; changesAt: Date | undefined } {
  if (session.canceled_time) return { status: "canceled", changesAt: undefined };
  const start = new Date(timeOf(session.start_time));
  const end = new Date(timeOf(session.end_time));
  if (now < start) return { status: "scheduled", changesAt: start };
  if (now < end) return { status: "active", changesAt: end };
  return { status: "ended", changesAt: undefined };
}

/** What may be done to a session at a time, and the reason where something may not. */
export function sessionRules(session: SessionTimes, now: Date): SessionRules {
  return rulesOf(sessionStatus(session, now).status);
}

/** What may be done to a session with a status. */
export function rulesOf(status: SessionStatus): SessionRules {
  const over = status === "canceled" || status === "ended" ? status : undefined;
  const whileOpen = rule(over);
  const beforeStart = rule(status === "active" ? "started" : over);
  return {
    edit: whileOpen,
    move: beforeStart,
    cancel: beforeStart,
    addPeople: whileOpen,
    changePeople: whileOpen,
    removePeople: whileOpen,
    join: rule(status === "scheduled" ? "not-started" : over),
  };
}

export interface ProposedTimes {
  start: string | Date;
  end: string | Date;
  now: Date;
  /** Whether the start is new: that of a running session may stay in the past. */
  startMoved: boolean;
}

/** What is wrong with the times of a session about to be booked or changed; `undefined` if nothing is. */
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
