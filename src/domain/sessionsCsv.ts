import type { Participant, Session } from "../api/schemas.ts";
import { zoneId, zoneNames } from "./formatTime.ts";
import { zoneError } from "./intl.ts";
import { type SessionStatus, sessionStatus } from "./lifecycle.ts";
import { guests, hosts, shownName } from "./roles.ts";
import { dayOf, minutesBetween, toWallClock } from "./wallClock.ts";

/** Column of the table. `minutes` pass between start and end, also over a clock change. `sessionId` is included only if it is named. */
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
  /** IANA zone of the dates and times, for example that of the clinic. */
  timeZone: string;
  /** Time at which the statuses are determined. */
  now: Date;
  /**
   * Columns, in this order.
   *
   * @default all but `sessionId`
   */
  columns?: readonly SessionColumn[];
  /** Headers of the columns, each in place of the English one. */
  headers?: Partial<Record<SessionColumn, string>>;
  /** Names of the statuses, each in place of the English one. */
  statuses?: Partial<Record<SessionStatus, string>>;
  /** Text for a person without a visible name. */
  unnamed?: string;
  /**
   * Separator of the columns. Spreadsheets in much of Europe expect `";"`.
   *
   * @default ","
   */
  separator?: "," | ";";
  /**
   * Begins with a byte order mark. Without it, Excel takes UTF-8 for an older encoding.
   *
   * @default false
   */
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

const defaultColumns: readonly SessionColumn[] = [
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
 * Formats sessions as CSV (RFC 4180): a line of headers, then one line for each session. Dates are `2026-01-12`, times
 * `09:30`, both in `timeZone`. Names are as on the screen, without removed people. An apostrophe is put before a text that a
 * spreadsheet would take for a formula. Entry links and ids of people are never included.
 *
 * Hand-written because libraries for CSV leave formulas as they are.
 */
export function sessionsCsv(sessions: readonly Session[], options: SessionsCsvOptions): string {
  const { timeZone, columns = defaultColumns, separator = ",", bom = false } = options;
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

/** Formats a time: "09:30". */
function timeOf(instant: string, timeZone: string): string {
  const { hour, minute } = toWallClock(instant, timeZone);
  return [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
}

/** Formats the offset: "UTC+11". When clocks go back, only the offset distinguishes two equal local times. */
function offsetOf(instant: string, timeZone: string): string {
  return zoneNames(instant, { locale: "en", timeZone }).offset;
}

function namesOf(people: readonly Participant[], unnamed: string): string {
  return people.map((person) => shownName(person.display_name) ?? unnamed).join("; ");
}

/**
 * Matches the position before a formula: at the start of a cell, also after characters that a spreadsheet skips, and after
 * every character that starts a cell in a program with other separators or quotes. Full-width and small signs count too.
 * The sign is matched before the lookbehind, so that a long text takes linear time.
 */
const formula =
  /(?=[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b])(?<=^[\s"'\p{DI}]*|[,;|"\t\r\n][\s\p{DI}]*)/gu;

function quoted(text: string): string {
  return `"${text.replace(formula, "'").replaceAll('"', '""')}"`;
}
