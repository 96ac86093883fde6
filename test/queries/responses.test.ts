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
const person = { participant_id: "p", session_id: "s", display_name: "Ana Lee", role: "GUEST" };

function answeringWith(answer: object) {
  return createCoviuClient({ baseUrl: "https://clinic.example/api", fetch: async () => Response.json(answer) });
}

describe("the answer to createSession", () => {
  it.each<[string, object]>([
    ["another name", { session_name: "Hip rehab" }],
    ["another start", { start_time: inDays(2) }],
    ["another end", { end_time: inDays(1, 31) }],
    ["other people", { participants: [{ ...person, display_name: "Ben Lee" }] }],
    [
      "a person of another role",
      { participants: [{ ...person }, { ...person, participant_id: "q", display_name: "Dr Okafor" }] },
    ],
    ["another picture", { picture: "https://clinic.example/other.png" }],
  ])("with %s is no answer: nobody knows whether the session was booked", async (_, other) => {
    const client = answeringWith({ ...session, picture: "https://clinic.example/a.png", ...other });
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
    ["no people", {}],
    [
      "one person more, and roles in upper case",
      {
        participants: [
          { ...person, participant_id: "q", display_name: "Dr Okafor", role: "HOST" },
          { ...person, role: undefined },
          { ...person, participant_id: "r", display_name: "Owner", role: "HOST" },
        ],
      },
    ],
    ["less than was sent", { session_name: undefined }],
  ])("with %s is one", async (_, other) => {
    const sent = "session_name" in other && other.session_name ? { ...request, session_name: " José" } : request;
    await expect(
      createSession(answeringWith({ ...session, ...other }), {
        ...sent,
        start_time: inDays(1).replace(".000", ".750"),
      }),
    ).resolves.toMatchObject({ session_id: "s" });
  });
});

describe("the answer to another write", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["updateSession with another name", () => updateSession(answeringWith(session), "s", { session_name: "New" })],
    ["updateSession with another time", () => updateSession(answeringWith(session), "s", { end_time: inDays(3) })],
    [
      "addParticipant of another session",
      () => addParticipant(answeringWith({ ...person, session_id: "t" }), "s", { display_name: "Ana Lee" }),
    ],
    ["addParticipant with another name", () => addParticipant(answeringWith(person), "s", { display_name: "Ben Lee" })],
    [
      "addParticipant with another role",
      () => addParticipant(answeringWith(person), "s", { display_name: "Ana Lee", role: "host" }),
    ],
    [
      "updateParticipant with another name",
      () => updateParticipant(answeringWith(person), "p", { display_name: "Ben" }),
    ],
    [
      "updateParticipant with another state",
      () => updateParticipant(answeringWith({ ...person, state: "a" }), "p", { state: "b" }),
    ],
    ["updateParticipant of another person", () => updateParticipant(answeringWith(person), "q", {})],
  ])("%s is no answer", async (_, send) => {
    await expect(send()).rejects.toMatchObject({ code: "bad_response", outcome: "unknown" });
  });
});

describe("a write whose answer is lost", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Lets time pass until it is known what came of a write. */
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

  it("is not reported as booked where an older session looks alike", async () => {
    const { sandbox, client, queryClient } = clinic();
    await createSession(client, request);
    sandbox.log.clear();
    sandbox.faults.next({ operation: "createSession", status: 503 });
    const outcome = await outcomeOf(write(queryClient, createSessionMutationOptions(client), request));
    expect(outcome).toMatchObject({ name: "CoviuError", code: "server", outcome: "unknown" });
    expect(posts(sandbox)).toBe(1);
  });

  it("is found beside an older session that looks alike", async () => {
    const { sandbox, client, queryClient } = clinic();
    const older = await createSession(client, request);
    sandbox.faults.next({ operation: "createSession", cut: "after-commit" });
    const outcome = await outcomeOf(write(queryClient, createSessionMutationOptions(client), request));
    expect(outcome).toMatchObject({ session_name: "Knee rehab" });
    expect(outcome).not.toMatchObject({ session_id: older.session_id });
  });

  it("is not reported as booked where the list could not be read before, and one looks alike", async () => {
    const { sandbox, client, queryClient } = clinic();
    await createSession(client, request);
    sandbox.faults.next({ operation: "getSessionPage", status: 503 });
    sandbox.faults.next({ operation: "createSession", status: 503 });
    const outcome = await outcomeOf(write(queryClient, createSessionMutationOptions(client), request));
    expect(outcome).toMatchObject({ name: "CoviuError", outcome: "unknown" });
  });

  it("is booked all the same where the list could not be read before", async () => {
    const { sandbox, client, queryClient } = clinic();
    sandbox.faults.next({ operation: "getSessionPage", status: 503 });
    const outcome = await outcomeOf(write(queryClient, createSessionMutationOptions(client), request));
    expect(outcome).toMatchObject({ session_name: "Knee rehab" });
  });

  it("does not give the link of the first person of a name for the second", async () => {
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

  it("is no session that was there before, also where the answer names it", async () => {
    const { sandbox, client, queryClient } = clinic();
    const older = await createSession(client, request);
    sandbox.faults.next({ operation: "createSession", status: 200, body: older });
    const outcome = await outcomeOf(write(queryClient, createSessionMutationOptions(client), request));
    expect(outcome).toMatchObject({ code: "bad_response", outcome: "unknown" });
  });

  it("is done where the session is read as canceled", async () => {
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
  it.each([undefined, null, "", "undefined"])("(%j) marks no session as canceled", async (sessionId) => {
    const sandbox = createSandbox({ now, seed: "none" });
    const client = createCoviuClient({ ...sandbox, scope: "a" });
    await createSession(client, request);
    // @ts-expect-error -- as an app in JavaScript may have it
    await expect(cancelSession(client, sessionId)).rejects.toMatchObject({ code: "invalid_input" });
    // @ts-expect-error -- the same
    const sent = write(new QueryClient(), cancelSessionMutationOptions(client), { sessionId });
    await expect(sent).rejects.toMatchObject({ code: "invalid_input", outcome: "not-sent" });
    expect(sandbox.log.count({ method: "DELETE" })).toBe(0);
  });
});
