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
import { at, connect, minute } from "./connect.ts";

async function booked() {
  const connected = connect();
  const participants = [{ display_name: "Mei-Ling Chen", role: "HOST" }, { display_name: "Ana Lee" }];
  const session = await createSession(connected.client, { start_time: at(60), end_time: at(90), participants });
  const [host, guest] = session.participants ?? [];
  if (!host || !guest) throw new Error("the participants were not created");
  return { ...connected, session, id: session.session_id, host, guest };
}

const refused = { code: "invalid_request", status: 400, outcome: "refused" };
const unknown = { code: "not_found", status: 404 };

describe("a session", () => {
  it("must start in the future: not in the past and not now", async () => {
    const { client } = connect();
    for (const start of [-1, 0]) {
      const booking = createSession(client, { start_time: at(start), end_time: at(60) });
      await expect(booking).rejects.toMatchObject({ ...refused, explanation: expect.stringContaining("start_time") });
    }
    await expect(createSession(client, { start_time: at(0.1), end_time: at(60) })).resolves.toBeDefined();
  });

  it("must end after it starts", async () => {
    const { call, client, id } = await booked();
    for (const end_time of [at(60), at(59)]) {
      const body = { start_time: at(60), end_time };
      expect(await call("POST", "/sessions", { body })).toMatchObject({ status: 400 });
      await expect(updateSession(client, id, { end_time })).rejects.toMatchObject(refused);
    }
    expect((await listSessions(client)).content).toHaveLength(1);
  });

  it("gets its participants, each with a separate id and entry link", async () => {
    const { session, host, guest } = await booked();
    expect(host).toMatchObject({ role: "HOST", session_id: session.session_id, client_id: session.client_id });
    expect(guest.role).toBe("GUEST");
    for (const { participant_id, entry_url } of [host, guest]) {
      expect(participant_id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(entry_url).toBe(`https://coviu.com/session/${participant_id}`);
    }
    expect(host.participant_id).not.toBe(guest.participant_id);
  });

  it("changes only in the given fields, and can be moved until it starts", async () => {
    const { client, session, id } = await booked();
    const named = { ...session, session_name: "Knee rehab", picture: "https://a.example/1.png" };
    expect(await updateSession(client, id, { session_name: "Knee rehab", picture: named.picture })).toEqual(named);
    expect(await updateSession(client, id, {})).toEqual(named);
    const moved = await updateSession(client, id, { start_time: at(70), end_time: at(100) });
    expect(moved).toEqual({ ...named, start_time: at(70), end_time: at(100) });
    await expect(updateSession(client, id, { start_time: at(-10) })).rejects.toMatchObject(refused);
    expect(await getSession(client, id)).toEqual(moved);
  });

  it("that is running can be extended and renamed, but not moved or canceled", async () => {
    const { sandbox, client, id } = await booked();
    sandbox.clock.advance(60 * minute);
    await expect(cancelSession(client, id)).rejects.toMatchObject(refused);
    await expect(updateSession(client, id, { start_time: at(65) })).rejects.toMatchObject(refused);
    const change = { session_name: "Longer", start_time: at(60), end_time: at(120) };
    expect(await updateSession(client, id, change)).toMatchObject(change);
  });

  it("can be canceled until it starts", async () => {
    const { sandbox, client, id } = await booked();
    sandbox.clock.advance(60 * minute - 1);
    expect(await cancelSession(client, id)).toEqual({ ok: true });
  });

  it("that has ended can't be changed, and neither can its participants", async () => {
    const { sandbox, client, session, id, guest } = await booked();
    sandbox.clock.advance(90 * minute);
    await expect(updateSession(client, id, { end_time: at(200) })).rejects.toMatchObject(refused);
    await expect(cancelSession(client, id)).rejects.toMatchObject(refused);
    await expect(addParticipant(client, id, {})).rejects.toMatchObject(refused);
    await expect(updateParticipant(client, guest.participant_id, { state: "x" })).rejects.toMatchObject(refused);
    await expect(removeParticipant(client, guest.participant_id)).rejects.toMatchObject(refused);
    expect(await getSession(client, id)).toEqual(session);
  });

  it("that is canceled can't be read by id, changed or canceled again", async () => {
    const { sandbox, client, id, guest } = await booked();
    await cancelSession(client, id);
    sandbox.clock.advance(5 * minute);
    for (const call of [
      () => getSession(client, id),
      () => updateSession(client, id, { session_name: "Back" }),
      () => cancelSession(client, id),
      () => listParticipants(client, id),
      () => addParticipant(client, id, {}),
      () => getParticipant(client, guest.participant_id),
      () => updateParticipant(client, guest.participant_id, {}),
      () => removeParticipant(client, guest.participant_id),
    ]) {
      await expect(call()).rejects.toMatchObject(unknown);
    }
    const { content } = await listSessions(client, { include_canceled: true });
    expect(content).toMatchObject([{ session_id: id, canceled_time: at(0), participants: [{}, {}] }]);
  });
});

describe("a participant", () => {
  it("can be added, changed and removed while the session is running", async () => {
    const { sandbox, client, id, guest } = await booked();
    sandbox.clock.advance(75 * minute);
    const added = await addParticipant(client, id, { display_name: "Layla Haddad", picture: "a", state: "b" });
    expect(await updateParticipant(client, added.participant_id, { role: "host" })).toEqual({ ...added, role: "HOST" });
    expect(await updateParticipant(client, added.participant_id, {})).toEqual({ ...added, role: "HOST" });
    expect(await removeParticipant(client, guest.participant_id)).toEqual({ ok: true });
    const { content } = await listParticipants(client, id);
    expect(content.map(({ display_name }) => display_name)).toEqual(["Mei-Ling Chen", "Layla Haddad"]);
  });

  it("that is removed can't be read or changed, and is listed only with deleted_participants", async () => {
    const { sandbox, client, id, guest } = await booked();
    sandbox.clock.advance(minute);
    await removeParticipant(client, guest.participant_id);
    const { participant_id } = guest;
    await expect(getParticipant(client, participant_id)).rejects.toMatchObject(unknown);
    await expect(updateParticipant(client, participant_id, {})).rejects.toMatchObject(unknown);
    await expect(removeParticipant(client, participant_id)).rejects.toMatchObject(unknown);

    const removed = { ...guest, deleted_at: at(1) };
    const all = { deleted_participants: true };
    expect((await listParticipants(client, id)).content).not.toContainEqual(
      expect.objectContaining({ participant_id }),
    );
    expect((await listParticipants(client, id, all)).content).toContainEqual(removed);
    expect((await getSession(client, id)).participants).toHaveLength(1);
    expect((await getSession(client, id, all)).participants).toContainEqual(removed);
    expect((await listSessions(client)).content[0]?.participants).toHaveLength(1);
    expect((await listSessions(client, all)).content[0]?.participants).toContainEqual(removed);
  });
});
