import { timeOf } from "../api/instants.ts";
import type { ParticipantCreationRequest } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { nameKey } from "./names.ts";
import { presentPeople } from "./roles.ts";

type Person = Pick<ParticipantCreationRequest, "display_name" | "role" | "state">;

/** A booking to be, with its people as far as they are known. */
export interface Booking {
  start_time: string;
  end_time: string;
  participants?: readonly Person[] | undefined;
}

/** A host who would be in two sessions at once. */
export interface Clash {
  host: Person;
  /** For how long. */
  minutes: number;
}

/**
 * Whether a session keeps one of the booking's hosts busy at that time. Hosts are compared by `state`, exactly; where
 * one of the two has none, by name in the form of `nameKey`.
 */
export function clashOf(booking: Booking, session: Session): Clash | undefined {
  const [start, end] = [
    time(booking.start_time, session.start_time, Math.max),
    time(booking.end_time, session.end_time, Math.min),
  ];
  if (session.canceled_time || !(start < end)) return undefined;
  const busy = presentPeople(session.participants).filter(isHost);
  const host = booking.participants?.find((person) => isHost(person) && busy.some((other) => isSame(person, other)));
  return host && { host, minutes: Math.round((end - start) / 60_000) };
}

function time(a: string, b: string, choose: (a: number, b: number) => number): number {
  return choose(timeOf(a), timeOf(b));
}

function isHost({ role }: Person): boolean {
  return role?.toUpperCase() === "HOST";
}

function isSame(a: Person, b: Person): boolean {
  const [x, y] = a.state && b.state ? [a.state, b.state] : [nameKey(a.display_name), nameKey(b.display_name)];
  return Boolean(x) && x === y;
}
