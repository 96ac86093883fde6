import { describe, expect, it } from "vitest";

import { createSession, getParticipant, getSession } from "../../src/core.ts";
import { at, connect } from "./connect.ts";

async function booked() {
  const connected = connect();
  const session = await createSession(connected.client, {
    session_name: "Knee rehab",
    start_time: at(60),
    end_time: at(90),
    participants: [{ display_name: "Ana Lee", role: "GUEST", state: "patient-7" }],
  });
  const participant = session.participants?.[0];
  if (!participant) throw new Error("the participant was not created");
  return { ...connected, session, participant };
}

const change = { session_name: "Changed", start_time: at(70), end_time: at(100), picture: "https://example.org/a.png" };
const participantChange = {
  display_name: "Changed",
  role: "HOST",
  picture: "https://example.org/a.png",
  state: "changed",
};

describe("an edit with one invalid field changes no field", () => {
  it.each(Object.keys(change))("of a session: %s", async (field) => {
    const { call, client, session } = await booked();
    const path = `/sessions/${session.session_id}`;
    expect(await call("PUT", path, { body: { ...change, [field]: 5 } })).toMatchObject({ status: 400 });
    expect(await getSession(client, session.session_id)).toEqual(session);
    expect(await call("PUT", path, { body: change })).toMatchObject({ status: 200 });
    expect(await getSession(client, session.session_id)).toEqual({ ...session, ...change });
  });

  it.each(Object.keys(participantChange))("of a participant: %s", async (field) => {
    const { call, client, participant } = await booked();
    const path = `/participants/${participant.participant_id}`;
    expect(await call("PUT", path, { body: { ...participantChange, [field]: 5 } })).toMatchObject({ status: 400 });
    expect(await getParticipant(client, participant.participant_id)).toEqual(participant);
    expect(await call("PUT", path, { body: participantChange })).toMatchObject({ status: 200 });
    expect(await getParticipant(client, participant.participant_id)).toEqual({ ...participant, ...participantChange });
  });
});
