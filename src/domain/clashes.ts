import { timeOf } from "../api/instants.ts";
import type { ParticipantCreationRequest } from "../api/requests.ts";
import type { Session } from "../api/schemas.ts";
import { nameKey } from "./names.ts";
import { presentPeople } from "./roles.ts";

type Person = Clash["host"];

/** Times and people of a planned session. */
export interface Booking {
  start_time: string;
  end_time: string;
  participants?: readonly Person[] | undefined;
}

/** Host who would be in two sessions at once. */
export interface Clash {
  host: Pick<ParticipantCreationRequest, "display_name" | "role" | "state">;
  /** Length of the overlap, in minutes. */
  minutes: number;
}

/**
 * Finds a host of the booking who is busy in this session at that time. Hosts are compared by `state`. If one of the two
 * has none, they are compared by name (`nameKey`).
 */
export function clashOf(booking: Booking, session: Session): Clash | undefined {
  const start = Math.max(timeOf(booking.start_time), timeOf(session.start_time));
  const end = Math.min(timeOf(booking.end_time), timeOf(session.end_time));
  if (session.canceled_time || !(start < end)) return undefined;
  const busy = presentPeople(session.participants).filter(isHost);
  const host = booking.participants?.find((person) => isHost(person) && busy.some((other) => isSame(person, other)));
  return host && { host, minutes: Math.round((end - start) / 60_000) };
}

function isHost({ role }: Person): boolean {
  return role?.toUpperCase() === "HOST";
}

function isSame(a: Person, b: Person): boolean {
  const [x, y] = a.state && b.state ? [a.state, b.state] : [nameKey(a.display_name), nameKey(b.display_name)];
  return Boolean(x) && x === y;
}
