import { toInstant } from "../api/instants.ts";
import { maxNameLength } from "../api/requests.ts";
import type { NewParticipant, WrittenTime } from "./store.ts";

/** A request that breaks a rule; `message` names the field and never repeats its value. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly status: 400 | 413 | 415 = 400,
  ) {
    super(message);
  }
}

type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(body: unknown, name?: string): Fields {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return { ...body };
  throw new Refusal(name === undefined ? "The body must be an object." : `\`${name}\` must be a list of objects.`);
}

/** A parameter that is given twice has no value to go by. */
export function queryOf(parameters: Readonly<Record<string, string[]>>): Record<string, string> {
  const values = Object.entries(parameters).map(([name, given]): [string, string] => {
    if (given.length > 1) throw new Refusal(`\`${name}\` must be given once.`);
    return [name, given[0] ?? ""];
  });
  return Object.fromEntries(values);
}

export function text(fields: Fields, name: string): string | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined || typeof value === "string") return value;
  throw new Refusal(`\`${name}\` must be text.`);
}

export function nameIn(fields: Fields, name: "session_name" | "display_name"): string | undefined {
  const value = text(fields, name);
  if (value === undefined || value.length <= maxNameLength) return value;
  throw new Refusal(`\`${name}\` must not be longer than ${maxNameLength} characters.`);
}

export function time(fields: Fields, name: string): WrittenTime | undefined {
  const value = text(fields, name);
  if (value === undefined) return undefined;
  const instant = toInstant(value);
  if (instant === undefined) throw new Refusal(`\`${name}\` must be a date and time.`);
  return { at: new Date(instant), text: value };
}

export function texts(fields: Fields, name: string): string[] | undefined {
  return list(fields, name)?.map((value) => {
    if (typeof value === "string") return value;
    throw new Refusal(`\`${name}\` must be a list of texts.`);
  });
}

export function list(fields: Fields, name: string): unknown[] | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined || Array.isArray(value)) return value;
  throw new Refusal(`\`${name}\` must be a list.`);
}

export function participant(body: unknown, name?: string): NewParticipant {
  const fields = fieldsOf(body, name);
  return {
    display_name: nameIn(fields, "display_name"),
    role: roleIn(fields) ?? "GUEST",
    picture: text(fields, "picture"),
    state: text(fields, "state"),
  };
}

export function roleIn(fields: Fields): string | undefined {
  const role = text(fields, "role")?.toUpperCase();
  if (role !== undefined && !["HOST", "GUEST", "PARTICIPANT"].includes(role))
    throw new Refusal("`role` must be host or guest.");
  return role;
}

export function flag(query: Record<string, string>, name: string): boolean {
  const value = query[name];
  if (value !== undefined && value !== "true" && value !== "false")
    throw new Refusal(`\`${name}\` must be true or false.`);
  return value === "true";
}

export function whole(
  query: Record<string, string>,
  name: string,
  { least = 0, most = Infinity, otherwise = 0 },
): number {
  const value = query[name];
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (/^\d{1,15}$/.test(value) && number >= least && number <= most) return number;
  throw new Refusal(
    most === Infinity
      ? `\`${name}\` must be a whole number from ${least}.`
      : `\`${name}\` must be a whole number from ${least} to ${most}.`,
  );
}
