// @vitest-environment node
import { expect } from "vitest";

import { decode } from "../../src/api/decode.ts";
import { toInstant } from "../../src/api/instants.ts";
import {
  cancelSession,
  createCoviuClient,
  CoviuError,
  createSession,
  getSession,
  listParticipants,
  listSessions,
  Participant,
  ParticipantPage,
  removeParticipant,
  Session,
  SessionPage,
  UnitResponse,
} from "../../src/core.ts";
import { createRandom } from "../../src/sandbox/ids.ts";
import { inHours } from "../harness/testTime.ts";
import { clinic, failure } from "./clinic.ts";
import { faultRow } from "./faultRow.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const schemas = { Session, SessionPage, Participant, ParticipantPage, UnitResponse };

const person: Json = {
  participant_id: "7b1d0f6e-1c7f-4c55-9d0e-0a4b3a1c2d3e",
  session_id: "0f8fad5b-d9cb-469f-a165-70867728950e",
  client_id: "client",
  display_name: "Ana Lee",
  role: "guest",
  state: "patient-12",
  picture: "https://clinic.example/a.png",
  entry_url: "https://coviu.com/session/7b1d0f6e-1c7f-4c55-9d0e-0a4b3a1c2d3e",
};
const session: Json = {
  session_id: "0f8fad5b-d9cb-469f-a165-70867728950e",
  team_id: "team",
  client_id: "client",
  session_name: "Knee rehab",
  start_time: "2026-01-13T23:00:00.000Z",
  end_time: "Tue, 13 Jan 2026 23:30:00 GMT",
  picture: null,
  feature_flags: ["-plugin;x"],
  participants: [person, { ...person, participant_id: "other", role: "HOST" }],
};
const documents: Record<keyof typeof schemas, Json> = {
  Session: session,
  Participant: person,
  SessionPage: { content: [session, session, session], more: true, page: 0, page_size: 3, page_count: 9 },
  ParticipantPage: { content: [person, person], more: false },
  UnitResponse: { ok: true },
};

const hostileKeys = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "then", "length", ""];
const hostileValues: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1e308,
  "",
  "x",
  "\ud800",
  "\0",
  "2026",
  "Invalid Date",
  [],
  {},
  [[]],
  [null],
  { __proto__: null, ok: true },
  "9".repeat(300),
  ["__proto__"],
  { content: [] },
];

/** Copy of a document with one to four random changes. */
function mutate(document: Json, random: () => number): Json {
  const copy: Json = JSON.parse(JSON.stringify(document));
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)];
  let root: Json = copy;
  for (let count = 1 + Math.floor(random() * 4); count > 0; count -= 1) {
    const targets: { in: Json[] | { [key: string]: Json }; at: string | number }[] = [];
    const walk = (value: Json): void => {
      if (Array.isArray(value)) value.forEach((item, at) => (targets.push({ in: value, at }), walk(item)));
      else if (typeof value === "object" && value !== null) {
        for (const at of Object.keys(value)) {
          targets.push({ in: value, at });
          walk(value[at] ?? null);
        }
      }
    };
    walk(root);
    const chosen = pick(targets);
    const value = structuredClone(pick(hostileValues) ?? null);
    if (!chosen || random() < 0.03) {
      root = value;
      continue;
    }
    const at = random() < 0.3 ? (pick(hostileKeys) ?? "") : chosen.at;
    const target = chosen.in;
    if (Array.isArray(target)) {
      if (typeof chosen.at === "number") target[chosen.at] = random() < 0.1 ? [...target] : value;
    } else if (random() < 0.25) delete target[chosen.at];
    // An own property with any name, as JSON.parse creates it.
    else Object.defineProperty(target, at, { value, enumerable: true, configurable: true, writable: true });
  }
  return root;
}

/** Names of the properties of built-in prototypes. */
function prototypes(): string {
  return [Object, Array, String, Function, Promise]
    .map(({ prototype }) => Object.getOwnPropertyNames(prototype).join())
    .join(";");
}
const before = prototypes();

faultRow(
  "J5",
  "a response of any shape is read, left out in part, or refused",
  Object.entries(schemas).map(([name, schema]) => ({
    name: `${name} × 20,000 mutations`,
    runs: 1,
    async run({ holds }) {
      const count = 20_000 * Number(import.meta.env["VITE_DRILL_TIMES"] ?? "1");
      let read = 0;
      let dropped = 0;
      for (let seed = 0; seed < Math.min(count, 200_000); seed += 1) {
        const random = createRandom(seed * 7 + name.length);
        const document = Object.entries(documents).find(([known]) => known === name)?.[1] ?? null;
        // `decode` throws nothing, so the client throws only CoviuError.
        const { output } = decode(schema, mutate(document, random), { onDrift: () => (dropped += 1) });
        if (output) read += 1;
      }
      await holds("I5", () => expect(prototypes()).toBe(before));
      await holds("I5", () => expect(Object.keys({})).toEqual([]));
      // Some documents are read and some are refused.
      await holds("I4", () => expect(read).toBeGreaterThan(0));
      await holds("I4", () => expect(read).toBeLessThan(Math.min(count, 200_000)));
      if (name.endsWith("Page")) await holds("I4", () => expect(dropped).toBeGreaterThan(0));
    },
  })),
);

