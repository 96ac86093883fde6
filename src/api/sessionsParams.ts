import * as v from "valibot";

import { boolean, convert, instant, number, request, string } from "./schemas.ts";

const flag = v.optional(boolean);
const time = v.optional(instant);
const whole = v.optional(
  v.pipe(
    number,
    convert((value) => (Number.isSafeInteger(value) && value >= 0 ? value : undefined)),
  ),
);

/** Filters, order and paging of the list of sessions, in the form in which they are sent. */
export const SessionsParams = request({
  /** Zero-based. */
  page: whole,
  /** 1 to 200; the server's default is 200. */
  page_size: v.optional(
    v.pipe(
      whole,
      convert((value = 0) => (value >= 1 && value <= 200 ? value : undefined)),
    ),
  ),
  /** Sessions that start at or after this time (ISO 8601). */
  start_time: time,
  /** Sessions that start up to and including this time. */
  end_time: time,
  include_canceled: flag,
  /** Also include people who have been removed. */
  deleted_participants: flag,
  /** Sessions in which some person has exactly this `state`. */
  state: v.optional(string),
  /** `forward` is oldest first: by start with a time filter, by creation without one. */
  order: v.optional(v.pipe(string, convert(asOrder))),
});
export type SessionsParams = Omit<v.InferInput<typeof SessionsParams>, "order"> & {
  order?: "forward" | "reverse" | undefined;
};

function asOrder(value: string): "forward" | "reverse" | undefined {
  return value === "forward" || value === "reverse" ? value : undefined;
}
