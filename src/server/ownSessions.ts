import type { ListSessionsParams } from "../api/requests.ts";
import type { Participant } from "../api/schemas.ts";
import type { Authorize, Filter, ProxyUser } from "./proxy/authorization.ts";
import { describeKind, toDecision } from "./proxy/valueChecks.ts";

/** Options of `ownSessions`. */
export interface OwnSessionsOptions<User extends ProxyUser> {
  /**
   * Returns the `state` that marks this user among the participants of a session.
   *
   * @default (user) => user.id
   */
  stateOf?: ((user: User) => string | Promise<string>) | undefined;
  /**
   * Decides whether the user has access to all sessions, such as reception. Only `true`, or a promise of it, allows.
   *
   * @default () => false
   */
  seesAll?: ((user: User) => boolean | Promise<boolean>) | undefined;
}

/**
 * Creates the rules that most clinics need: users have access to the sessions in which they take part, and can book only
 * sessions with themselves. A user takes part if a participant has the user's `state`.
 *
 * @returns `authorize`, `filter` and `narrow` for `createCoviuProxy`.
 * @throws TypeError if an option is not a function.
 *
 * @example
 * createCoviuProxy({ …, ...ownSessions({ seesAll: (user) => user.role === "reception" }) });
 */
export function ownSessions<User extends ProxyUser>({
  stateOf = ({ id }) => id,
  seesAll = () => false,
}: OwnSessionsOptions<User> = {}) {
  if (typeof stateOf !== "function" || typeof seesAll !== "function") {
    throw new TypeError("ownSessions: stateOf and seesAll must be functions.");
  }
  const hasFullAccess = async (user: User) => toDecision("seesAll", await seesAll(user));

  /** @throws TypeError without a state: an empty state would match participants who have none, such as most patients. */
  async function ownState(user: User): Promise<string> {
    const state: unknown = await stateOf(user);
    if (typeof state === "string" && state) return state;
    throw new TypeError(`stateOf returned ${describeKind(state)}. Return the state of this user as a string.`);
  }
  async function takesPart(user: User, participants: readonly Pick<Participant, "state" | "deleted_at">[] = []) {
    const state = await ownState(user);
    return participants.some((participant) => participant.state === state && !participant.deleted_at);
  }

  const authorize: Authorize<User> = async (user, operation, { session, request }) => {
    if ((await hasFullAccess(user)) || operation === "getSessionPage") return true;
    if (operation !== "createSession") return takesPart(user, session?.participants);
    return request !== undefined && "participants" in request && takesPart(user, request.participants);
  };
  const filter: Filter<User> = async (user, session) =>
    (await hasFullAccess(user)) || takesPart(user, session.participants);
  /** Replaces the `state` of the user's own filter. The proxy applies that filter to the returned rows. */
  const narrow = async (user: User, params: ListSessionsParams): Promise<ListSessionsParams> =>
    (await hasFullAccess(user)) ? params : { ...params, state: await ownState(user) };
  return { authorize, filter, narrow };
}
