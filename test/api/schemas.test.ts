import * as v from "valibot";
import { describe, expect, it, vi } from "vitest";

import { decode, type Drift } from "../../src/api/decode.ts";
import { Participant, ParticipantPage, Session, SessionPage, UnitResponse } from "../../src/core.ts";

const start_time = "2026-01-12T00:00:00Z";
const end_time = "2026-01-12T01:00:00Z";
const session = { session_id: "s", start_time, end_time };
const read = { session_id: "s", start_time: "2026-01-12T00:00:00.000Z", end_time: "2026-01-12T01:00:00.000Z" };

/** The decoded response, and the drifts that were reported. */
function decoded<Schema extends v.GenericSchema>(schema: Schema, response: unknown) {
  const onDrift = vi.fn<(drift: Drift) => void>();
  const result = decode(schema, response, { onDrift });
  return { ...result, drift: onDrift.mock.calls.map(([drift]) => drift) };
}

describe("Session", () => {
  it("is decoded with times in UTC, without null fields, and with fields outside the contract", () => {
    const { output, issues } = decoded(Session, {
      ...session,
      canceled_time: null,
      session_name: null,
      room: { x: 1 },
    });
    expect(issues).toBeUndefined();
    expect(output).toEqual({ ...read, room: { x: 1 } });
  });

  it.each([
    ["session_id", undefined],
    ["session_id", 7],
    ["start_time", undefined],
    ["start_time", "soon"],
    ["start_time", 1768176000000],
    ["end_time", null],
    ["session_name", 7],
    ["team_id", {}],
    ["client_id", true],
    ["picture", []],
    ["canceled_time", 7],
    ["feature_flags", "video"],
    ["feature_flags", ["video", 7]],
    ["participants", {}],
  ])("is refused with %s %j", (name, value) => {
    const { issues, output } = decoded(Session, { ...session, [name]: value });
    expect(issues?.[0]?.path?.[0]).toMatchObject({ key: name });
    expect(output).toBeUndefined();
  });

  it("keeps a canceled_time that is not a time, because the session is canceled", () => {
    expect(decoded(Session, { ...session, canceled_time: "yes" }).output).toMatchObject({ canceled_time: "yes" });
    const written = { ...session, canceled_time: "Mon, 12 Jan 2026 00:00:00 GMT" };
    expect(decoded(Session, written).output).toMatchObject({ canceled_time: "2026-01-12T00:00:00.000Z" });
  });

  it.each([7, "s", null, undefined, true])("is refused as %j", (response) => {
    expect(decoded(Session, response).output).toBeUndefined();
  });

  it("has no participants field when the response has none, and an empty list when it is empty", () => {
    expect(decoded(Session, session).output).not.toHaveProperty("participants");
    expect(decoded(Session, { ...session, participants: null }).output).not.toHaveProperty("participants");
    expect(decoded(Session, { ...session, participants: [] }).output).toMatchObject({ participants: [] });
  });

  it("has only its own participants, each once, and reports the others as drift without their values", () => {
    const { output, drift } = decoded(Session, {
      ...session,
      participants: [
        { participant_id: "a", session_id: "s", role: "host" },
        { participant_id: "b" },
        { participant_id: "a", display_name: "again" },
        { participant_id: "c", session_id: "other" },
        { participant_id: "d", display_name: 7, state: false },
        "e",
      ],
    });
    expect(output).toMatchObject({
      participants: [{ participant_id: "a", session_id: "s", role: "HOST" }, { participant_id: "b" }],
    });
    expect(drift).toEqual([
      { what: "participant", fields: ["participant_id"] },
      { what: "participant", fields: ["display_name", "state"] },
      { what: "participant", fields: [""] },
      { what: "participant", fields: ["session_id"] },
    ]);
  });
});

