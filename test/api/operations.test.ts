import * as v from "valibot";
import { describe, expect, it } from "vitest";

import {
  addParticipant,
  cancelSession,
  type CoviuClient,
  createCoviuClient,
  createSession,
  getParticipant,
  getSession,
  listParticipants,
  listSessions,
  ParticipantCreationRequest,
  removeParticipant,
  SessionCreationRequest,
  ListSessionsParams,
  SessionUpdateRequest,
  updateParticipant,
  updateSession,
} from "../../src/core.ts";

const start_time = "2026-01-13T00:00:00.000Z";
const end_time = "2026-01-13T00:30:00.000Z";

const calls: Record<string, (client: CoviuClient) => Promise<unknown>> = {
  getSessionPage: (client) => listSessions(client),
  createSession: (client) => createSession(client, { start_time, end_time }),
  getSessionById: (client) => getSession(client, "s"),
  updateSession: (client) => updateSession(client, "s", {}),
  deleteSession: (client) => cancelSession(client, "s"),
  getSessionParticipants: (client) => listParticipants(client, "s"),
  addSessionParticipant: (client) => addParticipant(client, "s", {}),
  getSessionParticipant: (client) => getParticipant(client, "p"),
  updateSessionParticipant: (client) => updateParticipant(client, "p", {}),
  deleteSessionParticipant: (client) => removeParticipant(client, "p"),
};

describe("errors", () => {
  it.each(Object.entries(calls))("of %s name the operation", async (operation, call) => {
    const client = createCoviuClient({
      baseUrl: "https://clinic.example/api/coviu",
      fetch: async () => new Response(null, { status: 403 }),
    });
    await expect(call(client)).rejects.toMatchObject({
      operation,
      code: "forbidden",
      message: `${operation}: forbidden`,
    });
  });
});

describe("request schemas", () => {
  const session = (fields: object) => ({ start_time, end_time, ...fields });

  it.each(["http://pictures.example/a.png", "HTTPS://pictures.example/a.png", "a.png", "/a:b", "?a:b", "#a:b", ""])(
    "accept the picture %j",
    (picture) => {
      expect(v.is(ParticipantCreationRequest, { picture })).toBe(true);
      expect(v.is(SessionCreationRequest, session({ picture }))).toBe(true);
    },
  );

  it.each([
    "javascript:alert(1)",
    "data:image/png;base64,AAAA",
    "file:///etc/passwd",
    "  javascript:alert(1)",
    "\u0001javascript:alert(1)",
    "\njavascript:alert(1)",
    "java\tscript:alert(1)",
    "xhttp://pictures.example/a.png",
  ])("refuse the picture %j", (picture) => {
    expect(v.is(ParticipantCreationRequest, { picture })).toBe(false);
    expect(v.is(SessionUpdateRequest, { picture })).toBe(false);
  });

  it.each([
    [{ end_time: start_time }, false],
    [{ end_time: "2026-01-12T23:59:59Z" }, false],
    [{ end_time: "2026-01-13T00:00:01Z" }, true],
    // Another offset, the same order.
    [{ end_time: "2026-01-13T00:30:00+11:00" }, false],
  ])("require an end after the start: %j", (times, isRight) => {
    expect(v.is(SessionCreationRequest, session(times))).toBe(isRight);
    expect(v.is(SessionUpdateRequest, session(times))).toBe(isRight);
  });

  it("accept a change of the start or the end alone", () => {
    expect(v.is(SessionUpdateRequest, { start_time })).toBe(true);
    expect(v.is(SessionUpdateRequest, { end_time })).toBe(true);
  });

  it.each([
    [{ order: "forward" }, true],
    [{ order: "reverse" }, true],
    [{ order: "backward" }, false],
    [{ page: 0 }, true],
    [{ page: -1 }, false],
    [{ page: 1.5 }, false],
    [{ page_size: 0 }, false],
    [{ page_size: 1 }, true],
    [{ page_size: 200 }, true],
    [{ page_size: 201 }, false],
    [{ state: 1 }, false],
    [{ include_canceled: "true" }, false],
  ])("accept the list parameters %j: %s", (params, isRight) => {
    expect(v.is(ListSessionsParams, params)).toBe(isRight);
  });
});
