import * as v from "valibot";

import { sentParams, SessionParams, SessionsParams } from "../api/params.ts";

/** Keys of everything about sessions. Parameters stand in the form in which they are sent. */
export function sessionKeys(scope: string | undefined) {
  const all = ["coviu", scope, "sessions"] as const;
  return {
    all,
    list: (params?: SessionsParams) => [...all, "list", sent(SessionsParams, params)] as const,
    infinite: (params?: SessionsParams) =>
      [...all, "infinite", sent(SessionsParams, { ...params, page: undefined })] as const,
    detail: (sessionId: string | undefined, params?: SessionParams) =>
      [...all, "detail", sessionId, sent(SessionParams, params)] as const,
  };
}

/** Keys of everything about people. */
export function participantKeys(scope: string | undefined) {
  const all = ["coviu", scope, "participants"] as const;
  return {
    all,
    list: (sessionId: string | undefined, params?: SessionParams) =>
      [...all, "list", sessionId, sent(SessionParams, params)] as const,
    detail: (participantId: string | undefined) => [...all, "detail", participantId] as const,
  };
}

/** What the API would refuse stays as it is: the request says so, not the key. */
function sent<Params extends object>(schema: v.GenericSchema<unknown, Params>, params: object = {}): Partial<Params> {
  const result = v.safeParse(schema, params);
  return sentParams(result.success ? result.output : params);
}
