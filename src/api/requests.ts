import type * as v from "valibot";

import { converted, optional, request } from "./kinds.ts";
import { longestName } from "./names.ts";
import { listOf, type Role, sentInstant, string, strings } from "./schemas.ts";

const text = optional(string);
const name = optional(converted(string, asName));
const picture = optional(converted(string, asPicture));
const role: v.GenericSchema<Role> = string;

/** What a new person needs: everything is optional, the role defaults to guest on the server. */
export const ParticipantCreationRequest = request({
  /** 1 to 256 characters, not only spaces. */
  display_name: name,
  role: optional(role),
  /** A web address. */
  picture,
  /** Free text of the app's own, for example its id for this person. */
  state: text,
});
export type ParticipantCreationRequest = v.InferInput<typeof ParticipantCreationRequest>;

/** The fields of a person that may change; absent ones stay as they are. */
export const ParticipantUpdateRequest = ParticipantCreationRequest;
export type ParticipantUpdateRequest = ParticipantCreationRequest;

const sessionCreationEntries = {
  /** 1 to 256 characters, not only spaces. */
  session_name: name,
  /** ISO 8601 with its offset, as in `2026-01-12T10:00:00+11:00`, or `Z`; in the future. */
  start_time: sentInstant,
  /** ISO 8601, after the start. */
  end_time: sentInstant,
  picture,
  /** Can only be given at creation. */
  feature_flags: optional(strings),
  participants: optional(listOf(ParticipantCreationRequest)),
};

/** What a new session needs. */
export const SessionCreationRequest = ordered(request(sessionCreationEntries));
export type SessionCreationRequest = v.InferInput<v.ObjectSchema<typeof sessionCreationEntries, undefined>>;

const sessionUpdateEntries = {
  session_name: name,
  start_time: optional(sentInstant),
  end_time: optional(sentInstant),
  picture,
};

/** The fields of a session that may change; absent ones stay as they are. */
export const SessionUpdateRequest = ordered(request(sessionUpdateEntries));
export type SessionUpdateRequest = v.InferInput<v.ObjectSchema<typeof sessionUpdateEntries, undefined>>;

interface Times {
  start_time?: string | undefined;
  end_time?: string | undefined;
}

/** Refuses an end that is not after the start. Both times are ISO 8601 in UTC by now, so they compare as text. */
function ordered<In extends Times, Out extends Times>(schema: v.GenericSchema<In, Out>) {
  return converted(
    schema,
    (request) => {
      const { start_time = "", end_time = "~" } = request;
      return start_time < end_time ? request : undefined;
    },
    "end_time",
  );
}

function asName(value: string): string | undefined {
  return value.trim() && value.length <= longestName ? value : undefined;
}

/** Text without a scheme is let through: the API takes any text. A scheme other than the web's is not a picture. */
function asPicture(value: string): string | undefined {
  return /^https?:/i.test(value) || !/^[\p{C}\s]*[a-z][^/?#]*:/iu.test(value) ? value : undefined;
}
