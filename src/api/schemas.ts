import type * as v from "valibot";

import { readInstant, toInstant } from "./instants.ts";
import { answer, converted, custom, fieldsOf, optional, read, type Result } from "./kinds.ts";

/** What the kit tells `onDrift`: a row of an answer that was not as the contract says, without its content. */
export interface Drift {
  what: "session" | "participant";
  /** The fields that were wrong, by name. Values are never included. */
  fields: readonly string[];
}

/** `HOST` enters directly, `GUEST` waits until a host lets them in. Newer servers may name more roles. */
export type Role = "HOST" | "GUEST" | (string & {});

// One kind of schema serves for all of these: each of valibot's own would bring 40 to 100 bytes more.
export const string = custom<string>((value) => typeof value === "string");
export const boolean = custom<boolean>((value) => typeof value === "boolean");
export const number = custom<number>((value) => typeof value === "number");
export const strings = listOf(string);

const text = optional(string);
const instant = converted(string, toInstant);
/** A time as it is sent: one without an offset would be another hour in another zone. */
export const sentInstant = converted(string, (value) => (readInstant(value)?.hasOffset ? toInstant(value) : undefined));
const role = optional(converted(string, (value): Role => value.toUpperCase()));

const participantEntries = {
  participant_id: string,
  session_id: text,
  client_id: text,
  coviu_user_id: text,
  display_name: text,
  role,
  state: text,
  picture: text,
  entry_url: text,
  deleted_at: mark("participant", "deleted_at"),
};

/** A person of a session, as the API returns it. Unknown fields are kept, `null` is absent. */
export const Participant = answer(participantEntries);
export type Participant = v.InferOutput<v.ObjectSchema<typeof participantEntries, undefined>>;

const sessionEntries = {
  session_id: string,
  team_id: text,
  client_id: text,
  session_name: text,
  start_time: instant,
  end_time: instant,
  canceled_time: mark("session", "canceled_time"),
  picture: text,
  feature_flags: optional(strings),
  participants: optional(rows("participant", Participant)),
};

/** A session, as the API returns it. Times are ISO 8601 in UTC; `participants` absent is not `[]`. */
export const Session = converted(answer(sessionEntries), withOwnPeople);
export type Session = Omit<v.InferOutput<v.ObjectSchema<typeof sessionEntries, undefined>>, "participants"> & {
  participants?: Participant[] | undefined;
};

export function listOf<Item extends v.GenericSchema>(item: Item) {
  return custom<v.InferInput<Item>[]>((value) => Array.isArray(value) && value.every((one) => read(item, one).typed));
}

/** Set while an answer is decoded, which happens at once: valibot has no other way to hand something down. */
let report: ((drift: Drift) => void) | undefined;

/** Decodes an answer and tells `onDrift` of the rows that were left out. */
export function decode<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
  onDrift: ((drift: Drift) => void) | undefined,
): Result<v.InferOutput<Schema>> {
  report = onDrift;
  try {
    return read(schema, answer);
  } finally {
    report = undefined;
  }
}

/**
 * A time by which something has ended. A text that is not a time that exists is reported and kept: without it a
 * canceled session would look like one that takes place.
 */
function mark(what: Drift["what"], field: string) {
  return optional(
    converted(string, (value) => {
      const instant = toInstant(value);
      if (instant === undefined) report?.({ what, fields: [field] });
      return instant ?? value;
    }),
  );
}

/** Reads a list row by row: a broken row and one that was there before are dropped and reported, the others are shown. */
export function rows<Row extends v.GenericSchema<unknown, Partial<Pick<Participant, "session_id" | "participant_id">>>>(
  what: Drift["what"],
  row: Row,
) {
  return converted(custom<unknown[]>(Array.isArray), (items) => {
    const ids = new Set<string | undefined>();
    return items.flatMap((item): v.InferOutput<Row>[] => {
      const result = read(row, item);
      if (result.typed && ids.size < ids.add(result.value[`${what}_id`]).size) return [result.value];
      report?.({ what, fields: fieldsOf(result) ?? [`${what}_id`] });
      return [];
    });
  });
}

/** Without people who say that they belong to another session: their link would open another door. */
export function ownPeople(people: Participant[], sessionId: string): Participant[] {
  return people.filter(
    ({ session_id = sessionId }) =>
      session_id === sessionId || report?.({ what: "participant", fields: ["session_id"] }),
  );
}

function withOwnPeople<Read extends { session_id: string; participants?: Participant[] | undefined }>(
  session: Read,
): Read {
  const { session_id, participants } = session;
  return { ...session, ...(participants && { participants: ownPeople(participants, session_id) }) };
}
