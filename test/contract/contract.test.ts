import { readFileSync } from "node:fs";

import { describe, expect, expectTypeOf, it } from "vitest";

import { operations } from "../../src/api/operations.ts";
import * as core from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { now, tokenOf } from "../sandbox/connect.ts";
import { differences, type Schemas, shapesOf } from "./differences.ts";
import { badRequests, booked, exchangesOfTheClient, send } from "./exchanges.ts";
import structureJson from "./structure.json";
import { type Structure, structureOf } from "./structureOf.ts";
import { type Exchange, uncovered } from "./uncovered.ts";

const structure: Structure = structureJson;
const shapes = shapesOf(structure);

const schemas: Schemas = {
  Participant: core.Participant,
  ParticipantCreationRequest: core.ParticipantCreationRequest,
  ParticipantPage: core.ParticipantPage,
  ParticipantUpdateRequest: core.ParticipantUpdateRequest,
  Session: core.Session,
  SessionCreationRequest: core.SessionCreationRequest,
  SessionPage: core.SessionPage,
  SessionUpdateRequest: core.SessionUpdateRequest,
  UnitResponse: core.UnitResponse,
  getSessionById: core.GetSessionParams,
  getSessionPage: core.ListSessionsParams,
  getSessionParticipants: core.GetSessionParams,
};

/** Accepted differences: rows without an id are dropped. `role` has a separate type (see below). */
const allowed = ["Participant.participant_id is required", "Session.session_id is required"];

describe("the structure", () => {
  it.skipIf(!process.env["COVIU_SPEC"])("equals the structure of the published document in COVIU_SPEC", () => {
    expect(structureOf(JSON.parse(readFileSync(process.env["COVIU_SPEC"] ?? "", "utf8")))).toEqual(structure);
  });

  it("has the ten operations, and the token endpoint of the sandbox", () => {
    expect(structure.operations).toHaveLength(10);
    const { type, flow, tokenUrl } = structure.security;
    expect({ type, flow }).toEqual({ type: "oauth2", flow: "application" });
    expect(new URL(tokenUrl).pathname).toBe("/v1/auth/token");
  });
});

