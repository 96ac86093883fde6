import * as v from "valibot";

/** What the kit tells `onDrift`: an answer that was not as the contract says, without its content. */
export interface Drift {
  /** Which kind of row was dropped. */
  what: "session" | "participant";
  /** The fields that were wrong, by name. Values are never included. */
  fields: readonly string[];
}

/** `HOST` enters directly, `GUEST` waits until a host lets them in. Newer servers may name more roles. */
export type Role = "HOST" | "GUEST" | (string & {});

const isoDate = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/i;
const httpDate = /^[a-z]{3}, \d\d? [a-z]{3} \d{4} \d\d:\d\d:\d\d (GMT|UTC|[+-]\d{4})$/i;

/**
 * Reads a time in either form the API writes (ISO 8601 or RFC 1123) and gives ISO 8601 in UTC, or `undefined`.
 * A time without an offset is read as UTC: never in the zone of the machine.
 */
export function toInstant(text: string): string | undefined {
  const iso = isoDate.exec(text);
  if (!iso && !httpDate.test(text)) return undefined;
  const time = Date.parse(iso && !iso[3] ? `${text.replace(" ", "T")}Z` : text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

const instant = v.pipe(
  v.string(),
  v.check((text) => toInstant(text) !== undefined),
  v.transform((text) => toInstant(text) ?? text),
);
const mark = v.pipe(
  v.string(),
  v.transform((text) => toInstant(text) ?? text),
);
const text = v.optional(v.string());
const count = v.optional(v.number());

const participantEntries = {
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
  deleted_at: v.optional(mark),
};

/** A person of a session, as the API returns it. Unknown fields are kept, `null` is absent. */
export const Participant = v.pipe(v.unknown(), v.transform(withoutNulls), v.looseObject(participantEntries));
export type Participant = v.InferOutput<v.ObjectSchema<typeof participantEntries, undefined>>;

const sessionEntries = {
  session_id: v.string(),
  team_id: text,
  client_id: text,
  session_name: text,
  start_time: instant,
  end_time: instant,
  canceled_time: v.optional(mark),
  picture: text,
  feature_flags: v.optional(v.array(v.string())),
  participants: v.optional(rows("participant", Participant)),
};

/** A session, as the API returns it. Times are ISO 8601 in UTC; `participants` absent is not `[]`. */
export const Session = v.pipe(v.unknown(), v.transform(withoutNulls), v.looseObject(sessionEntries));
export type Session = Omit<v.InferOutput<v.ObjectSchema<typeof sessionEntries, undefined>>, "participants"> & {
  participants?: Participant[] | undefined;
};

const pageEntries = { more: v.boolean(), page: count, page_size: count, page_count: count };

/** One page of sessions. `page` is zero-based; `page_size` is the number of rows in this page. */
export const SessionPage = page("session", Session);
export interface SessionPage extends PageInfo {
  content: Session[];
}

/** The people of a session. Servers answer with a page or with a bare list; here it is always a page. */
export const ParticipantPage = v.pipe(
  v.unknown(),
  v.transform((answer) => (Array.isArray(answer) ? { content: answer, more: false } : answer)),
  page("participant", Participant),
);
export interface ParticipantPage extends PageInfo {
  content: Participant[];
}

interface PageInfo {
  /** Whether another page follows: the only sign that there is one. */
  more: boolean;
  page?: number | undefined;
  page_size?: number | undefined;
  page_count?: number | undefined;
}

/** The answer to a cancel or a removal. */
export const UnitResponse = v.object({ ok: v.literal(true) });
export interface UnitResponse {
  ok: boolean;
}

const sentInstant = v.pipe(
  v.string(),
  v.check((value) => toInstant(value) !== undefined, "is not an ISO 8601 time"),
  v.transform((value) => toInstant(value) ?? value),
);
const sentRole: v.GenericSchema<Role> = v.string();
const sentPicture = v.optional(v.pipe(v.string(), v.check(isWebAddress, "is not a web address")));

/** What a new person needs: everything is optional, the role defaults to guest on the server. */
export const ParticipantCreationRequest = v.strictObject({
  display_name: text,
  role: v.optional(sentRole),
  /** A web address. */
  picture: sentPicture,
  /** Free text of the app's own, for example its id for this person. */
  state: text,
});
export type ParticipantCreationRequest = v.InferInput<typeof ParticipantCreationRequest>;

/** The fields of a person that may change; absent ones stay as they are. */
export const ParticipantUpdateRequest = ParticipantCreationRequest;
export type ParticipantUpdateRequest = ParticipantCreationRequest;

/** What a new session needs. Times are ISO 8601 with an offset; the start is in the future, the end after it. */
export const SessionCreationRequest = v.pipe(
  v.strictObject({
    session_name: text,
    start_time: sentInstant,
    end_time: sentInstant,
    picture: sentPicture,
    /** Can only be given at creation. */
    feature_flags: v.optional(v.array(v.string())),
    participants: v.optional(v.array(ParticipantCreationRequest)),
  }),
  v.check((request) => endsAfterStart(request), "end_time is not after start_time"),
);
export type SessionCreationRequest = v.InferInput<typeof SessionCreationRequest>;

/** The fields of a session that may change; absent ones stay as they are. */
export const SessionUpdateRequest = v.pipe(
  v.strictObject({
    session_name: text,
    start_time: v.optional(sentInstant),
    end_time: v.optional(sentInstant),
    picture: sentPicture,
  }),
  v.check((request) => endsAfterStart(request), "end_time is not after start_time"),
);
export type SessionUpdateRequest = v.InferInput<typeof SessionUpdateRequest>;

const whole = v.pipe(
  v.number(),
  v.check((value) => Number.isSafeInteger(value) && value >= 0, "is not a whole number from 0"),
);
const flag = v.pipe(
  v.optional(v.boolean()),
  v.transform((value) => value || undefined),
);

/** Parameters of a single read: `false` is left out, so two spellings of one request are one request. */
export const SessionParams = v.strictObject({
  /** Also include people who have been removed. */
  deleted_participants: flag,
});
export type SessionParams = v.InferInput<typeof SessionParams>;

/** Filters, order and paging of the list of sessions, in the form in which they are sent. */
export const SessionsParams = v.strictObject({
  /** Zero-based. */
  page: v.optional(whole),
  /** 1 to 200; the server's default is 200. */
  page_size: v.optional(
    v.pipe(
      whole,
      v.check((value) => value >= 1 && value <= 200, "is not from 1 to 200"),
    ),
  ),
  /** Sessions that start at or after this time (ISO 8601). */
  start_time: v.optional(sentInstant),
  /** Sessions that start up to and including this time. */
  end_time: v.optional(sentInstant),
  include_canceled: flag,
  /** Also include people who have been removed. */
  deleted_participants: flag,
  /** Sessions in which some person has exactly this `state`. */
  state: text,
  /** `forward` is oldest first: by start with a time filter, by creation without one. */
  order: v.optional(v.picklist(["forward", "reverse"])),
});
export type SessionsParams = v.InferInput<typeof SessionsParams>;

/** Config for decoding that carries the place where dropped rows are reported. */
export interface DecodeConfig {
  readonly abortEarly?: boolean | undefined;
  onDrift?: ((drift: Drift) => void) | undefined;
}

function page<Row extends typeof Session | typeof Participant>(what: Drift["what"], row: Row) {
  return v.pipe(v.unknown(), v.transform(withoutNulls), v.looseObject({ ...pageEntries, content: rows(what, row) }));
}

interface RowContext {
  dataset: v.SuccessDataset<unknown[]>;
  config: DecodeConfig;
}

/** Reads a list row by row: a broken row is dropped and reported, the others are shown. */
function rows<Row extends v.GenericSchema>(what: Drift["what"], row: Row) {
  return v.pipe(
    v.array(v.unknown()),
    v.rawTransform(({ dataset, config }: RowContext): v.InferOutput<Row>[] => {
      return dataset.value.flatMap((item) => {
        const result = v.safeParse(row, item, config);
        if (result.success) return [result.output];
        config.onDrift?.({ what, fields: result.issues.map((issue) => v.getDotPath(issue) ?? "") });
        return [];
      });
    }),
  );
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== null));
}

/** Both times are ISO 8601 in UTC by now, so they compare as text. */
function endsAfterStart(request: { start_time?: string | undefined; end_time?: string | undefined }): boolean {
  return request.start_time === undefined || request.end_time === undefined || request.start_time < request.end_time;
}

/** Text without a scheme is let through: the API takes any text; a scheme other than the web's is not a picture. */
function isWebAddress(value: string): boolean {
  return /^https?:/i.test(value) || !/^[\p{C}\s]*[a-z][a-z0-9+.-]*[\p{C}\s]*:/iu.test(value);
}