faultRow("J5", "for a response of any shape, the client throws only CoviuError", [
  {
    name: "mutated body × listSessions, getSession, listParticipants",
    runs: 300,
    async run({ seed, holds }) {
      const random = createRandom(seed);
      const page = JSON.stringify(mutate(documents.SessionPage, random));
      const cut = random() < 0.5 ? page : page.slice(0, Math.floor(random() * page.length));
      const client = createCoviuClient({
        baseUrl: "https://clinic.example/api",
        timeouts: { total: 0 },
        fetch: async () => new Response(cut, { headers: { "content-type": "application/json" } }),
      });
      for (const call of [
        () => listSessions(client),
        () => getSession(client, "one"),
        () => listParticipants(client, "one"),
      ]) {
        const error = await call().then(
          () => undefined,
          (reason: unknown) => reason,
        );
        await holds("I5", () => expect(error === undefined || CoviuError.is(error)).toBe(true));
        await holds("I5", () => expect(`${String(error)}${JSON.stringify(error)}`).not.toMatch(/Ana Lee|7b1d0f6e/));
      }
    },
  },
]);

faultRow(
  "J5",
  "the work of decoding grows linearly with the document",
  (["SessionPage", "ParticipantPage"] as const).map((name) => ({
    name: `${name} × 50, 200 and 800 rows, property accesses counted`,
    async run({ holds }) {
      const rowOf = name === "SessionPage" ? session : person;
      const countAccesses = (size: number) => {
        let count = 0;
        const counting = (value: unknown): unknown => {
          if (typeof value !== "object" || value === null) return value;
          return new Proxy(value, {
            get: (target, key, receiver) => ((count += 1), counting(Reflect.get(target, key, receiver))),
            has: (target, key) => ((count += 1), Reflect.has(target, key)),
            ownKeys: (target) => ((count += 1), Reflect.ownKeys(target)),
          });
        };
        const document = { content: Array.from({ length: size }, () => rowOf), more: false };
        const { issues } = decode(schemas[name], counting(document));
        expect(issues).toBeUndefined();
        return count;
      };
      const [small, middle, large] = [countAccesses(50), countAccesses(200), countAccesses(800)];
      await holds("I8", () => expect(small).toBeGreaterThan(50));
      await holds("I8", () => expect(middle / small).toBeLessThan(4.1));
      await holds("I8", () => expect(large / middle).toBeLessThan(4.1));
    },
  })),
);

faultRow(
  "J3",
  "unknown fields, roles and flags are kept",
  ["PARTICIPANT", "observer", "__proto__", "constructor", ""].map((role) => ({
    name: `role ${JSON.stringify(role)} × unknown fields`,
    async run({ holds }) {
      const { output } = decode(Participant, { ...person, role, phone: "1", [role || "x"]: { a: [1] } });
      await holds("I4", () => expect(output).toMatchObject({ role: role.toUpperCase(), phone: "1" }));
    },
  })),
);

faultRow("J4", "null and an absent field have the same meaning", [
  {
    name: "random sets of fields of a session",
    runs: 500,
    async run({ seed, holds }) {
      const random = createRandom(seed);
      const entries = Object.entries(session);
      const chosen = entries.map(() => random() < 0.4);
      const withNulls = Object.fromEntries(entries.map(([key, value], i) => [key, chosen[i] ? null : value]));
      const without = Object.fromEntries(entries.filter((_, i) => !chosen[i]));
      const results = [withNulls, without].map((document) => decode(Session, document));
      await holds("I4", () => expect(results[0]?.output).toEqual(results[1]?.output));
    },
  },
]);

const forms: Record<string, (time: Date) => string> = {
  "ISO with Z": (time) => time.toISOString(),
  "ISO without milliseconds": (time) => time.toISOString().replace(/\.\d+/, ""),
  "ISO without an offset": (time) => time.toISOString().replace("Z", ""),
  "ISO with a space": (time) => time.toISOString().replace("T", " "),
  "ISO with an offset": (time) => new Date(time.getTime() + 630 * 60_000).toISOString().replace("Z", "+10:30"),
  "ISO with microseconds": (time) => time.toISOString().replace("Z", "999Z"),
  "RFC 1123": (time) => time.toUTCString(),
};

