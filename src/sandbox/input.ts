import { toInstant } from "../api/instants.ts";
import { maxNameLength, type ParticipantCreationRequest } from "../api/requests.ts";
import type { NewParticipant, WrittenTime } from "./store.ts";

/** An invalid request. The message names the field and never repeats its value. */
export class RequestError extends Error {
  constructor(
    message: string,
    readonly status: 400 | 413 | 415 = 400,
  ) {
    super(message);
  }
}

type Fields = Readonly<Record<string, unknown>>;

/** @param name Field that holds the object; without it the body itself. */
export function toFields(body: unknown, name?: string): Fields {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw new RequestError(name === undefined ? "The body must be an object." : `\`${name}\` must be a list of objects.`);
}

/** @throws RequestError if a parameter is repeated. */
export function toQuery(parameters: Readonly<Record<string, string[]>>): Record<string, string> {
  const values = Object.entries(parameters).map(([name, given]): [string, string] => {
    if (given.length > 1) throw new RequestError(`\`${name}\` must be given once.`);
    return [name, given[0] ?? ""];
  });
  return Object.fromEntries(values);
}

export function readText(fields: Fields, name: string): string | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw new RequestError(`\`${name}\` must be a string.`);
}

export function readName(fields: Fields, name: "session_name" | "display_name"): string | undefined {
  const value = readText(fields, name);
  if (value === undefined || value.length <= maxNameLength) return value;
  throw new RequestError(`\`${name}\` must not be longer than ${maxNameLength} characters.`);
}

export function readTime(fields: Fields, name: string): WrittenTime | undefined {
  const value = readText(fields, name);
  if (value === undefined) return undefined;
  const instant = toInstant(value);
  if (instant === undefined) throw new RequestError(`\`${name}\` must be a date and time.`);
  return { at: new Date(instant), text: value };
}

export function readTextList(fields: Fields, name: string): string[] | undefined {
  return readList(fields, name)?.map((value) => {
    if (typeof value === "string") return value;
    throw new RequestError(`\`${name}\` must be a list of strings.`);
  });
}

export function readList(fields: Fields, name: string): unknown[] | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined || Array.isArray(value)) return value;
  throw new RequestError(`\`${name}\` must be a list.`);
}

export function readParticipant(body: unknown, name?: string): NewParticipant {
  return { role: "GUEST", ...readPersonFields(toFields(body, name)) };
}

/** Reads the fields of a person that are in a request. */
export function readPersonFields(fields: Fields): Partial<NewParticipant> {
  const read: Record<keyof ParticipantCreationRequest, string | undefined> = {
    display_name: readName(fields, "display_name"),
    role: readRole(fields),
    picture: readText(fields, "picture"),
    state: readText(fields, "state"),
  };
  return given(read);
}

/** Removes values that are `undefined`. */
function given<Values extends object>(values: Values): { [Name in keyof Values]?: NonNullable<Values[Name]> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of the same values
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function readRole(fields: Fields): string | undefined {
  const role = readText(fields, "role")?.toUpperCase();
  if (role !== undefined && !["HOST", "GUEST", "PARTICIPANT"].includes(role))
    throw new RequestError("`role` must be host or guest.");
  return role;
}

export function readBoolean(query: Record<string, string>, name: string): boolean {
  const value = query[name];
  if (value !== undefined && value !== "true" && value !== "false")
    throw new RequestError(`\`${name}\` must be true or false.`);
  return value === "true";
}

export function readInteger(
  query: Record<string, string>,
  name: string,
  { min = 0, max = Infinity, fallback = 0 },
): number {
  const value = query[name];
  if (value === undefined) return fallback;
  const number = Number(value);
  if (/^\d{1,15}$/.test(value) && number >= min && number <= max) return number;
  throw new RequestError(
    max === Infinity
      ? `\`${name}\` must be an integer of at least ${min}.`
      : `\`${name}\` must be an integer from ${min} to ${max}.`,
  );
}
