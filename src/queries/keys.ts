import { asInstant } from "../api/instants.ts";
import type { GetSessionParams } from "../api/requests.ts";
import type { ListSessionsParams } from "../api/requests.ts";
import { sentParams } from "../api/sentParams.ts";

/** Keys of everything about sessions. Parameters stand in the form in which they are sent. */
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

/** Key of pages that overlap. */
export function overlappingKey(scope: string | undefined, params: ListSessionsParams) {
  const { all, infinite } = sessionKeys(scope);
  return [...all, "overlapping", infinite(params)[4]] as const;
}

/** Keys of everything about people. */
export function participantKeys(scope: string | undefined) {
  const all = ["coviu", scope, "participants"] as const;
  return {
    all,
    list: (sessionId: string | undefined, params?: GetSessionParams) =>
      [...all, "list", sessionId, sent(params)] as const,
    detail: (participantId: string | undefined) => [...all, "detail", participantId] as const,
  };
}

/** As it is sent: instants in UTC, nothing absent, no `false`. What is no time the request refuses, not the key. */
function sent({ start_time, end_time, ...others }: ListSessionsParams = {}): ListSessionsParams {
  const instants = { start_time: start_time && asInstant(start_time), end_time: end_time && asInstant(end_time) };
  return sentParams({ ...others, ...instants });
}
