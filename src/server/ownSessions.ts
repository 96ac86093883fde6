import type { ListSessionsParams } from "../api/requests.ts";
import type { Participant } from "../api/schemas.ts";
import type { Authorize, Filter, ProxyUser } from "./proxy/rights.ts";
import { asDecision, kindOf } from "./proxy/scope.ts";

export interface OwnSessionsOptions<User extends ProxyUser> {
  /**
   * What stands in the `state` of a person who is this user.
   *
   * @default (user) => user.id
   */
  stateOf?: ((user: User) => string | Promise<string>) | undefined;
  /**
   * Who works for everybody, such as reception. Only `true`, or a promise of it, is a yes.
   *
   * @default () => false
   */
  seesAll?: ((user: User) => boolean | Promise<boolean>) | undefined;
}

/**
 * The rule of most clinics: a clinician has the sessions in which they take part, told by the `state` of a person, and
 * books none without themselves.
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
  const isForAll = async (user: User) => asDecision("seesAll", await seesAll(user));

  /** Refuses a user without one: most patients have no `state` either. */
  async function own(user: User): Promise<string> {
    const state: unknown = await stateOf(user);
    if (typeof state === "string" && state) return state;
    throw new TypeError(`stateOf gave ${kindOf(state)}. Give the text that stands in the state of this user.`);
  }
  const takesPart = async (user: User, people: readonly Pick<Participant, "state" | "deleted_at">[] = []) => {
    const state = await own(user);
    return people.some((person) => person.state === state && !person.deleted_at);
  };

  const authorize: Authorize<User> = async (user, operation, { session, request }) => {
    if ((await isForAll(user)) || operation === "getSessionPage") return true;
    if (operation !== "createSession") return takesPart(user, session?.participants);
    return request !== undefined && "participants" in request && takesPart(user, request.participants);
  };
  const filter: Filter<User> = async (user, session) => (await isForAll(user)) || takesPart(user, session.participants);
  /** Also where the user asks for another `state`: the proxy then picks those rows from the user's own. */
  const narrow = async (user: User, params: ListSessionsParams): Promise<ListSessionsParams> =>
    (await isForAll(user)) ? params : { ...params, state: await own(user) };
  return { authorize, filter, narrow };
}
