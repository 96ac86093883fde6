import { sessionListMessages } from "../SessionList/messages.ts";
import { sessionSchedulerMessages } from "../SessionScheduler/messages.ts";
import { zoneText } from "../time/zoneText.ts";

/** Texts of the whole screen. Times, days and zones are formatted already. */
export interface FrontDeskMessages {
  label: string;
  clock: (values: { time: string; city: string; short: string; offset: string }) => string;
  book: string;
  choose: string;
  chooseHint: string;
  /** Announcement when list and session are both visible and the focus stays in the list. */
  opened: (name: string) => string;
  untitled: string;
  booked: string;
  bookedBody: (values: { day: string; time: string; city: string; links: number }) => string;
  showLinks: string;
  dismiss: string;
}

export const frontDeskMessages: FrontDeskMessages = {
  label: "Front desk",
  clock: ({ time, city, short, offset }) => `${time}, ${zoneText(city, short, offset)}`,
  book: "Book a session",
  choose: "Choose a session",
  chooseHint: "Its people, links and times show here.",
  opened: (name) => `${name} is open. Press again to go to it.`,
  untitled: sessionListMessages.untitled,
  booked: "Session booked",
  bookedBody: sessionSchedulerMessages.bookedBody,
  showLinks: "Show links",
  dismiss: "Dismiss",
};
