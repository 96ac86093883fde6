import * as v from "valibot";

import { timeOf } from "./instants.ts";

/** Fields of a session or a person, in a request or a response. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Accepts the response to a write only if it has the fields that were sent. A response with other values is the response to
 * another write.
 */
export function withSentFields<Output extends object>(schema: v.GenericSchema<unknown, Output>, sent: object) {
  return v.pipe(
    schema,
    v.check((record) => hasSentFields(record, sent)),
  );
}

/**
 * Whether the service treats two values of a field as the same. Its responses have whole seconds where they use RFC 1123,
 * roles in upper case, and text that may be trimmed.
 */
export function isSameValue(name: string, a: unknown, b: unknown): boolean {
  if (typeof a !== "string" || typeof b !== "string") return a === b;
  if (name.endsWith("_time")) return wholeSeconds(a) === wholeSeconds(b);
  return name === "role" ? a.toUpperCase() === b.toUpperCase() : asText(a) === asText(b);
}

/** Whether a record has the fields that were sent. A field that the record lacks is not compared. */
function hasSentFields(record: object, sent: object): boolean {
  const fields: Fields = { ...record };
  return Object.entries(sent).every(([name, value]) => {
    const received = fields[name];
    if (value === undefined || received === undefined) return true;
    if (name === "participants") return hasSentPeople(received, value);
    return typeof value !== "string" || isSameValue(name, received, value);
  });
}

/** Whether every person who was sent is in the response, by name and role. The service may add others. */
function hasSentPeople(received: unknown, sent: unknown): boolean {
  if (!Array.isArray(received) || !Array.isArray(sent)) return true;
  const unmatched: Fields[] = [...received];
  return sent.every(({ display_name = "", role = "GUEST" }: Fields) => {
    const index = unmatched.findIndex(
      (person) =>
        isSameValue("display_name", person.display_name ?? "", display_name) &&
        isSameValue("role", person.role ?? "GUEST", role),
    );
    return index >= 0 && unmatched.splice(index, 1).length === 1;
  });
}

function wholeSeconds(time: string): number {
  return Math.floor(timeOf(time) / 1000);
}

function asText(value: string): string {
  return value.normalize("NFC").replace(/\s+/gu, " ").trim();
}
