import * as v from "valibot";

import { readInstant, asInstant } from "./instants.ts";
import type { Role } from "./schemas.ts";

/** Maximum length of a name of a session or a person, in characters (UTF-16 code units). */
export const maxNameLength = 256;

/** 1 to 256 characters, not only white space. */
const name = v.optional(v.pipe(v.string(), v.maxLength(maxNameLength), v.regex(/\S/)));

/**
 * A web address. The API takes any text, so a text without a scheme is accepted. Other schemes than `http` and `https`
 * can't be pictures.
 */
const picture = v.optional(
  v.pipe(
    v.string(),
    v.check((value) => /^https?:/i.test(value) || !/^[\p{C}\s]*[a-z][^/?#]*:/iu.test(value)),
  ),
);

/** A time with its offset from UTC: without one it would be another hour in another zone. Sent as UTC. */
const instant = v.pipe(
  v.string(),
  v.check((value) => readInstant(value)?.hasOffset === true),
  v.transform(asInstant),
);

const role: v.GenericSchema<Role> = v.string();

/** Request to add a person. Every field is optional. The server's default for `role` is `GUEST`. */
export const ParticipantCreationRequest = v.strictObject({
  /** 1 to 256 characters, not only white space. */
  display_name: name,
  role: v.optional(role),
  /** A web address. */
  picture,
  /** Free text for your app, for example your own id for this person. */
  state: v.optional(v.string()),
});
export interface ParticipantCreationRequest extends v.InferInput<typeof ParticipantCreationRequest> {}

/** Request to change a person. Absent fields stay as they are. */
export const ParticipantUpdateRequest = ParticipantCreationRequest;
export type ParticipantUpdateRequest = ParticipantCreationRequest;

/** Request to book a session. */
export const SessionCreationRequest = v.pipe(
  v.strictObject({
    /** 1 to 256 characters, not only white space. */
    session_name: name,
    /** ISO 8601 with its offset, as in `2026-01-12T10:00:00+11:00`, or with `Z`. Must be in the future. */
    start_time: instant,
    /** ISO 8601 with its offset or `Z`. Must be after `start_time`. */
    end_time: instant,
    /** A web address. */
    picture,
    /** Can only be given at creation. */
    feature_flags: v.optional(v.array(v.string())),
    participants: v.optional(v.array(ParticipantCreationRequest)),
  }),
  v.forward(
    v.check((request) => endsAfterStart(request)),
    ["end_time"],
  ),
);
export interface SessionCreationRequest extends v.InferInput<typeof SessionCreationRequest> {}

/** Request to change a session. Absent fields stay as they are. */
export const SessionUpdateRequest = v.pipe(
  v.strictObject({
    session_name: name,
    start_time: v.optional(instant),
    end_time: v.optional(instant),
    picture,
  }),
  v.forward(
    v.check((request) => endsAfterStart(request)),
    ["end_time"],
  ),
);
export interface SessionUpdateRequest extends v.InferInput<typeof SessionUpdateRequest> {}

/** Parameters of a single read. */
export const GetSessionParams = v.strictObject({
  /** Also include people who were removed. */
  deleted_participants: v.optional(v.boolean()),
});
export interface GetSessionParams extends v.InferInput<typeof GetSessionParams> {}

/** Filters, order and paging of the list of sessions. */
export const ListSessionsParams = v.strictObject({
  /** Zero-based. */
  page: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  /** 1 to 200. The server's default is 200. */
  page_size: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(200))),
  /** Sessions that start at or after this time. ISO 8601 with its offset or `Z`. */
  start_time: v.optional(instant),
  /** Sessions that start at or before this time. ISO 8601 with its offset or `Z`. */
  end_time: v.optional(instant),
  include_canceled: v.optional(v.boolean()),
  /** Also include people who were removed. */
  deleted_participants: v.optional(v.boolean()),
  /** Sessions in which some person has exactly this `state`. */
  state: v.optional(v.string()),
  /** `forward` is oldest first: by start with a time filter, by creation without one. */
  order: v.optional(v.picklist(["forward", "reverse"])),
});
export interface ListSessionsParams extends v.InferInput<typeof ListSessionsParams> {}

interface Times {
  start_time?: string | undefined;
  end_time?: string | undefined;
}

/** Both times are ISO 8601 in UTC here, so they compare as text. */
function endsAfterStart({ start_time = "", end_time = "~" }: Times): boolean {
  return start_time < end_time;
}
