import type { DatePart } from "../../domain/typedTime.ts";
import { checkAgainText } from "../Failure/messages.ts";
import { unseenText } from "../person/unseenText.ts";
import { durationText } from "../time/durationText.ts";
import { namedOffset, timeIn, zoneText } from "../time/zoneText.ts";

/** Formatted day and times, with the names of their zone. */
export interface ShownTimes {
  day: string;
  times: string;
  city: string;
  zone: string;
  offset: string;
}

/** Texts of the form that books and changes sessions. Days, times and zones are formatted already. */
export interface SessionSchedulerMessages {
  title: string;
  editTitle: (values: { name: string; movable: boolean }) => string;
  /** Title until the session is loaded. */
  edit: string;
  close: (title: string) => string;
  loading: string;
  untitled: string;
  current: (times: string) => string;
  keepLinks: string;
  name: string;
  /** `text` spells out invisible characters. */
  unseen: (text: string) => string;
  when: string;
  /** Name of the zone in which times are typed and shown. */
  zone: (city: string) => string;
  date: string;
  dateParts: Record<DatePart, string>;
  start: string;
  startHint: string;
  duration: string;
  minutes: (minutes: number) => string;
  other: string;
  end: string;
  /** Typed times in full. */
  result: (times: ShownTimes) => string;
  /** Typed times in the viewer's zone. `shift` is set if the day differs there. */
  elsewhere: (values: ShownTimes & { shift: "before" | "after" | undefined }) => string;
  cannotMove: string;
  /** Names the start that was typed before the session started. */
  lateStart: (values: { day: string; time: string }) => string;
  /** Reason why nothing can be changed any more. */
  locked: Record<"ended" | "canceled" | "gone", string>;
  /** Follows `locked` if something was typed. */
  typedStays: string;

  /** Problem of a time that clocks skip. */
  missing: (values: { time: string; day: string; from: string; to: string }) => string;
  use: (time: string) => string;
  /** Asks about a time that clocks show twice. */
  twice: (values: { time: string; day: string }) => string;
  twiceHint: (values: { city: string; from: string; to: string }) => string;
  first: (time: string) => string;
  firstHint: (values: { zone: string; offset: string }) => string;
  second: (time: string) => string;
  secondHint: (values: { zone: string; offset: string; minutes: number }) => string;

  people: string;
  peopleHint: string;
  /** Names the person of a row by the typed name, or by the number of the row. */
  person: (values: { name: string; number: number }) => string;
  personName: (number: number) => string;
  nameColumn: string;
  role: (person: string) => string;
  host: string;
  guest: string;
  more: string;
  moreAbout: (person: string) => string;
  state: string;
  stateHint: string;
  picture: string;
  pictureHint: string;
  remove: (person: string) => string;
  add: string;

  options: string;
  sessionPicture: string;
  flags: string;
  flagsHint: string;

  book: string;
  booking: string;
  move: string;
  moving: string;
  save: string;
  saving: string;
  discard: string;
  keep: (time: string) => string;

  problems: (values: { count: number; editing: boolean }) => string;
  problem: {
    name: string;
    nameLong: string;
    date: string;
    /** For a year of another calendar, or with two digits. */
    year: string;
    start: string;
    end: string;
    past: (now: string) => string;
    which: (time: string) => string;
    order: (start: string) => string;
    long: string;
    picture: string;
    person: (number: number) => string;
    personLong: (number: number) => string;
    personPicture: (number: number) => string;
  };

  /** Offers a later start if the typed one has passed. */
  startAt: (time: string) => string;
  /** Warning that a host is in another session at that time. */
  clashTitle: (host: string) => string;
  clashBody: (values: { name: string; times: string; minutes: number }) => string;
  startInstead: (time: string) => string;

  /** Title while a booking without a response is being checked. */
  checkingTitle: string;
  checkingBody: string;
  checkingShort: string;
  unknownTitle: string;
  unknownBody: string;
  /** Used instead of `unknownBody` if a response was unclear or late. */
  unclearBody: string;
  /** Result of another check that found nothing. */
  notFound: string;
  checkFailed: string;
  checkAgain: string;
  bookAnyway: string;

  booked: string;
  bookedBody: (values: { day: string; time: string; city: string; links: number }) => string;
  saved: string;

  discardTitle: (editing: boolean) => string;
  discardBody: (values: { people: number; editing: boolean; unconfirmed: boolean }) => string;
  discardConfirm: (editing: boolean) => string;
  keepEditing: string;
}

