import type { Participant } from "../api/schemas.ts";
import type { SessionsParams } from "../api/sessionsParams.ts";
import type { Authorize, Filter, ProxyUser } from "./proxy/rights.ts";

export interface OwnSessionsOptions<User extends ProxyUser> {
  /** What stands in the `state` of a person who is this user; their id if left out. */
  stateOf?: ((user: User) => string) | undefined;
  /** Who works for everybody, such as reception; nobody if left out. */
  seesAll?: ((user: User) => boolean) | undefined;
}

/**
 * The rule of most clinics: a clinician has the sessions in which they take part, told by the `state` of a person, and
 * books none without themselves. For `createCoviuProxy({ …, ...ownSessions() })`.
 */
export function ownSessions<User extends ProxyUser>({
  stateOf = ({ id }) => id,
  seesAll = () => false,
}: OwnSessionsOptions<User> = {}) {
  /** Refuses a user without one: most patients have no `state` either. */
  function own(user: User): string {
    const state: unknown = stateOf(user);
    if (typeof state === "string" && state) return state;
    throw new TypeError("stateOf gave no state for a user.");
  }
  const takesPart = (user: User, people: readonly Pick<Participant, "state" | "deleted_at">[] = []) => {
    const state = own(user);
    return people.some((person) => person.state === state && !person.deleted_at);
  };

  const authorize: Authorize<User> = (user, operation, { session, request }) => {
    if (seesAll(user) || operation === "getSessionPage") return true;
    if (operation !== "createSession") return takesPart(user, session?.participants);
    return request !== undefined && "participants" in request && takesPart(user, request.participants);
  };
  const filter: Filter<User> = (user, session) => seesAll(user) || takesPart(user, session.participants);
  const narrow = (user: User, params: SessionsParams): SessionsParams =>
    seesAll(user) || params.state !== undefined ? params : { ...params, state: own(user) };
  return { authorize, filter, narrow };
}