it("api/operations.ts has method and path of each operation of the contract, and no other operation", () => {
  const expected = structure.operations.map(({ operationId, method, path }) => [
    operationId,
    { method: method.toUpperCase(), path: path.replace(/^\//, "") },
  ]);
  expect(operations).toEqual(Object.fromEntries(expected));
});

describe("schemas", () => {
  it("have every field and parameter of the contract with its type, and no others", () => {
    expect(differences(shapes, schemas)).toEqual(allowed);
  });

  it("have the contract's fields in their TypeScript types, with `role` typed", () => {
    type Fields<Name extends keyof typeof structureJson.definitions> =
      keyof (typeof structureJson.definitions)[Name]["fields"];
    expectTypeOf<keyof core.Participant>().toEqualTypeOf<Fields<"Participant">>();
    expectTypeOf<keyof core.ParticipantCreationRequest>().toEqualTypeOf<Fields<"ParticipantCreationRequest">>();
    expectTypeOf<keyof core.ParticipantPage>().toEqualTypeOf<Fields<"ParticipantPage">>();
    expectTypeOf<keyof core.ParticipantUpdateRequest>().toEqualTypeOf<Fields<"ParticipantUpdateRequest">>();
    expectTypeOf<keyof core.Session>().toEqualTypeOf<Fields<"Session">>();
    expectTypeOf<keyof core.SessionCreationRequest>().toEqualTypeOf<Fields<"SessionCreationRequest">>();
    expectTypeOf<keyof core.SessionPage>().toEqualTypeOf<Fields<"SessionPage">>();
    expectTypeOf<keyof core.SessionUpdateRequest>().toEqualTypeOf<Fields<"SessionUpdateRequest">>();
    expectTypeOf<keyof core.UnitResponse>().toEqualTypeOf<Fields<"UnitResponse">>();
    expectTypeOf<core.Participant["role"]>().toEqualTypeOf<core.Role | undefined>();
    expectTypeOf<core.ParticipantCreationRequest["role"]>().toEqualTypeOf<core.Role | undefined>();
  });

  it.each(Object.keys(shapes))("the comparison reports a missing schema: %s", (name) => {
    const rest = Object.fromEntries(Object.entries(schemas).filter(([other]) => other !== name));
    expect(differences(shapes, rest)).toContain(`${name} has no schema`);
  });

  const fields = Object.entries(shapes).flatMap(([name, { fields: types }]) =>
    Object.keys(types).map((field) => [name, field] as const),
  );

  it.each(fields)(
    "the comparison reports a field that is missing, additional or of another type: %s.%s",
    (name, field) => {
      const shape = shapes[name] ?? { fields: {}, required: [] };
      const { [field]: type = "", ...others } = shape.fields;
      const found = (fields: Record<string, string>) =>
        differences({ ...shapes, [name]: { ...shape, fields } }, schemas);
      // A field with a suffix exists in no schema.
      expect(found({ ...shape.fields, [`${field}_2`]: type })).toContain(`${name}.${field}_2 is missing`);
      expect(found(others)).toContain(`${name}.${field} is not in the contract`);
      const other = type === "boolean" ? "string" : "boolean";
      expect(found({ ...shape.fields, [field]: other })).toContain(`${name}.${field} is not read as ${other}`);
    },
  );

  it("the comparison reports a field that is required on one side only", () => {
    const { Session = { fields: {}, required: [] } } = shapes;
    const required = ["session_id", "picture"];
    expect(differences({ ...shapes, Session: { ...Session, required } }, schemas)).toEqual([
      "Participant.participant_id is required",
      "Session.end_time is required",
      "Session.picture is optional",
      "Session.start_time is required",
    ]);
  });
});

describe("the ten functions and the sandbox", () => {
  async function everyExchange() {
    const { raw, decoded } = await exchangesOfTheClient();
    const { sandbox, idIn } = await booked();
    const refusals: Exchange[] = [];
    for (const { operation, ...bad } of badRequests(structure)) {
      refusals.push(await send(sandbox, operation, { ...bad, id: idIn(operation.path) }));
    }
    for (const operation of structure.operations) refusals.push(await send(sandbox, operation));
    return { decoded: [...decoded, ...refusals], raw: [...raw, ...refusals] };
  }

  it("use every parameter and body field, and every response field and status", async () => {
    const { decoded, raw } = await everyExchange();
    expect(uncovered(structure, decoded)).toEqual([]);
    expect(uncovered(structure, raw)).toEqual([]);
  });

  it.each(structure.operations)(
    "the coverage check reports a missing exchange: $operationId",
    async ({ operationId, statuses }) => {
      const { raw } = await everyExchange();
      for (const status of statuses) {
        const rest = raw.filter((exchange) => exchange.operation !== operationId || exchange.status !== status);
        expect(uncovered(structure, rest)).toContain(`${operationId}: ${status}`);
      }
      const moved = raw.map((exchange) =>
        exchange.operation === operationId ? { ...exchange, path: "/v1/x" } : exchange,
      );
      expect(uncovered(structure, moved)).toContain(`${operationId}: address`);
    },
  );

  it.each(["query", "body", "response"] as const)(
    "the coverage check reports every missing name in a %s",
    async (part) => {
      const { raw } = await everyExchange();
      const names = new Set(
        structure.operations.flatMap(({ parameters, response }) => {
          const body = parameters.find((parameter) => parameter.in === "body")?.type ?? "";
          if (part !== "query")
            return Object.keys(structure.definitions[part === "body" ? body : response]?.fields ?? {});
          return parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name);
        }),
      );
      expect(names.size).toBeGreaterThan(5);
      for (const name of names) {
        const rest = raw.map((exchange) => ({ ...exchange, [part]: without(exchange[part], name) }));
        expect(uncovered(structure, rest).some((gap) => gap.endsWith(`.${name}`) || gap.endsWith(` ${name}`))).toBe(
          true,
        );
        const more = raw.map((exchange) => ({ ...exchange, [part]: renamed(exchange[part], name) }));
        expect(uncovered(structure, more).some((gap) => gap.endsWith(`${name}_2 is not in the contract`))).toBe(true);
      }
    },
  );

  it("respond with the types of the contract", async () => {
    const { raw } = await exchangesOfTheClient();
    for (const { operation, response } of raw) {
      const type = structure.operations.find(({ operationId }) => operationId === operation)?.response ?? "";
      expect.soft(mistyped(response, type), operation).toEqual([]);
    }
  });
});

describe("the sandbox refuses", () => {
  it.each(badRequests(structure).map((bad) => ({ ...bad, id: bad.operation.operationId })))(
    "$id with `$name`: $value, naming the field and not its value",
    async ({ operation, name, value, ...request }) => {
      const { sandbox, idIn } = await booked();
      const { status, response } = await send(sandbox, operation, { ...request, id: idIn(operation.path) });
      expect(status).toBe(400);
      expect(response).toEqual({ error: { message: expect.stringContaining(`\`${name}\``) } });
      // The digit 0 also occurs in "from 1 to 200".
      const echo = value.replace(/^\W*(.*?)\W*$/, "$1").padStart(2);
      expect(JSON.stringify(response)).not.toContain(echo);
    },
  );

  const withBody = structure.operations.filter(({ parameters }) => parameters.some((one) => one.in === "body"));

  it.each(withBody)("$operationId with a body that is not an object", async (operation) => {
    const { sandbox, idIn } = await booked();
    for (const body of [[], "text", 5]) {
      expect(await send(sandbox, operation, { body, id: idIn(operation.path) })).toMatchObject({ status: 400 });
    }
  });

  it.each(structure.operations)("$operationId without a valid token: 401", async (operation) => {
    const { sandbox, idIn } = await booked();
    const other = createSandbox({ now, secret: "another" });
    for (const token of ["", "garbage", "a.b.c", await tokenOf(other)]) {
      expect(await send(sandbox, operation, { token, id: idIn(operation.path) })).toMatchObject({ status: 401 });
    }
  });

  const withId = structure.operations.filter(({ path }) => path.includes("{"));

  it.each(withId)("$operationId of an unknown id: 404", async (operation) => {
    const { sandbox } = await booked();
    expect(operation.statuses).toContain(404);
    const { status, response } = await send(sandbox, operation);
    expect(status).toBe(404);
    expect(response).toEqual({ error: { message: expect.any(String) } });
  });
});

/** Copies a value without the fields of this name, at any depth. */
function without(value: unknown, name: string): unknown {
  return mapKeys(value, (field) => (field === name ? undefined : field));
}

function renamed(value: unknown, name: string): unknown {
  return mapKeys(value, (field) => (field === name ? `${name}_2` : field));
}

function mapKeys(value: unknown, rename: (field: string) => string | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => mapKeys(item, rename));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [rename(name), mapKeys(field, rename)]);
  return Object.fromEntries(fields.filter(([name]) => name !== undefined));
}

/** Finds values that do not have the type of the contract. */
function mistyped(value: unknown, type: string, at = type): string[] {
  if (type.endsWith("[]")) {
    if (!Array.isArray(value)) return [at];
    return value.flatMap((item) => mistyped(item, type.slice(0, -2), at));
  }
  const definition = structure.definitions[type];
  if (definition) {
    if (typeof value !== "object" || value === null) return [at];
    const absent = definition.required.filter((name) => !(name in value)).map((name) => `${at}.${name}`);
    const wrong = Object.entries(value).flatMap(([name, field]) =>
      mistyped(field, definition.fields[name] ?? "nothing", `${at}.${name}`),
    );
    return [...absent, ...wrong];
  }
  if (type === "date-time") return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(String(value)) ? [] : [at];
  if (type === "integer") return Number.isInteger(value) ? [] : [at];
  return typeof value === type ? [] : [at];
}
