import * as v from "valibot";

import { fieldsOf } from "../../api/decode.ts";
import type { Participant, Session } from "../../api/schemas.ts";
import { hasFields } from "../../domain/sameBooking.ts";
import { ProxyError } from "../proxy/proxyError.ts";

/** Validates a value. @throws ProxyError 400 with the names of invalid fields. Names that look like values become `?`. */
export function validate<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value ?? {});
  // valibot accepts an empty array as an object without fields.
  const isArray = Array.isArray(value) || participantsOf(value).some(Array.isArray);
  if (result.success && !isArray) return result.output;
  const names = fieldsOf(result.issues ?? []).map((name) => (/^[a-z_]{1,40}$/.test(name) ? name : "?"));
  throw new ProxyError(400, "invalid_input", `Not valid: ${names.join(", ") || "an array in place of an object"}`);
}

function participantsOf(value: unknown): unknown[] {
  const isBooking = typeof value === "object" && value !== null && "participants" in value;
  return isBooking && Array.isArray(value.participants) ? value.participants : [];
}

/** Parses a query to the types of its parameters. @throws ProxyError 400 if a parameter is repeated. */
export function parseQuery(query: URLSearchParams): object {
  const params: Record<string, unknown> = {};
  for (const [name, text] of query) {
    if (name in params) throw new ProxyError(400, "invalid_input", "A parameter is given twice.");
    params[name] = /^page(_size)?$/.test(name) ? Number(text) : name === "state" ? text : (booleans.get(text) ?? text);
  }
  return params;
}

const booleans = new Map([
  ["true", true],
  ["false", false],
]);

/** Splits the body of an edit: the fields to change, and their previous values (`if_unchanged`), if the browser sent them. */
export function parseEdit<Schema extends v.GenericSchema>(schema: Schema, body: object = {}) {
  const { if_unchanged: unchanged = {}, ...fields }: { if_unchanged?: unknown } = body;
  return { request: validate(schema, fields), unchanged: validate(schema, unchanged) };
}

/** @throws ProxyError 409 if a field has another value than the browser knew. */
export function assertUnchanged(record: Session | Participant, fields: object): void {
  if (hasFields(record, fields)) return;
  throw new ProxyError(409, "conflict", "Another user has changed this in the meantime.");
}