faultRow(
  "J6",
  "every form of a date is the same instant",
  Object.entries(forms).map(([form, write]) => ({
    name: form,
    async run({ holds }) {
      const random = createRandom(form.length);
      for (let i = 0; i < 1500; i += 1) {
        // Whole seconds from 1990 to 2090, because some forms have no milliseconds.
        const time = new Date(Math.floor(631_152_000 + random() * 3_155_760_000) * 1000);
        await holds("I4", () => expect(toInstant(write(time))).toBe(time.toISOString()));
      }
    },
  })),
);

faultRow(
  "J6",
  "an invalid date is left out and reported, never read as 1970",
  ["", "0", "yesterday", "2026-13-40T99:99:99Z", "1768257000", "2026-01-13", "NaN", "\ud800"].map((text) => ({
    name: `start_time ${JSON.stringify(text)}`,
    async run({ holds }) {
      const fields: unknown[] = [];
      const result = decode(
        SessionPage,
        { content: [{ ...session, start_time: text }, session], more: false },
        { onDrift: (drift) => fields.push(drift) },
      );
      await holds("I4", () => expect(result.output).toMatchObject({ content: [{ session_name: "Knee rehab" }] }));
      await holds("I4", () => expect(fields).toEqual([{ what: "session", fields: ["start_time"] }]));
    },
  })),
);

faultRow(
  "J7",
  "200 with ok false is a failure",
  [
    { name: "cancelSession", call: cancelSession },
    { name: "removeParticipant", call: removeParticipant },
  ].map(({ name, call }) => ({
    name,
    async run({ holds }) {
      const client = createCoviuClient({
        baseUrl: "https://clinic.example/api",
        fetch: async () => Response.json({ ok: false }),
      });
      const error = await failure(call(client, "one"));
      await holds("I4", () => expect(error).toMatchObject({ code: "bad_response", outcome: "unknown" }));
    },
  })),
);

faultRow(
  "J11",
  "hostile ids, keys and flags change no prototype",
  hostileKeys.map((key) => ({
    name: `${JSON.stringify(key)} as field, flag, role, state and id`,
    async run({ holds }) {
      const text = JSON.stringify({
        ...session,
        session_id: key || "empty",
        feature_flags: [key],
        participants: [{ ...person, participant_id: key || "empty", state: key, role: key }],
      }).replace('"team_id"', `${JSON.stringify(key)}:{"polluted":true},"team_id"`);
      const client = createCoviuClient({
        baseUrl: "https://clinic.example/api",
        fetch: async () => new Response(text, { headers: { "content-type": "application/json" } }),
      });
      const read = await getSession(client, key || "empty");
      await holds("I4", () => expect(read).toMatchObject({ session_id: key || "empty", feature_flags: [key] }));
      await holds("I5", () => expect(Reflect.get({}, "polluted")).toBeUndefined());
      await holds("I5", () => expect(prototypes()).toBe(before));
    },
  })),
);

const texts = ["\ud83d", "\udc00x", "a\0b", "\ufeffbom", "\u202eevil", "\u0301".repeat(40), "👩‍👩‍👧‍👦", "\u2028\u2029"];

faultRow(
  "J12",
  "lone surrogates, NUL and invisible characters are sent back unchanged or refused",
  texts.map((text) => ({
    name: `name ${JSON.stringify(text.slice(0, 8))}`,
    async run({ holds }) {
      const { client } = await clinic();
      const booking = createSession(client, { session_name: text, start_time: inHours(2), end_time: inHours(3) });
      const end = await booking.then(
        ({ session_id }) => getSession(client, session_id),
        (error: unknown) => error,
      );
      const expected = text.trim() ? { session_name: text } : { message: "createSession: invalid_input session_name" };
      await holds("I1", () => expect(end).toMatchObject(expected));
    },
  })),
);

faultRow(
  "J12",
  "a byte order mark is read, and invalid UTF-8 before the body is refused",
  [
    { name: "a byte order mark", bytes: [0xef, 0xbb, 0xbf], code: undefined },
    { name: "invalid UTF-8 before the body", bytes: [0xff, 0xfe], code: "bad_response" },
  ].map(({ name, bytes, code }) => ({
    name,
    async run({ holds }) {
      const body = new TextEncoder().encode(JSON.stringify(session));
      const client = createCoviuClient({
        baseUrl: "https://clinic.example/api",
        timeouts: { total: 0 },
        fetch: async () => new Response(new Uint8Array([...bytes, ...body])),
      });
      const end = await getSession(client, "0f8fad5b-d9cb-469f-a165-70867728950e").catch((error: unknown) => error);
      await holds("I4", () => expect(end).toMatchObject(code ? { code } : { session_name: "Knee rehab" }));
    },
  })),
);