describe("Participant", () => {
  it.each(["session_id", "client_id", "coviu_user_id", "display_name", "role", "state", "picture", "entry_url"])(
    "may lack %s, which is a string",
    (name) => {
      const participant = { participant_id: "p" };
      expect(decoded(Participant, participant).output).toEqual(participant);
      expect(decoded(Participant, { ...participant, [name]: null }).output).toEqual(participant);
      expect(decoded(Participant, { ...participant, [name]: "TEXT" }).output).toEqual({
        ...participant,
        [name]: "TEXT",
      });
      expect(decoded(Participant, { ...participant, [name]: 7 }).issues).toMatchObject([{ path: [{ key: name }] }]);
    },
  );

  it("drops a __proto__ field, so that a copy has no other role", () => {
    const participant: unknown = JSON.parse('{"participant_id":"p","__proto__":{"role":"HOST"}}');
    const { output } = decoded(Participant, participant);
    expect(Object.keys(output ?? {})).toEqual(["participant_id"]);
    expect(output?.role).toBeUndefined();
  });
});

describe("pages", () => {
  it.each([
    [SessionPage, session, read, "session"],
    [ParticipantPage, { participant_id: "p" }, { participant_id: "p" }, "participant"],
  ] as const)("drop an invalid row and the second row of one id", (schema, row, good, what) => {
    const { output, drift } = decoded(schema, { content: [row, { ...row, picture: 7 }, row, 7], more: true, page: 0 });
    expect(output).toEqual({ content: [good], more: true, page: 0 });
    expect(drift).toEqual([
      { what, fields: ["picture"] },
      { what, fields: [`${what}_id`] },
      { what, fields: [""] },
    ]);
  });

  it.each([
    { content: [] },
    { content: [], more: "no" },
    { content: {}, more: false },
    { more: false },
    { content: [], more: false, page: "0" },
    { content: [], more: false, page_size: "0" },
    { content: [], more: false, page_count: true },
    null,
    "page",
  ])("are refused as %j", (response) => {
    expect(decoded(SessionPage, response).output).toBeUndefined();
    expect(decoded(ParticipantPage, response).output).toBeUndefined();
  });

  it("of participants may be a bare list; of sessions not", () => {
    expect(decoded(ParticipantPage, [{ participant_id: "p" }]).output).toEqual({
      content: [{ participant_id: "p" }],
      more: false,
    });
    expect(decoded(SessionPage, [session]).output).toBeUndefined();
  });

  it("report drift to the onDrift of the call, and not for later calls", () => {
    const first = vi.fn<(drift: Drift) => void>();
    decode(SessionPage, { content: [7], more: false }, { onDrift: first });
    decode(SessionPage, { content: [7], more: false });
    v.is(SessionPage, { content: [7], more: false });
    expect(first).toHaveBeenCalledOnce();
  });

  it("report no drift of later calls after onDrift threw", () => {
    const onDrift = vi.fn<(drift: Drift) => void>(() => {
      throw new Error("of the app");
    });
    expect(() => decode(SessionPage, { content: [7], more: false }, { onDrift })).toThrow("of the app");
    v.is(SessionPage, { content: [7], more: false });
    expect(onDrift).toHaveBeenCalledOnce();
  });
});

describe("UnitResponse", () => {
  it.each([
    [{ ok: true }, true],
    [{ ok: false }, false],
    [{ ok: "true" }, false],
    [{}, false],
    [null, false],
  ])("%j is accepted: %s", (response, isAccepted) => {
    expect(decoded(UnitResponse, response).output !== undefined).toBe(isAccepted);
  });
});

describe("valibot's own functions", () => {
  it("accept the schemas of the kit", () => {
    expect(v.parse(Session, session)).toEqual(read);
    expect(() => v.parse(Session, {})).toThrow("session_id");
    expect(v.safeParse(v.object({ session: Session }), { session }).output).toEqual({ session: read });
    expect(v.parse(v.optional(Participant), undefined)).toBeUndefined();
    expect(v.is(v.array(Participant), [{ participant_id: "p" }, {}])).toBe(false);
    expect(Session["~standard"]).toMatchObject({ version: 1, vendor: "valibot" });
    expect(Session["~standard"].validate(session)).toMatchObject({ value: read });
  });
});
