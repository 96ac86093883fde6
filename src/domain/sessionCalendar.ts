import { timeOf } from "../api/instants.ts";
import type { Session } from "../api/schemas.ts";
import { trustedEntryUrl } from "./links.ts";
import { guests, hosts, shownName, visible } from "./roles.ts";

export interface SessionCalendarOptions {
  /** When the text is made. Of two for the same session, calendars keep the later one. */
  now: Date;
  /**
   * Identifies the event in calendars (`UID`, RFC 5545 section 3.8.4.7). With the same value each time, a moved session
   * replaces the earlier event. It must not contain a `participant_id`, from which the entry link can be built.
   *
   * @default session.session_id
   */
  uid?: string;
  /** The event's title, instead of the session's name; none if it is empty. */
  summary?: string;
  /** Words of yours, in as many lines as you like. */
  description?: string;
  /** Adds the names of the people present to the description, hosts first, a line each. */
  people?: boolean;
  /**
   * The entry link of the one person who gets this text: whoever has it enters as that person. Left out of the event
   * where it leads to a host that is not trusted, and where the session is canceled.
   */
  entryUrl?: string | undefined;
  /** Hosts that the link may lead to; the vendor's if left out. */
  entryUrlHosts?: readonly string[];
}

/**
 * A session as iCalendar (RFC 5545) with one event, to be saved as `.ics` or sent as `text/calendar; charset=utf-8`.
 * Times are in UTC, the event is marked private, and a canceled session has `STATUS:CANCELLED`. There is no `METHOD`:
 * that would make it an invitation, which has to name an organizer's address. Names and links only as the options say.
 */
export function sessionCalendar(session: Session, options: SessionCalendarOptions): string {
  const { now, entryUrlHosts } = options;
  const uid = plain(options.uid ?? "") || plain(session.session_id);
  // Ids of the API are long; a short one, as tests have them, may be part of anything.
  if (session.participants?.some(({ participant_id: id }) => id.length > 15 && uid.includes(id))) {
    throw new RangeError("uid must not hold a participant_id: whoever has that can enter the session");
  }
  const canceled = Boolean(session.canceled_time);
  const link = canceled ? undefined : trustedEntryUrl(options.entryUrl, entryUrlHosts);
  const summary = shownName(options.summary ?? session.session_name);
  const description = plain([options.description ?? "", ...(options.people ? namesIn(session) : [])].join("\n"));
  const [start, end] = [inUtc(session.start_time), inUtc(session.end_time)];
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//coviu-react//sessionCalendar//EN",
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${inUtc(now)}`,
    // Many calendars take a text for news only if this has grown; nothing in a session counts its changes.
    `SEQUENCE:${Math.max(0, Math.floor(now.getTime() / 60_000))}`,
    `DTSTART:${start}`,
    // An end that is not after the start is not allowed.
    end > start && `DTEND:${end}`,
    summary && `SUMMARY:${escaped(summary)}`,
    description && `DESCRIPTION:${escaped(description)}`,
    // Not every calendar shows URL; every one makes a link of the place.
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

/** "20260111T230000Z" */
function inUtc(instant: string | Date): string {
  return new Date(timeOf(instant)).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** A text in lines, without what can't be seen in it. */
function plain(text: string): string {
  const lines = text.replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n").replaceAll("\t", " ");
  return visible(lines).trim();
}

/** A value in which no character of a plain text ends it or its line. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n");
}

/** In lines of at most 75 octets of UTF-8, without cutting a character. */
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
