import * as v from "valibot";

import { decode, decodeOptions, type Drift, fieldsOf } from "./decode.ts";
import { asInstant, readInstant } from "./instants.ts";

/** `HOST` enters directly, `GUEST` waits until a host admits them. Newer servers may have more roles. */
export type Role = "HOST" | "GUEST" | (string & {});

const text = v.optional(v.string());

/** A time of a response, normalised to ISO 8601 in UTC. */
const instant = v.pipe(
  v.string(),
  v.check((value) => readInstant(value) !== undefined),
  v.transform(asInstant),
);

/** A person of a session, as the API returns it. Unknown fields are kept; `null` becomes absent. */
export const Participant = response({
  participant_id: v.string(),
  session_id: text,
  client_id: text,
  coviu_user_id: text,
  display_name: text,
  role: v.optional(
    v.pipe(
      v.string(),
      v.transform((role): Role => role.toUpperCase()),
    ),
  ),
  state: text,
  picture: text,
  entry_url: text,
  deleted_at: endMark("participant", "deleted_at"),
});
export interface Participant extends v.InferOutput<typeof Participant> {}

/** A session, as the API returns it. Times are ISO 8601 in UTC. `participants` absent differs from `[]`. */
export const Session = v.pipe(
  response({
    session_id: v.string(),
    team_id: text,
    client_id: text,
    session_name: text,
    start_time: instant,
    end_time: instant,
    canceled_time: endMark("session", "canceled_time"),
    picture: text,
    feature_flags: v.optional(v.array(v.string())),
    participants: v.optional(rows("participant", Participant)),
  }),
  v.rawTransform(({ dataset: { value: session }, config }) => {
    const { session_id, participants } = session;
    return { ...session, ...(participants && { participants: ownParticipants(participants, session_id, config) }) };
  }),
);
export interface Session extends v.InferOutput<typeof Session> {}

const pageEntries = {
  /** Whether another page follows. This is the only sign of it. */
  more: v.boolean(),
  /** Zero-based. */
  page: v.optional(v.number()),
  /** Number of rows in this page. */
  page_size: v.optional(v.number()),
  page_count: v.optional(v.number()),
};

/** One page of sessions. */
export const SessionPage = response({ ...pageEntries, content: rows("session", Session) });
export interface SessionPage extends v.InferOutput<typeof SessionPage> {}

/** The people of a session. Servers answer with a page or with a bare list; it is decoded to a page. */
export const ParticipantPage = v.pipe(
  v.unknown(),
  v.transform((value) => (Array.isArray(value) ? { content: value, more: false } : value)),
  response({ ...pageEntries, content: rows("participant", Participant) }),
);
export interface ParticipantPage extends v.InferOutput<typeof ParticipantPage> {}

/** The response to a cancel or a removal. `ok: false` is refused as a failure. */
export const UnitResponse = response({ ok: v.literal(true) });
export interface UnitResponse extends v.InferOutput<typeof UnitResponse> {}

/** An object of a response: `null` becomes absent, and fields that the kit does not know are kept. */
function response<Entries extends v.ObjectEntries>(
  entries: Entries,
): v.GenericSchema<unknown, v.InferOutput<v.ObjectSchema<Entries, undefined>>> {
  return v.pipe(v.unknown(), v.transform(withoutNulls), v.looseObject(entries));
}

function withoutNulls(value: unknown): unknown {
  if (!(value instanceof Object)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
}

/**
 * The time at which something ended. A text that is not a time is reported and kept: without it, a canceled session would
 * look like one that takes place.
 */
function endMark(what: Drift["what"], field: string) {
  return v.optional(
    v.pipe(
      v.string(),
      v.rawTransform(({ dataset: { value }, config }) => {
        if (!readInstant(value)) decodeOptions(config).onDrift?.({ what, fields: [field] });
        return asInstant(value);
      }),
    ),
  );
}

/** A list of a response, row by row: invalid rows and repeated ids are dropped and reported, the others are kept. */
function rows<Row extends object>(what: Drift["what"], row: v.GenericSchema<unknown, Row>) {
  const idField = `${what}_id`;
  return v.pipe(
    v.array(v.unknown()),
    v.rawTransform(({ dataset: { value: items }, config }): Row[] => {
      const ids = new Set<unknown>();
      return items.flatMap((item) => {
        const { output, issues } = decode(row, item, decodeOptions(config));
        const isNew = output && ids.size < ids.add(Reflect.get(output, idField)).size;
        if (isNew) return [output];
        decodeOptions(config).onDrift?.({ what, fields: issues ? fieldsOf(issues) : [idField] });
        return [];
      });
    }),
  );
}

/** Drops people who belong to another session by their own `session_id`: their entry link would open that one. */
function ownParticipants(participants: Participant[], sessionId: string, config: object): Participant[] {
  const { onDrift } = decodeOptions(config);
  return participants.filter(
    ({ session_id = sessionId }) =>
      session_id === sessionId || onDrift?.({ what: "participant", fields: ["session_id"] }),
  );
}

/** A page of the people of one session. */
export function participantPageOf(sessionId: string): v.GenericSchema<unknown, ParticipantPage> {
  return v.pipe(
    ParticipantPage,
    v.rawTransform(({ dataset: { value: page }, config }) => ({
      ...page,
      content: ownParticipants(page.content, sessionId, config),
    })),
  );
}

/** Accepts a record only with the requested id. Another record has the entry links of other people. */
export function withId<Field extends "session_id" | "participant_id", Row extends Record<Field, string>>(
  schema: v.GenericSchema<unknown, Row>,
  field: Field,
  id: string,
): v.GenericSchema<unknown, Row> {
  return v.pipe(
    schema,
    v.check((row) => row[field] === id),
  );
}
