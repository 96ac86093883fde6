import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import {
  addParticipant,
  addParticipantMutationOptions,
  cancelSession,
  cancelSessionMutationOptions,
  createCoviuClient,
  createSession,
  createSessionMutationOptions,
  type SessionCreationRequest,
  updateParticipant,
  updateSession,
} from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { inDays, now, write } from "./clinic.ts";

const request = {
  session_name: "Knee rehab",
  start_time: inDays(1),
  end_time: inDays(1, 30),
  participants: [{ display_name: "Ana Lee" }, { display_name: "Dr Okafor", role: "host" }],
} satisfies SessionCreationRequest;
const session = { session_id: "s", ...request, participants: undefined };
const participant = { participant_id: "p", session_id: "s", display_name: "Ana Lee", role: "GUEST" };

function respondingWith(json: object) {
  return createCoviuClient({ baseUrl: "https://clinic.example/api", fetch: async () => Response.json(json) });
}

describe("the response to createSession", () => {
  it.each<[string, object]>([
    ["another name", { session_name: "Hip rehab" }],
    ["another start", { start_time: inDays(2) }],
    ["another end", { end_time: inDays(1, 31) }],
    ["other participants", { participants: [{ ...participant, display_name: "Ben Lee" }] }],
    [
      "a participant with another role",
      { participants: [{ ...participant }, { ...participant, participant_id: "q", display_name: "Dr Okafor" }] },
    ],
    ["another picture", { picture: "https://clinic.example/other.png" }],
  ])("with %s is rejected as bad_response with an unknown outcome", async (_, other) => {
    const client = respondingWith({ ...session, picture: "https://clinic.example/a.png", ...other });
    await expect(createSession(client, { ...request, picture: "https://clinic.example/a.png" })).rejects.toMatchObject({
      code: "bad_response",
      outcome: "unknown",
    });
  });

  it.each<[string, object]>([
    [
      "whole seconds in RFC 1123",
      { start_time: new Date(inDays(1)).toUTCString(), end_time: new Date(inDays(1, 30)).toUTCString() },
    ],
    ["a trimmed name in another form of Unicode", { session_name: "Jose\u0301" }],
    ["no participants", {}],
    [
      "one participant more, and roles in upper case",
      {
        participants: [
          { ...participant, participant_id: "q", display_name: "Dr Okafor", role: "HOST" },
          { ...participant, role: undefined },
          { ...participant, participant_id: "r", display_name: "Owner", role: "HOST" },
        ],
      },
    ],
    ["fewer fields than were sent", { session_name: undefined }],
  ])("with %s is accepted", async (_, other) => {
    const sent = "session_name" in other && other.session_name ? { ...request, session_name: " José" } : request;
    await expect(
      createSession(respondingWith({ ...session, ...other }), {
        ...sent,
        start_time: inDays(1).replace(".000", ".750"),
      }),
    ).resolves.toMatchObject({ session_id: "s" });
  });
});

describe("the response to another write", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["updateSession with another name", () => updateSession(respondingWith(session), "s", { session_name: "New" })],
    ["updateSession with another time", () => updateSession(respondingWith(session), "s", { end_time: inDays(3) })],
    [
      "addParticipant of another session",
      () => addParticipant(respondingWith({ ...participant, session_id: "t" }), "s", { display_name: "Ana Lee" }),
    ],
    [
      "addParticipant with another name",
      () => addParticipant(respondingWith(participant), "s", { display_name: "Ben Lee" }),
    ],
    [
      "addParticipant with another role",
      () => addParticipant(respondingWith(participant), "s", { display_name: "Ana Lee", role: "host" }),
    ],
    [
      "updateParticipant with another name",
      () => updateParticipant(respondingWith(participant), "p", { display_name: "Ben" }),
    ],
    [
      "updateParticipant with another state",
      () => updateParticipant(respondingWith({ ...participant, state: "a" }), "p", { state: "b" }),
    ],
    ["updateParticipant of another participant", () => updateParticipant(respondingWith(participant), "q", {})],
  ])("%s is rejected as bad_response with an unknown outcome", async (_, send) => {
    await expect(send()).rejects.toMatchObject({ code: "bad_response", outcome: "unknown" });
  });
});

