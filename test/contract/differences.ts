import { isDeepStrictEqual } from "node:util";

import * as v from "valibot";

import type { Structure } from "./structureOf.ts";

export type Shapes = Structure["definitions"];
export type Schemas = Readonly<Record<string, v.GenericSchema>>;

/** Finds fields that the schemas lack, have in addition or read with another type. */
export function differences(definitions: Shapes, schemas: Schemas): string[] {
  return Object.entries(definitions).flatMap(([name, { fields, required }]) => {
    const schema = schemas[name];
    if (!schema) return [`${name} has no schema`];
    const entries = entriesOf(schema);
    const added = Object.keys(entries).filter((field) => !(field in fields));
    return [
      ...added.map((field) => `${name}.${field} is not in the contract`),
      ...Object.entries(fields).flatMap(([field, type]) => {
        const entry = entries[field];
        if (!entry) return [`${name}.${field} is missing`];
        const needed = !v.is(entry, undefined);
        return [
          ...(needed === required.includes(field) ? [] : [`${name}.${field} is ${needed ? "required" : "optional"}`]),
          ...(reads(entry, field, type) ? [] : [`${name}.${field} is not read as ${type}`]),
        ];
      }),
    ];
  });

  function reads(entry: v.GenericSchema, field: string, type: string): boolean {
    if (wrong(type).some((value) => v.is(entry, value))) return false;
    const value = sampleOf(definitions, field, type);
    const list = v.safeParse(entry, value);
    const row = schemas[type.replace("[]", "")];
    if (!row || !Array.isArray(value)) return list.success;
    const [item] = value.map((one) => v.safeParse(row, one));
    return list.success && item?.success === true && isDeepStrictEqual(list.output, [item.output]);
  }
}

/** Returns the definitions, and one for the query of each operation that has one, under the operation's name. */
export function shapesOf({ definitions, operations }: Structure): Shapes {
  const queries = operations.map(({ operationId, parameters }) => {
    const query = parameters.filter((parameter) => parameter.in === "query");
    const fields = Object.fromEntries(query.map(({ name, type }) => [name, type]));
    return [
      operationId,
      { fields, required: query.filter(({ required }) => required).map(({ name }) => name) },
    ] as const;
  });
  return {
    ...definitions,
    ...Object.fromEntries(queries.filter(([, { fields }]) => Object.keys(fields).length > 0)),
  };
}

/** Creates a value of a type, with every field of every definition. */
function sampleOf(definitions: Shapes, field: string, type: string): unknown {
  if (type.endsWith("[]")) return [sampleOf(definitions, field, type.slice(0, -2))];
  const fields = definitions[type]?.fields;
  if (fields) {
    return Object.fromEntries(Object.entries(fields).map(([name, of]) => [name, sampleOf(definitions, name, of)]));
  }
  if (type === "date-time") return `2026-01-12T${field === "start_time" ? "10" : "11"}:00:00Z`;
  return type === "boolean" ? true : type === "integer" ? 1 : field === "order" ? "forward" : "any text";
}

function wrong(type: string): unknown[] {
  if (type === "string[]") return ["text", [5]];
  if (type.endsWith("[]")) return ["text", {}];
  if (type === "date-time") return ["soon", 5, true];
  return [5, "5", true].filter((value) => typeof value !== (type === "integer" ? "number" : type));
}

/** Finds the fields of an object schema, also inside a pipe. */
function entriesOf(schema: object): Schemas {
  if ("entries" in schema) return v.parse(v.record(v.string(), v.custom<v.GenericSchema>(isSchema)), schema.entries);
  return "pipe" in schema && Array.isArray(schema.pipe) ? Object.assign({}, ...schema.pipe.map(entriesOf)) : {};
}

function isSchema(value: unknown): value is v.GenericSchema {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "schema";
}
