import type * as v from "valibot";

import { converted, optional, request } from "./kinds.ts";
import { boolean, number, sentInstant, string } from "./schemas.ts";

const flag = optional(boolean);
const time = optional(sentInstant);
const whole = optional(converted(number, (value) => (Number.isSafeInteger(value) && value >= 0 ? value : undefined)));

/** Filters, order and paging of the list of sessions, in the form in which they are sent. */
export const SessionsParams = request({
  /** Zero-based. */
  page: whole,
  /** 1 to 200; the server's default is 200. */
  page_size: optional(converted(whole, (value = 0) => (value >= 1 && value <= 200 ? value : undefined))),
  /** Sessions that start at or after this time (ISO 8601, with its offset or `Z`). */
  start_time: time,
  /** Sessions that start up to and including this time. */
  end_time: time,
  include_canceled: flag,
  /** Also include people who have been removed. */
  deleted_participants: flag,
  /** Sessions in which some person has exactly this `state`. */
  state: optional(string),
  /** `forward` is oldest first: by start with a time filter, by creation without one. */
  order: optional(converted(string, asOrder)),
});
export type SessionsParams = Omit<v.InferInput<typeof SessionsParams>, "order"> & {
  order?: "forward" | "reverse" | undefined;
};

function asOrder(value: string): "forward" | "reverse" | undefined {
  return value === "forward" || value === "reverse" ? value : undefined;
}