describe("a write whose response is lost", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Advances the clock until a write has settled, and returns its result or error. */
  async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
    const outcomes: unknown[] = [];
    work.then(
      (data) => outcomes.push(data),
      (error: unknown) => outcomes.push(error),
    );
    while (outcomes.length === 0) {
      // oxlint-disable-next-line no-await-in-loop -- signatures take real time on other threads
      await vi.advanceTimersByTimeAsync(500);
      // oxlint-disable-next-line no-await-in-loop
      await new Promise(setImmediate);
    }
    return outcomes[0];
  }

  function clinic() {
    const sandbox = createSandbox({ now, seed: "none" });
    return { sandbox, client: createCoviuClient({ ...sandbox, scope: "a" }), queryClient: new QueryClient() };
  }
  const posts = (sandbox: ReturnType<typeof createSandbox>) => sandbox.log.count({ method: "POST" });

  it("is not reported as booked when an older equal session exists", async () => {
    const { sandbox, client, queryClient } = clinic();
    await createSession(client, request);
    sandbox.log.clear();
    sandbox.faults.next({ operation: "createSession", status: 503 });
    const outcome = await outcomeOf(write(queryClient, createSessionMutationOptions(client), request));
    expect(outcome).toMatchObject({ name: "CoviuError", code: "server", outcome: "unknown" });
    expect(posts(sandbox)).toBe(1);
  });

  it("is found when an older equal session exists", async () => {
    const { sandbox, client, queryClient } = clinic();
    const older = await createSession(client, request);
    sandbox.faults.next({ operation: "createSession", cut: "after-commit" });
    const outcome = await outcomeOf(write(queryClient, createSessionMutationOptions(client), request));
    expect(outcome).toMatchObject({ session_name: "Knee rehab" });
    expect(outcome).not.toMatchObject({ session_id: older.session_id });
  });

  it("is not reported as booked when the list could not be read before and an equal session exists", async () => {
    const { sandbox, client, queryClient } = clinic();
    await createSession(client, request);
    sandbox.faults.next({ operation: "getSessionPage", status: 503 });
    sandbox.faults.next({ operation: "createSession", status: 503 });
    const outcome = await outcomeOf(write(queryClient, createSessionMutationOptions(client), request));
    expect(outcome).toMatchObject({ name: "CoviuError", outcome: "unknown" });
  });

  it("is sent when the list could not be read before", async () => {
    const { sandbox, client, queryClient } = clinic();
    sandbox.faults.next({ operation: "getSessionPage", status: 503 });
    const outcome = await outcomeOf(write(queryClient, createSessionMutationOptions(client), request));
    expect(outcome).toMatchObject({ session_name: "Knee rehab" });
  });

  it("does not return the first participant of a name for the second", async () => {
    const { sandbox, client, queryClient } = clinic();
    const { session_id: sessionId } = await createSession(client, request);
    const options = addParticipantMutationOptions(client);
    const variables = { sessionId, request: { display_name: "Ana Lee" } };
    sandbox.faults.next({ operation: "addSessionParticipant", status: 503 });
    expect(await outcomeOf(write(queryClient, options, variables))).toMatchObject({ outcome: "unknown" });
    sandbox.faults.next({ operation: "addSessionParticipant", cut: "after-commit" });
    const second = await outcomeOf(write(queryClient, options, { ...variables }));
    expect(second).toMatchObject({ display_name: "Ana Lee" });
    const third = await outcomeOf(write(queryClient, options, { ...variables, request: { display_name: "Ana Lee" } }));
    expect(new Set([second, third].map((one) => JSON.stringify(one))).size).toBe(2);
  });

  it("is not confirmed by a response with a session that existed before", async () => {
    const { sandbox, client, queryClient } = clinic();
    const older = await createSession(client, request);
    sandbox.faults.next({ operation: "createSession", status: 200, body: older });
    const outcome = await outcomeOf(write(queryClient, createSessionMutationOptions(client), request));
    expect(outcome).toMatchObject({ code: "bad_response", outcome: "unknown" });
  });

  it("is confirmed when the session is read as canceled", async () => {
    const canceled = { ...session, canceled_time: now };
    const client = createCoviuClient({
      baseUrl: "https://clinic.example/api",
      fetch: async (input) =>
        input instanceof Request && input.method === "DELETE"
          ? new Response(null, { status: 503 })
          : Response.json(canceled),
    });
    const cancel = write(new QueryClient(), cancelSessionMutationOptions(client), { sessionId: "s" });
    expect(await outcomeOf(cancel)).toEqual({ ok: true });
  });
});

describe("a cancel without an id", () => {
  it.each([undefined, null, "", "undefined"])("(%j) is invalid_input and is not sent", async (sessionId) => {
    const sandbox = createSandbox({ now, seed: "none" });
    const client = createCoviuClient({ ...sandbox, scope: "a" });
    await createSession(client, request);
    // @ts-expect-error -- an app in JavaScript may pass any type
    await expect(cancelSession(client, sessionId)).rejects.toMatchObject({ code: "invalid_input" });
    // @ts-expect-error -- an app in JavaScript may pass any type
    const sent = write(new QueryClient(), cancelSessionMutationOptions(client), { sessionId });
    await expect(sent).rejects.toMatchObject({ code: "invalid_input", outcome: "not-sent" });
    expect(sandbox.log.count({ method: "DELETE" })).toBe(0);
  });
});
