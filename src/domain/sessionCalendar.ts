import { timeOf } from "../api/instants.ts";
import type { Session } from "../api/schemas.ts";
import { trustedEntryUrl } from "./links.ts";
import { guests, hosts, shownName, visible } from "./roles.ts";

export interface SessionCalendarOptions {
  /** Time at which the text is created. Of two texts for one session, calendars keep the later one. */
  now: Date;
  /**
   * Identifies the event in calendars (`UID`, RFC 5545 section 3.8.4.7). With the same value each time, a moved session
   * replaces the earlier event. It must not contain a `participant_id`, from which the entry link can be built.
   *
   * @default session.session_id
   */
  uid?: string;
  /**
   * Title of the event. Empty for no title.
   *
   * @default session.session_name
   */
  summary?: string;
  /** Description of the event, in any number of lines. */
  description?: string;
  /**
   * Adds the names of the people to the description, hosts first, one per line.
   *
   * @default false
   */
  people?: boolean;
  /**
   * Entry link of the person who receives the text. Anyone with the link enters as that person. It is omitted if its host is
   * not trusted, or if the session is canceled.
   */
  entryUrl?: string | undefined;
  /**
   * Host names that the entry link may lead to.
   *
   * @default the hosts of Coviu
   */
  entryUrlHosts?: readonly string[];
}

/**
 * Formats a session as iCalendar (RFC 5545) with one event, to be saved as `.ics` or sent as `text/calendar; charset=utf-8`.
 * Times are in UTC, the event is private, and a canceled session has `STATUS:CANCELLED`. There is no `METHOD`, which would
 * make it an invitation and need the address of an organizer. Names and entry links are included only if the options request them.
 *
 * Hand-written: one event needs fewer lines than the set-up of a library.
 */
export function sessionCalendar(session: Session, options: SessionCalendarOptions): string {
  const { now, entryUrlHosts } = options;
  const uid = cleanText(options.uid ?? "") || cleanText(session.session_id);
  // Ids of the API are long. Short ids, as in tests, may be part of other texts.
  if (session.participants?.some(({ participant_id: id }) => id.length > 15 && uid.includes(id))) {
    throw new RangeError("uid must not contain a participant_id: anyone with it can enter the session");
  }
  const canceled = Boolean(session.canceled_time);
  const link = canceled ? undefined : trustedEntryUrl(options.entryUrl, entryUrlHosts);
  const summary = shownName(options.summary ?? session.session_name);
  const description = cleanText([options.description ?? "", ...(options.people ? namesIn(session) : [])].join("\n"));
  const [start, end] = [inUtc(session.start_time), inUtc(session.end_time)];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//coviu-react//sessionCalendar//EN",
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${inUtc(now)}`,
    // Many calendars accept a changed event only with a higher number. The API does not count changes of a session.
    `SEQUENCE:${Math.max(0, Math.floor(now.getTime() / 60_000))}`,
    `DTSTART:${start}`,
    // RFC 5545 requires an end after the start.
    end > start && `DTEND:${end}`,
    summary && `SUMMARY:${escaped(summary)}`,
    description && `DESCRIPTION:${escaped(description)}`,
    // Some calendars do not show URL. All of them show a location as a link.
    link && `LOCATION:${escaped(link)}`,
    link && `URL:${link}`,
    `STATUS:${canceled ? "CANCELLED" : "CONFIRMED"}`,
    "CLASS:PRIVATE",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.flatMap((line) => (line ? `${folded(line)}\r\n` : [])).join("");
}

function namesIn({ participants }: Session): string[] {
  return [...hosts(participants), ...guests(participants)].flatMap((person) => shownName(person.display_name) ?? []);
}

/** Formats an instant: "20260111T230000Z". */
function inUtc(instant: string | Date): string {
  return new Date(timeOf(instant)).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** Unifies line breaks and removes invisible characters. */
function cleanText(text: string): string {
  const lines = text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n").replaceAll("\t", " ");
  return visible(lines).trim();
}

/** Escapes characters that would end the value or the line (RFC 5545 section 3.3.11). */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

/** Folds a line at 75 octets of UTF-8, without splitting a character. */
function folded(line: string): string {
  let text = "";
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0) ?? 0);
    if (octets + size > 75) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}

function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
