import * as v from "valibot";

/** What the kit tells `onDrift`: a row of an answer that was not as the contract says, without its content. */
export interface Drift {
  what: "session" | "participant";
  /** The fields that were wrong, by name. Values are never included. */
  fields: readonly string[];
}

/** `HOST` enters directly, `GUEST` waits until a host lets them in. Newer servers may name more roles. */
export type Role = "HOST" | "GUEST" | (string & {});

// One kind of schema serves for all of these: each of valibot's own would bring 40 to 100 bytes more.
export const anything = v.custom<unknown>(() => true);
export const string = v.custom<string>((value) => typeof value === "string");
export const boolean = v.custom<boolean>((value) => typeof value === "boolean");
export const number = v.custom<number>((value) => typeof value === "number");
export const strings = listOf(string);

const text = v.optional(string);
export const instant = v.pipe(string, convert(toInstant));
const mark = v.optional(
  v.pipe(
    string,
    convert((value) => toInstant(value) ?? value),
  ),
);
const role = v.optional(
  v.pipe(
    string,
    convert((value): Role => value.toUpperCase()),
  ),
);

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
  deleted_at: mark,
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
  canceled_time: mark,
  picture: text,
  feature_flags: v.optional(strings),
  participants: v.optional(rows("participant", Participant)),
};

/** A session, as the API returns it. Times are ISO 8601 in UTC; `participants` absent is not `[]`. */
export const Session = v.pipe(answer(sessionEntries), convert(withOwnPeople));
export type Session = Omit<v.InferOutput<v.ObjectSchema<typeof sessionEntries, undefined>>, "participants"> & {
  participants?: Participant[] | undefined;
};

/**
 * Reads a time in either form the API writes (ISO 8601 or RFC 1123) and gives ISO 8601 in UTC, or `undefined`.
 * A time without an offset is read as UTC: never in the zone of the machine.
 */
export function toInstant(value: string): string | undefined {
  const form =
    /^(\d{4}-\d\d-\d\d[T ]|\w{3}, \d\d? \w{3} \d{4} )\d\d:\d\d(:\d\d(\.\d+)?)?( ?(Z|GMT|UTC|[+-]\d\d:?\d\d))?$/i.exec(
      value,
    );
  const time = form ? Date.parse(form[4] ? value : `${value.replace(" ", "T")}Z`) : NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** Turns a value into what the kit works with, or refuses it: `undefined` says that it cannot be. */
export function convert<Input, Output>(to: (value: Input) => Output | undefined) {
  return v.rawTransform<Input, Output>(({ dataset, addIssue, NEVER }) => {
    const output = to(dataset.value);
    if (output !== undefined) return output;
    addIssue();
    return NEVER;
  });
}

type Fields<Entries extends v.ObjectEntries> = v.ObjectSchema<Entries, undefined>;
type Input<Entries extends v.ObjectEntries> = v.InferInput<Fields<Entries>>;
type Output<Entries extends v.ObjectEntries> = v.InferOutput<Fields<Entries>>;

/** An object of an answer: `null` and absent mean the same, and fields that are unknown here are kept. */
export function answer<Entries extends v.ObjectEntries>(entries: Entries) {
  // TanStack Query copies data key by key: one of the name `__proto__` would decide what the copy is.
  return fields(entries, ([key, value]) => value !== null && key !== "__proto__");
}

/** An object of a request: it has no other fields. */
export function request<Entries extends v.ObjectEntries>(entries: Entries) {
  return fields(entries, () => true, entries);
}

/** Reads an object field by field. The two kinds that valibot has for this would bring 230 bytes more. */
function fields<Entries extends v.ObjectEntries>(
  entries: Entries,
  isTaken: (field: [string, unknown]) => boolean,
  all?: Entries,
): v.GenericSchema<Input<Entries>, Output<Entries>> & { entries: Entries } {
  const schema = v.pipe(
    v.custom<Input<Entries>>((value) => typeof value === "object" && value !== null),
    v.rawTransform<Input<Entries>, Output<Entries>>(({ dataset: { value: input }, addIssue }) => {
      const record = Object.fromEntries(Object.entries<unknown>(input).filter(isTaken));
      const refuse = (key: string) =>
        addIssue({ path: [{ type: "object", origin: "value", input, key, value: record[key] }] });
      for (const [key, entry] of Object.entries(entries)) {
        const { success, output } = v.safeParse(entry, record[key]);
        if (!success) refuse(key);
        else if (key in record) record[key] = output;
      }
      if (all)
        Object.keys(record)
          .filter((key) => !Object.hasOwn(all, key))
          .forEach(refuse);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field has been read by its schema
      return record as Output<Entries>;
    }),
  );
  return { ...schema, entries };
}

export function listOf<Item extends v.GenericSchema>(item: Item) {
  return v.custom<v.InferInput<Item>[]>(
    (value) => Array.isArray(value) && value.every((one) => v.safeParse(item, one).success),
  );
}

/** The name of the field an issue is about. valibot's own message would quote the value it met. */
export function fieldOf(issue: v.BaseIssue<unknown>): string {
  return issue.path?.map(({ key }) => key).join(".") ?? "";
}

/** Set while an answer is decoded, which happens at once: valibot has no other way to hand something down. */
let report: ((drift: Drift) => void) | undefined;

/** Decodes an answer and tells `onDrift` of the rows that were left out. */
export function decode<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
  onDrift: ((drift: Drift) => void) | undefined,
): v.SafeParseResult<Schema> {
  report = onDrift;
  try {
    return v.safeParse(schema, answer);
  } finally {
    report = undefined;
  }
}

/** Reads a list row by row: a broken row and one that was there before are dropped and reported, the others are shown. */
export function rows<Row extends v.GenericSchema<unknown, Partial<Pick<Participant, "session_id" | "participant_id">>>>(
  what: Drift["what"],
  row: Row,
) {
  return v.pipe(
    listOf(anything),
    convert((items) => {
      const ids = new Set<string | undefined>();
      return items.flatMap((item): v.InferOutput<Row>[] => {
        const { success, output, issues } = v.safeParse(row, item);
        if (success && ids.size < ids.add(output[`${what}_id`]).size) return [output];
        report?.({ what, fields: issues?.map(fieldOf) ?? [`${what}_id`] });
        return [];
      });
    }),
  );
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
