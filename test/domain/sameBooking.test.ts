import { describe, expect, it } from "vitest";

import type { Session, SessionCreationRequest } from "../../src/core.ts";
import { hasFields, isBookingOf, rosterOf, windowOf } from "../../src/domain/sameBooking.ts";

const request: SessionCreationRequest = {
  session_name: "Knee rehab",
  start_time: "2026-01-12T10:00:00.000Z",
  end_time: "2026-01-12T10:30:00.000Z",
  participants: [{ display_name: "Dr Amara Okafor", role: "HOST" }, { display_name: "Ana Lee" }],
};
const session: Session = {
  session_id: "s-1",
  session_name: "Knee rehab",
  start_time: request.start_time,
  end_time: request.end_time,
  participants: [
    { participant_id: "p-2", display_name: "Ana Lee", role: "GUEST" },
    { participant_id: "p-1", display_name: "Dr Amara Okafor", role: "HOST" },
  ],
};

describe("isBookingOf", () => {
  it("ignores the order of participants, letter case, and the format of times", () => {
    const sameInstant = { ...request, start_time: "2026-01-12T21:00:00+11:00" };
    expect(isBookingOf(session, sameInstant)).toBe(true);
    const participants = request.participants?.map(({ role, ...fields }) => ({ ...fields, role: role?.toLowerCase() }));
    expect(isBookingOf(session, { ...request, participants })).toBe(true);
  });

  it.each([
    ["another name", { session_name: "Hip" }],
    ["no name", { session_name: undefined }],
    ["another start", { start_time: "2026-01-12T10:01:00.000Z" }],
    ["another end", { end_time: "2026-01-12T10:31:00.000Z" }],
    ["no participants", { participants: undefined }],
    ["one participant less", { participants: request.participants?.slice(1) }],
    ["another role", { participants: [{ display_name: "Dr Amara Okafor" }, { display_name: "Ana Lee" }] }],
    [
      "other participants",
      { participants: [{ display_name: "Dr Amara Okafor", role: "HOST" }, { display_name: "An Lee" }] },
    ],
  ])("is false with %s", (_, fields) => {
    expect(isBookingOf(session, { ...request, ...fields })).toBe(false);
  });

  it("treats an absent name as empty, and ignores removed participants", () => {
    const unnamed = { ...session, session_name: undefined, participants: undefined };
    expect(isBookingOf(unnamed, { start_time: request.start_time, end_time: request.end_time })).toBe(true);
    const removed = { participant_id: "p-3", display_name: "Zoe", deleted_at: "2026-01-11T00:00:00.000Z" };
    expect(isBookingOf({ ...session, participants: [...(session.participants ?? []), removed] }, request)).toBe(true);
  });
});

describe("hasFields", () => {
  const participant = { participant_id: "p-1", display_name: "Ana Lee", role: "GUEST" };

  it("compares only the given fields", () => {
    expect(hasFields(participant, {})).toBe(true);
    expect(hasFields(participant, { display_name: undefined, state: undefined })).toBe(true);
    expect(hasFields(participant, { display_name: "Ana Lee", role: "guest" })).toBe(true);
    expect(hasFields(participant, { display_name: "ana lee" })).toBe(false);
    expect(hasFields(participant, { role: "HOST" })).toBe(false);
    expect(hasFields(participant, { display_name: "Ana Lee", state: "7" })).toBe(false);
  });

  it("treats an absent field as an empty string", () => {
    expect(hasFields(participant, { state: "" })).toBe(true);
    expect(hasFields(session, { picture: "" })).toBe(true);
  });

  it("compares times as instants, and nothing else", () => {
    expect(hasFields(session, { start_time: "2026-01-12T11:00:00+01:00" })).toBe(true);
    expect(hasFields({ ...session, session_name: "2026" }, { session_name: "2026-01-01" })).toBe(false);
  });
});

describe("rosterOf", () => {
  it("is the same for the same names and roles in any order", () => {
    expect(rosterOf([{ display_name: "B" }, { display_name: "A", role: "host" }])).toBe(
      rosterOf([
        { display_name: "A", role: "HOST" },
        { display_name: "B", role: "GUEST" },
      ]),
    );
    expect(rosterOf()).toBe(rosterOf([]));
    expect(rosterOf([{ role: "HOST" }])).toBe(rosterOf([{ display_name: "", role: "HOST" }]));
    expect(rosterOf([{ display_name: "A" }])).not.toBe(rosterOf([{ display_name: "A" }, { display_name: "A" }]));
  });
});

describe("windowOf", () => {
  it("is from the start to a minute after the end", () => {
    expect(windowOf(request)).toEqual({
      start_time: request.start_time,
      end_time: "2026-01-12T10:31:00.000Z",
      page_size: 200,
    });
  });
});
