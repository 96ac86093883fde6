import type { Participant, Session } from "../api/schemas.ts";
import { zoneId, zoneNames } from "./formatTime.ts";
import { zoneError } from "./intl.ts";
import { type SessionStatus, sessionStatus } from "./lifecycle.ts";
import { guests, hosts, shownName } from "./roles.ts";
import { dayOf, minutesBetween, toWallClock } from "./wallClock.ts";

/** A column of the table. `minutes` really pass, also over a clock change; `sessionId` is only there if it is named. */
export type SessionColumn =
  | "name"
  | "status"
  | "startDate"
  | "startTime"
  | "endDate"
  | "endTime"
  | "minutes"
  | "timeZone"
  | "utcOffset"
  | "hosts"
  | "guests"
  | "sessionId";

export interface SessionsCsvOptions {
  /** The IANA zone in which dates and times are written: the clinic's. */
  timeZone: string;
  /** The moment for which the statuses hold. */
  now: Date;
  /** Which columns, in this order; all but `sessionId` if left out. */
  columns?: readonly SessionColumn[];
  /** What stands above the columns, each instead of the English. */
  headers?: Partial<Record<SessionColumn, string>>;
  /** What the statuses are called, each instead of the English. */
  statuses?: Partial<Record<SessionStatus, string>>;
  /** What stands for a person whose name can't be seen. */
  unnamed?: string;
  /** `";"` where spreadsheets expect it, as in much of Europe; a comma if left out. */
  separator?: "," | ";";
  /** Begins with a byte order mark, without which Excel takes UTF-8 for an older encoding. */
  bom?: boolean;
}

const englishHeaders: Record<SessionColumn, string> = {
  name: "Session",
  status: "Status",
  startDate: "Start date",
  startTime: "Start time",
  endDate: "End date",
  endTime: "End time",
  minutes: "Minutes",
  timeZone: "Time zone",
  utcOffset: "UTC offset",
  hosts: "Hosts",
  guests: "Guests",
  sessionId: "Session ID",
};

const englishStatuses: Record<SessionStatus, string> = {
  scheduled: "Scheduled",
  active: "Active",
  ended: "Ended",
  canceled: "Canceled",
};

const usualColumns: readonly SessionColumn[] = [
  "name",
  "status",
  "startDate",
  "startTime",
  "endDate",
  "endTime",
  "minutes",
  "timeZone",
  "utcOffset",
  "hosts",
  "guests",
];

/**
 * Sessions, as lists give them, as a table for a spreadsheet: CSV as in RFC 4180, a line of headers, then one for each.
 * Dates are `2026-01-12`, times `09:30`, both in `timeZone`. Names are as on the screen, without people who have been
 * removed. An apostrophe stands before what a spreadsheet would take for a formula. Entry links and people's ids are
 * never in it.
 */
export function sessionsCsv(sessions: readonly Session[], options: SessionsCsvOptions): string {
  const { timeZone, columns = usualColumns, separator = ",", bom = false } = options;
  const error = zoneError(timeZone);
  if (error) throw error;
  const table = [{ ...englishHeaders, ...options.headers }, ...sessions.map((session) => cellsOf(session, options))];
  const lines = table.map((cells) => columns.map((column) => quoted(cells[column])).join(separator));
  return `${bom ? "\ufeff" : ""}${lines.join("\r\n")}\r\n`;
}

function cellsOf(session: Session, options: SessionsCsvOptions): Record<SessionColumn, string> {
  const { timeZone, now, unnamed = "Person without a name" } = options;
  const { start_time, end_time, participants } = session;
  return {
    name: shownName(session.session_name) ?? "",
    status: { ...englishStatuses, ...options.statuses }[sessionStatus(session, now).status],
    startDate: dayOf(start_time, timeZone),
    startTime: timeOf(start_time, timeZone),
    endDate: dayOf(end_time, timeZone),
    endTime: timeOf(end_time, timeZone),
    minutes: String(minutesBetween(start_time, end_time)),
    timeZone: zoneId(timeZone),
    utcOffset: [...new Set([offsetOf(start_time, timeZone), offsetOf(end_time, timeZone)])].join(" / "),
    hosts: namesOf(hosts(participants), unnamed),
    guests: namesOf(guests(participants), unnamed),
    sessionId: shownName(session.session_id) ?? "",
  };
}

/** "09:30" */
function timeOf(instant: string, timeZone: string): string {
  const { hour, minute } = toWallClock(instant, timeZone);
  return [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
}

/** "UTC+11": of two times that look the same where clocks go back, only this tells which. */
function offsetOf(instant: string, timeZone: string): string {
  return zoneNames(instant, { locale: "en", timeZone }).offset;
}

function namesOf(people: readonly Participant[], unnamed: string): string {
  return people.map((person) => shownName(person.display_name) ?? unnamed).join("; ");
}

/**
 * Before what begins a formula: at the start of a cell, also after what a spreadsheet skips, and after anything that
 * begins a cell in a program which expects other separators or quotes. Full-width and small signs count as well. The sign
 * is looked for first: what is before it is then read once, however long it is.
 */
const formula =
  /(?=[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])(?<=^[\s"'\p{DI}]*|[,;|"\t\r\n][\s\p{DI}]*)/gu;

function quoted(text: string): string {
  return `"${text.replace(formula, "'").replaceAll('"', '""')}"`;
}
