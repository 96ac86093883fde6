import type { Operation } from "../../api/operations.ts";
import type { ParticipantCreationRequest, SessionCreationRequest, SessionUpdateRequest } from "../../api/requests.ts";
import type { ListSessionsParams } from "../../api/requests.ts";
import type { Participant, Session } from "../../api/schemas.ts";
import { Refusal } from "./refusal.ts";
import { asDecision, type RequestScope } from "./scope.ts";

/** Who asks, as the host's own login knows them. Add to it what `authorize` needs. */
export interface ProxyUser {
  id: string;
  /** The clinic, where one server serves several. */
  tenant?: string | undefined;
}

/** The ten operations of the API, and two that ask for a person's entry link. */
export type ProxyOperation = Operation | "revealEntryUrl" | "joinSession";

/** What an operation is about: the records as the service has them now, and what is to become of them. */
export interface Resource {
  session?: Session | undefined;
  participant?: Participant | undefined;
  /** The body of a write, as it will be sent. */
  request?: SessionCreationRequest | SessionUpdateRequest | ParticipantCreationRequest | undefined;
  /** Of a list. */
  params?: ListSessionsParams | undefined;
}

/**
 * Whether a user may do something. Only `true`, or a promise of it, is a yes. `false`, `undefined` and `null` are a no;
 * anything else is an error that `onError` is told.
 */
export type Authorize<User extends ProxyUser> = (
  user: User,
  operation: ProxyOperation,
  resource: Resource,
) => boolean | Promise<boolean>;

/**
 * Whether a user's lists hold a session. What they may not open is left out in any case. Only `true`, or a promise of
 * it, is a yes, as for `authorize`.
 */
export type Filter<User extends ProxyUser> = (user: User, session: Session) => boolean | Promise<boolean>;

/** What one user may do. */
export interface Rights {
  /** Whether a list of theirs holds it. */
  lists: (session: Session) => Promise<boolean>;
  /** @throws Refusal if it is not there for this user, or if it may only be seen. */
  demand: (operation: ProxyOperation, resource: Resource) => Promise<void>;
}

export function rightsOf<User extends ProxyUser>(
  user: User,
  authorize: Authorize<User>,
  filter: Filter<User> = () => true,
  scope: RequestScope,
): Rights {
  const may = (operation: ProxyOperation, resource: Resource) =>
    scope.call(
      "authorize",
      () => authorize(user, operation, resource),
      (value) => asDecision("authorize", value),
    );
  const holds = (session: Session) =>
    scope.call(
      "filter",
      () => filter(user, session),
      (value) => asDecision("filter", value),
    );
  return {
    lists: async (session) => (await holds(session)) && may("getSessionById", { session }),
    async demand(operation, resource) {
      const { session, participant } = resource;
      const seen = participant ? "getSessionParticipant" : "getSessionById";
      // What somebody may not see is not there: a refusal would say that it is.
      if (session && operation !== seen && !(await may(seen, { session, participant }))) {
        throw new Refusal(404, "not_found", "There is no such session or person.");
      }
      if (await may(operation, resource)) return;
      if (operation === seen) throw new Refusal(404, "not_found", "There is no such session or person.");
      throw new Refusal(403, "forbidden", "You may not do this.");
    },
  };
}
