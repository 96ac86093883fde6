import type * as v from "valibot";

import { optional, request } from "./kinds.ts";
import { boolean } from "./schemas.ts";

/** Parameters of a single read. */
export const SessionParams = request({
  /** Also include people who have been removed. */
  deleted_participants: optional(boolean),
});
export type SessionParams = v.InferInput<typeof SessionParams>;