export const sessionSchedulerMessages: SessionSchedulerMessages = {
  title: "Book a session",
  editTitle: ({ name, movable }) => `${movable ? "Reschedule" : "Change"} ${name}`,
  edit: "Change a session",
  close: (title) => `Close ${title.charAt(0).toLowerCase()}${title.slice(1)}`,
  loading: "Loading session…",
  untitled: "session without a name",
  current: (times) => `Now ${times}.`,
  keepLinks: "Everyone keeps the link they have; let them know the new time.",
  name: "Session name",
  unseen: unseenText,
  when: "When",
  zone: timeIn,
  date: "Date",
  dateParts: { day: "Day", month: "Month", year: "Year" },
  start: "Start",
  startHint: "Such as 9, 930 or 9:30 pm",
  duration: "Duration",
  minutes: durationText,
  other: "Other",
  end: "End",
  result: ({ day, times, city, zone, offset }) => `${day}, ${times}, ${zoneText(city, zone, offset)}`,
  elsewhere: ({ day, times, city, zone, shift }) =>
    `${day}, ${times} in ${city}${zone === city ? "" : ` (${zone})`}${shift ? `, the day ${shift}` : ""}`,
  cannotMove: "This session has started, so its start can’t change.",
  lateStart: ({ day, time }) => `You had typed ${day}, ${time}.`,
  locked: {
    ended: "This session has ended, so it can’t be changed. Book it again instead.",
    canceled: "This session was canceled, so it can’t be changed. Book it again instead.",
    gone: "This session can’t be changed any more: it is no longer there. Someone else may have canceled it.",
  },
  typedStays: "What you typed is still here to copy.",

  missing: ({ time, day, from, to }) => `${time} doesn’t exist on ${day}: clocks go from ${from} to ${to}.`,
  use: (time) => `Use ${time}`,
  twice: ({ time, day }) => `${time} happens twice on ${day}. Which one?`,
  twiceHint: ({ city, from, to }) => `Clocks in ${city} go back from ${from} to ${to} that night.`,
  first: (time) => `The first ${time}`,
  firstHint: ({ zone, offset }) => `Before the clocks go back (${namedOffset(zone, offset)})`,
  second: (time) => `The second ${time}`,
  secondHint: ({ zone, offset, minutes }) =>
    `${minutes === 60 ? "One hour" : `${minutes} minutes`} later, after the clocks go back (${namedOffset(zone, offset)})`,

  people: "People",
  peopleHint: "A host enters directly. A guest waits until a host lets them in. Each person gets their own link.",
  person: ({ name, number }) => name || `person ${number}`,
  personName: (number) => `Name of person ${number}`,
  nameColumn: "Name",
  role: (person) => `Role of ${person}`,
  host: "Host",
  guest: "Guest",
  more: "More",
  moreAbout: (person) => `More about ${person}`,
  state: "Your reference",
  stateHint: "Optional. Text of your own, such as your id for this person.",
  picture: "Picture address",
  pictureHint: "Optional. Starts with https://",
  remove: (person) => `Remove ${person}`,
  add: "Add a person",

  options: "More options",
  sessionPicture: "Picture address of the session",
  flags: "Feature flags",
  flagsHint: "Optional, one per line. They can’t be changed after booking.",

  book: "Book session",
  booking: "Booking…",
  move: "Move session",
  moving: "Moving…",
  save: "Save changes",
  saving: "Saving…",
  discard: "Discard",
  keep: (time) => `Keep ${time}`,

  problems: ({ count, editing }) =>
    `${count} ${count === 1 ? "thing" : "things"} to fix before ${editing ? "saving" : "booking"}`,
  problem: {
    name: "Enter a session name",
    nameLong: "Use at most 256 characters for the session name",
    date: "Enter a date that exists, with day, month and year",
    year: "Enter a year such as 2026",
    start: "Enter a start time, such as 9:30 am",
    end: "Enter an end time, such as 10:30 am",
    past: (now) => `Choose a start after ${now} today`,
    which: (time) => `Choose which ${time} you mean`,
    order: (start) => `Choose an end after ${start}`,
    long: "Choose an end at most 12 hours after the start",
    picture: "Enter a picture address that starts with https://",
    person: (number) => `Enter a name for person ${number}, or remove the row`,
    personLong: (number) => `Use at most 256 characters for person ${number}`,
    personPicture: (number) => `Enter a picture address for person ${number} that starts with https://`,
  },

  startAt: (time) => `Start at ${time}`,
  clashTitle: (host) => `${host} already has a session then`,
  clashBody: ({ name, times, minutes }) =>
    `${name}, ${times}, overlaps by ${durationText(minutes)}. You can still book this one.`,
  startInstead: (time) => `Start at ${time} instead`,

  checkingTitle: "Checking whether it was booked…",
  checkingBody: "No clear answer came, so we are looking for the booking. Nothing is sent twice.",
  checkingShort: "Checking…",
  unknownTitle: "We couldn’t confirm this booking",
  unknownBody:
    "The connection was lost before an answer came. It may or may not be booked. Everything you entered is still here.",
  unclearBody: "No clear answer came. It may or may not be booked. Everything you entered is still here.",
  notFound: "We looked again, and it isn’t there so far. Check again in a moment, or book anyway.",
  checkFailed: "We couldn’t look for the booking",
  checkAgain: checkAgainText,
  bookAnyway: "Book anyway",

  booked: "Session booked.",
  bookedBody: ({ day, time, city, links }) => `${day}, ${time}, ${timeIn(city)}. ${linksText(links)}`,
  saved: "Changes saved.",

  discardTitle: (editing) => (editing ? "Discard these changes?" : "Discard this booking?"),
  discardBody: ({ people, editing, unconfirmed }) => {
    if (unconfirmed) return "It may be booked all the same: look for it in the list before you book it again.";
    if (editing) return "What you changed will be lost. The session stays as it is.";
    if (people === 0) return "The name and time you entered will be lost.";
    return `The name, time and ${people} ${people === 1 ? "person" : "people"} you entered will be lost.`;
  },
  discardConfirm: (editing) => (editing ? "Discard changes" : "Discard booking"),
  keepEditing: "Keep editing",
};

function linksText(links: number): string {
  if (links === 0) return "Nobody is in it yet: add people to get their links.";
  return links === 1 ? "1 link is ready to send." : `${links} links are ready to send.`;
}
