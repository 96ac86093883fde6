import { describe, expect, it } from "vitest";

import {
  addParticipant,
  cancelSession,
  createSession,
  getParticipant,
  getSession,
  listParticipants,
  listSessions,
  removeParticipant,
  updateParticipant,
  updateSession,
} from "../../src/core.ts";
import { createCoviuProxy } from "../../src/server/index.ts";
import { responseHeaders, booking, createClinic, credentials, now, rule } from "./clinic.ts";

describe("createCoviuProxy", () => {
  it("throws without authenticate, authorize or a secret", () => {
    const { authorize } = rule;
    const authenticate = () => undefined;
    // @ts-expect-error -- required by the types too
    expect(() => createCoviuProxy({ ...credentials, authenticate })).toThrow("authenticate and authorize");
    // @ts-expect-error -- required by the types too
    expect(() => createCoviuProxy({ ...credentials, authorize })).toThrow("authenticate and authorize");
    expect(() => createCoviuProxy({ ...credentials, apiSecret: "", authenticate, authorize })).toThrow("apiSecret");
  });

  it("serves the ten operations to the kit's own client", async () => {
    const { browserOf, sandbox } = createClinic();
    const client = browserOf("chen");
    const session = await createSession(client, booking);
    const { session_id } = session;
    expect(await getSession(client, session_id)).toEqual(session);
    expect((await listSessions(client, { start_time: booking.start_time })).content).toContainEqual(session);
    expect(await updateSession(client, session_id, { session_name: "Moved" })).toMatchObject({ session_name: "Moved" });
    const participant = await addParticipant(client, session_id, { display_name: "Kwame Mensah" });
    expect((await listParticipants(client, session_id)).content).toHaveLength(3);
    await updateParticipant(client, participant.participant_id, { display_name: "Kwame M" });
    expect(await getParticipant(client, participant.participant_id)).toMatchObject({ display_name: "Kwame M" });
    expect(await removeParticipant(client, participant.participant_id)).toEqual({ ok: true });
    expect(await cancelSession(client, session_id)).toEqual({ ok: true });
    await expect(getSession(client, session_id)).rejects.toMatchObject({ code: "not_found" });
    expect(sandbox.log.count({ method: "POST" })).toBe(2);
  });

  it("requests one token for many concurrent requests", async () => {
    const { browserOf, sandbox } = createClinic();
    const client = browserOf("desk");
    await Promise.all(Array.from({ length: 30 }, () => listSessions(client, { page_size: 1 })));
    expect(sandbox.log.entries().filter(({ operation }) => operation === "token")).toHaveLength(1);
  });

  it("does not sign the user out when the service refuses one session with 401", async () => {
    const { browserOf, sandbox } = createClinic({ sandbox: { dialect: "observed" } });
    const client = browserOf("desk");
    const { content } = await listSessions(client, { start_time: now });
    const id = content[0]?.session_id ?? "";
    await cancelSession(client, id);
    expect(sandbox.log.count()).toBeGreaterThan(0);
    await expect(getSession(client, id)).rejects.toMatchObject({ code: "not_found", status: 404 });
    expect(client.connection.state).toBe("up");
    expect((await listSessions(client)).content.length).toBeGreaterThan(0);
  });

  it("responds with 401 only if the app's own sign-in has ended", async () => {
    const { send, browserOf, sandbox } = createClinic();
    const response = await send("unknown", "sessions");
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: "auth_required" } });
    const client = browserOf("unknown");
    await expect(listSessions(client)).rejects.toMatchObject({ code: "auth_required" });
    expect(client.connection.state).toBe("signed-out");
    expect(sandbox.log.entries()).toEqual([]);
  });

  it("responds with its own headers only", async () => {
    const { send, sandbox } = createClinic();
    sandbox.faults.next({
      status: 200,
      body: { content: [], more: false },
      headers: { "set-cookie": "a=b", server: "x" },
    });
    const { headers } = await send("desk", "sessions");
    expect(Object.fromEntries(headers)).toEqual(responseHeaders);
  });

  it("sends no header of the browser to the service", async () => {
    const sent: Headers[] = [];
    const { send, sandbox } = createClinic();
    const clinic = createClinic({
      fetch: (input, init) => {
        sent.push(new Request(input, init).headers);
        return sandbox.fetch(input, init);
      },
    });
    expect((await send("desk", "sessions")).ok).toBe(true);
    const headers = { "x-forwarded-for": "1.2.3.4", authorization: "Bearer other", cookie: "user=desk; other=1" };
    expect((await clinic.send("desk", "sessions", { headers })).ok).toBe(true);
    const names = new Set(sent.flatMap((one) => [...one.keys()]));
    expect([...names].toSorted()).toEqual(["accept", "authorization", "content-length", "content-type"]);
    expect(sent.map((one) => one.get("authorization")).join()).not.toContain("other");
  });

  it("reports user and operation to audit, without names and ids", async () => {
    const { browserOf, events } = createClinic();
    const client = browserOf("chen");
    const { session_id } = await createSession(client, booking);
    await getSession(client, session_id);
    await expect(getSession(browserOf("okafor"), session_id)).rejects.toMatchObject({ code: "not_found" });
    expect(events).toMatchObject([
      { user: "clinician-chen", operation: "createSession", outcome: "done", status: 200 },
      { user: "clinician-chen", operation: "getSessionById", outcome: "done", status: 200 },
      { user: "clinician-okafor", operation: "getSessionById", outcome: "refused", status: 404, code: "not_found" },
    ]);
    expect(events[1]?.handle).toBe(events[2]?.handle);
    expect(JSON.stringify(events)).not.toMatch(new RegExp(`${session_id}|Ana|Knee`));
  });
});
