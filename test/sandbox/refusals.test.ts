import { describe, expect, it } from "vitest";

import { createSession, getParticipant, getSession } from "../../src/core.ts";
import { at, connect } from "./connect.ts";

async function booked() {
  const world = connect();
  const session = await createSession(world.client, {
    session_name: "Knee rehab",
    start_time: at(60),
    end_time: at(90),
    participants: [{ display_name: "Ana Lee", role: "GUEST", state: "patient-7" }],
  });
  const person = session.participants?.[0];
  if (!person) throw new Error("the person was not booked");
  return { ...world, session, person };
}

const change = { session_name: "Changed", start_time: at(70), end_time: at(100), picture: "https://example.org/a.png" };
const personChange = { display_name: "Changed", role: "HOST", picture: "https://example.org/a.png", state: "changed" };

describe("an edit with one invalid field changes no field", () => {
  it.each(Object.keys(change))("of a session: %s", async (field) => {
    const { call, client, session } = await booked();
    const path = `/sessions/${session.session_id}`;
    expect(await call("PUT", path, { body: { ...change, [field]: 5 } })).toMatchObject({ status: 400 });
    expect(await getSession(client, session.session_id)).toEqual(session);
    expect(await call("PUT", path, { body: change })).toMatchObject({ status: 200 });
    expect(await getSession(client, session.session_id)).toEqual({ ...session, ...change });
  });

  it.each(Object.keys(personChange))("of a person: %s", async (field) => {
    const { call, client, person } = await booked();
    const path = `/participants/${person.participant_id}`;
    expect(await call("PUT", path, { body: { ...personChange, [field]: 5 } })).toMatchObject({ status: 400 });
    expect(await getParticipant(client, person.participant_id)).toEqual(person);
    expect(await call("PUT", path, { body: personChange })).toMatchObject({ status: 200 });
    expect(await getParticipant(client, person.participant_id)).toEqual({ ...person, ...personChange });
  });
});
