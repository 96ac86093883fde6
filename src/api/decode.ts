import type * as v from "valibot";

/** Report of a row of a response that differs from the contract, without its content. */
export interface Drift {
  what: "session" | "participant";
  /** Names of the fields that were wrong. Values are never included. */
  fields: readonly string[];
}

type Decoded<Output> = { output: Output; issues?: undefined } | { output?: undefined; issues: v.BaseIssue<unknown>[] };

interface DecodeOptions {
  onDrift?: ((drift: Drift) => void) | undefined;
}

/**
 * Decodes a response, and reports to `onDrift` the rows that were dropped. Valibot hands a configuration down to every
 * schema and action, and the options travel in it. `v.safeParse` would drop the ones that it does not know.
 */
export function decode<Schema extends v.GenericSchema>(
  schema: Schema,
  response: unknown,
  options: DecodeOptions = {},
): Decoded<v.InferOutput<Schema>> {
  const config: v.Config<v.BaseIssue<unknown>> & DecodeOptions = options;
  const { value, issues } = schema["~run"]({ value: response }, config);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- valibot's own `safeParse` has the same type
  return issues ? { issues } : { output: value as v.InferOutput<Schema> };
}

/** The options of `decode`, from the configuration that an action in a schema is given. */
export function decodeOptions(config: object): DecodeOptions {
  return config;
}

/** Names of the fields that were wrong, each once. */
export function fieldsOf(issues: readonly v.BaseIssue<unknown>[]): string[] {
  return [...new Set(issues.map(({ path }) => (typeof path?.[0].key === "string" ? path[0].key : "")))];
}
