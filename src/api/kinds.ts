import type * as v from "valibot";

import { hasSentFields } from "./sentFields.ts";

/** What came of reading a value, as valibot has it: what is in it, or the fields that were wrong, by name. */
export type Result<Output> =
  | { typed: true; value: Output; issues?: undefined }
  | { typed: false; value?: undefined; issues: Issue[] };

interface Issue {
  message: string;
  path: [{ key: string }];
}

export type Input<Entries extends v.ObjectEntries> = v.InferInput<v.ObjectSchema<Entries, undefined>>;
export type Output<Entries extends v.ObjectEntries> = v.InferOutput<v.ObjectSchema<Entries, undefined>>;

/**
 * A schema as valibot's own functions take it (`v.parse`, `v.is` …) and infer its types, without valibot's code, which
 * would bring 700 bytes more.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- whoever calls it says what it is
function kind<Schema extends v.GenericSchema>(read: (value: unknown) => Result<unknown>, parts = {}): Schema {
  const schema: unknown = {
    kind: "schema",
    "~run": (given: { value: unknown }) => read(given.value),
    "~standard": { version: 1, vendor: "coviu-react", validate: read },
    ...parts,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- valibot's type for what stands above
  return schema as Schema;
}

export function read<Schema extends v.GenericSchema>(schema: Schema, value: unknown): Result<v.InferOutput<Schema>> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the way back
  return schema["~run"]({ value }, {}) as Result<v.InferOutput<Schema>>;
}

/** Takes a value as it is, or refuses it. */
export function custom<Value>(check: (value: unknown) => boolean) {
  return kind<v.GenericSchema<Value>>((value) => (check(value) ? accepted(value) : refused("")));
}

/**
 * What another schema has read, turned into what the kit works with, or refused, for a field of it if one is named:
 * `undefined` says that it cannot be.
 */
export function converted<In, Middle, Out>(
  schema: v.GenericSchema<In, Middle>,
  to: (value: Middle) => Out | undefined,
  field = "",
) {
  return kind<v.GenericSchema<In, Out>>(
    (given) => {
      const result = read(schema, given);
      if (result.issues) return result;
      const value = to(result.value);
      return value === undefined ? refused(field) : accepted(value);
    },
    { pipe: [schema] },
  );
}

/** Accepts the answer to a write only if it has what was sent: another one is about another write. */
export function answering<In, Out extends object>(sent: object, schema: v.GenericSchema<In, Out>) {
  return converted(schema, (value) => (hasSentFields(value, sent) ? value : undefined));
}

/** An answer about what was asked for, by its id: another's would have another's link, or be canceled in its place. */
export function about<Field extends string, In, Out extends Record<Field, string>>(
  field: Field,
  id: string,
  schema: v.GenericSchema<In, Out>,
) {
  return converted(schema, (value) => (value[field] === id ? value : undefined), field);
}

/** A value that another schema reads after it was changed. */
export function through<In, Out>(to: (value: unknown) => unknown, schema: v.GenericSchema<In, Out>) {
  return kind<v.GenericSchema<In, Out>>((value) => read(schema, to(value)), { pipe: [schema] });
}

export function optional<Wrapped extends v.GenericSchema>(wrapped: Wrapped) {
  return kind<v.OptionalSchema<Wrapped, undefined>>((value) =>
    value === undefined ? accepted(value) : read(wrapped, value),
  );
}

/** An object of an answer: `null` and absent mean the same, and fields that are unknown here are kept. */
export function answer<Entries extends v.ObjectEntries>(entries: Entries) {
  // TanStack Query copies data key by key: one of the name `__proto__` would decide what the copy is.
  return fields(entries, ([key, value]) => value !== null && key !== "__proto__");
}

/** An object of a request: it has no other fields. */
export function request<Entries extends v.ObjectEntries>(entries: Entries) {
  return fields(entries, () => true, entries);
}

function fields<Entries extends v.ObjectEntries>(
  entries: Entries,
  isTaken: (field: [string, unknown]) => boolean,
  all?: Entries,
) {
  return kind<v.GenericSchema<Input<Entries>, Output<Entries>> & { entries: Entries }>(
    (given) => {
      if (typeof given !== "object" || given === null) return refused("");
      const value = Object.fromEntries(Object.entries(given).filter(isTaken));
      const wrong = all ? Object.keys(value).filter((key) => !Object.hasOwn(all, key)) : [];
      for (const [key, entry] of Object.entries(entries)) {
        const result = read(entry, value[key]);
        if (result.issues) wrong.push(key);
        else if (key in value) value[key] = result.value;
      }
      return wrong.length ? refused(...wrong) : accepted(value);
    },
    { entries },
  );
}

/** The names of the fields that were refused. */
export function fieldsOf({ issues }: Result<unknown>): string[] | undefined {
  return issues?.map(({ path }) => path[0].key);
}

function accepted<Output>(value: Output): Result<Output> {
  return { typed: true, value };
}

function refused(...names: string[]): Result<never> {
  return { typed: false, issues: names.map((key) => ({ message: `Invalid ${key}`, path: [{ key }] })) };
}
