import type { Operation } from "../../api/operations.ts";
import type { ParticipantCreationRequest, SessionCreationRequest, SessionUpdateRequest } from "../../api/requests.ts";
import type { ListSessionsParams } from "../../api/requests.ts";
import type { Participant, Session } from "../../api/schemas.ts";
import { ProxyError } from "./proxyError.ts";
import type { RequestScope } from "./requestScope.ts";
import { toDecision } from "./valueChecks.ts";

/** The signed-in user, as your app's own login knows them. Add the fields that `authorize` needs. */
export interface ProxyUser {
  /** Identifies the user. Two users never share an id. */
  id: string;
  /** The clinic, if one server serves several clinics. */
  tenant?: string | undefined;
}

/** The ten operations of the Session API, and two that return the entry link of a person. */
export type ProxyOperation = Operation | "revealEntryUrl" | "joinSession";

/** The records that an operation reads or changes, as the service has them now, and the requested change. */
export interface Resource {
  session?: Session | undefined;
  participant?: Participant | undefined;
  /** Body of a write, as it will be sent. */
  request?: SessionCreationRequest | SessionUpdateRequest | ParticipantCreationRequest | undefined;
  /** Parameters of a list. */
  params?: ListSessionsParams | undefined;
}

/**
 * Decides whether a user may do something. Only `true`, or a promise of it, allows. `false`, `undefined` and `null`
 * deny. Any other value is an error: it is reported to `onError` and the request fails.
 */
export type Authorize<User extends ProxyUser> = (
  user: User,
  operation: ProxyOperation,
  resource: Resource,
) => boolean | Promise<boolean>;

/**
 * Decides whether a user's lists contain a session. Sessions that the user may not open are always left out. Only
 * `true`, or a promise of it, includes the session, as for `authorize`.
 */
export type Filter<User extends ProxyUser> = (user: User, session: Session) => boolean | Promise<boolean>;

/** The permissions of one user. */
export interface Authorization {
  /** Whether the user's lists contain the session. */
  canList: (session: Session) => Promise<boolean>;
  /** @throws ProxyError 404 if the user may not see the record, 403 if the user may only see it. */
  assertAllowed: (operation: ProxyOperation, resource: Resource) => Promise<void>;
}

export function createAuthorization<User extends ProxyUser>(
  user: User,
  authorize: Authorize<User>,
  filter: Filter<User> = () => true,
  scope: RequestScope,
): Authorization {
  const isAllowed = (operation: ProxyOperation, resource: Resource) =>
    scope.callApp(
      "authorize",
      () => authorize(user, operation, resource),
      (value) => toDecision("authorize", value),
    );
  const passesFilter = (session: Session) =>
    scope.callApp(
      "filter",
      () => filter(user, session),
      (value) => toDecision("filter", value),
    );
  return {
    canList: async (session) => (await passesFilter(session)) && isAllowed("getSessionById", { session }),
    async assertAllowed(operation, resource) {
      const { session, participant } = resource;
      const view = participant ? "getSessionParticipant" : "getSessionById";
      // A record that the user may not see is "not found": "forbidden" would reveal that it exists.
      if (session && operation !== view && !(await isAllowed(view, { session, participant }))) throw notFound();
      if (await isAllowed(operation, resource)) return;
      if (operation === view) throw notFound();
      throw new ProxyError(403, "forbidden", "You may not do this.");
    },
  };
}

export function notFound(): ProxyError {
  return new ProxyError(404, "not_found", "There is no such session or person.");
}
