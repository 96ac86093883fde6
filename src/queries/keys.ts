import { asInstant } from "../api/instants.ts";
import type { GetSessionParams } from "../api/requests.ts";
import type { ListSessionsParams } from "../api/requests.ts";
import { sentParams } from "../api/sentParams.ts";

/**
 * Query keys of sessions. Parameters are in the form in which they are sent.
 *
 * @example
 * queryClient.invalidateQueries({ queryKey: sessionKeys(client.scope).all });
 */
export function sessionKeys(scope: string | undefined) {
  const all = ["coviu", scope, "sessions"] as const;
  return {
    all,
    list: (params?: ListSessionsParams) => [...all, "list", sent(params)] as const,
    infinite: (params?: ListSessionsParams) => [...all, "infinite", sent({ ...params, page: undefined })] as const,
    detail: (sessionId: string | undefined, params?: GetSessionParams) =>
      [...all, "detail", sessionId, sent(params)] as const,
  };
}

/** Query keys of sessions by the kind of query. */
export type SessionKeys = ReturnType<typeof sessionKeys>;

/** Query key of pages that overlap. */
export function overlappingKey(scope: string | undefined, params: ListSessionsParams) {
  const { all, infinite } = sessionKeys(scope);
  return [...all, "overlapping", infinite(params)[4]] as const;
}

/** Query keys of participants. Parameters are in the form in which they are sent. */
export function participantKeys(scope: string | undefined) {
  const all = ["coviu", scope, "participants"] as const;
  return {
    all,
    list: (sessionId: string | undefined, params?: GetSessionParams) =>
      [...all, "list", sessionId, sent(params)] as const,
    detail: (participantId: string | undefined) => [...all, "detail", participantId] as const,
  };
}

/** Query keys of participants by the kind of query. */
export type ParticipantKeys = ReturnType<typeof participantKeys>;

/** Parameters as they are sent: times in UTC, without absent ones and `false`. An invalid time is refused by the request, not here. */
function sent({ start_time, end_time, ...others }: ListSessionsParams = {}): ListSessionsParams {
  const instants = { start_time: start_time && asInstant(start_time), end_time: end_time && asInstant(end_time) };
  return sentParams({ ...others, ...instants });
}
