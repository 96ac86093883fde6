import { describe, expect, it } from "vitest";

import type { Session } from "../../src/core.ts";
import { type Booking, clashOf } from "../../src/domain/clashes.ts";

const amara = { display_name: "Dr Amara Okafor", role: "HOST" };

function session(fields: Partial<Session> = {}): Session {
  return {
    session_id: "s-1",
    start_time: "2026-01-12T10:00:00.000Z",
    end_time: "2026-01-12T10:30:00.000Z",
    participants: [{ participant_id: "p-1", ...amara }],
    ...fields,
  };
}

function booking(fields: Partial<Booking> = {}): Booking {
  return {
    start_time: "2026-01-12T10:15:00.000Z",
    end_time: "2026-01-12T11:00:00.000Z",
    participants: [amara],
    ...fields,
  };
}

describe("clashOf", () => {
  it("returns the host of both sessions and the minutes that overlap", () => {
    expect(clashOf(booking(), session())).toEqual({ host: amara, minutes: 15 });
  });

  it.each([
    ["begins inside", "10:29", "11:00", 1],
    ["ends inside", "09:30", "10:01", 1],
    ["lies inside", "10:10", "10:20", 10],
    ["is around it", "09:00", "12:00", 30],
    ["is the same", "10:00", "10:30", 30],
    ["begins at its end", "10:30", "11:00", undefined],
    ["ends at its start", "09:30", "10:00", undefined],
    ["is before", "08:00", "08:30", undefined],
    ["is after", "12:00", "12:30", undefined],
  ])("returns the overlap of a booking that %s", (_, start, end, minutes) => {
    const times = { start_time: `2026-01-12T${start}:00.000Z`, end_time: `2026-01-12T${end}:00.000Z` };
    expect(clashOf(booking(times), session())?.minutes).toBe(minutes);
  });

  it("compares instants, not strings", () => {
    const times = { start_time: "2026-01-12T21:15:00+11:00", end_time: "2026-01-12T21:20:00+11:00" };
    expect(clashOf(booking(times), session())?.minutes).toBe(5);
  });

  it("rounds to whole minutes", () => {
    expect(clashOf(booking({ start_time: "2026-01-12T10:14:40.000Z" }), session())?.minutes).toBe(15);
  });

  it("ignores canceled sessions, removed participants, and guests on either side", () => {
    const guest = { ...amara, role: "GUEST" };
    expect(clashOf(booking(), session({ canceled_time: "2026-01-11T00:00:00.000Z" }))).toBeUndefined();
    expect(
      clashOf(
        booking(),
        session({ participants: [{ participant_id: "p-1", ...amara, deleted_at: "2026-01-11T00:00:00.000Z" }] }),
      ),
    ).toBeUndefined();
    expect(clashOf(booking(), session({ participants: [{ participant_id: "p-1", ...guest }] }))).toBeUndefined();
    expect(clashOf(booking({ participants: [guest] }), session())).toBeUndefined();
    expect(clashOf(booking({ participants: [{ display_name: amara.display_name }] }), session())).toBeUndefined();
  });

  it("returns undefined when the participants of one of them are not loaded", () => {
    expect(clashOf(booking({ participants: undefined }), session())).toBeUndefined();
    expect(clashOf(booking(), session({ participants: undefined }))).toBeUndefined();
  });

  it.each([
    ["a name with other letter case and spaces around it", { display_name: " dr amara OKAFOR " }, {}, true],
    ["another name", { display_name: "Dr Amara Okafo" }, {}, false],
    ["the same state with different names", { display_name: "Dr A", state: "7" }, { state: "7" }, true],
    ["another state, though the name is the same", { state: "8" }, { state: "7" }, false],
    ["a state on one side only: by name", { state: "8" }, {}, true],
    ["the name when both states are empty", { state: "" }, { state: "" }, true],
    ["nothing when both names are empty", { display_name: "" }, { display_name: "" }, false],
    ["nothing when both names are absent", { display_name: undefined }, { display_name: undefined }, false],
  ])("identifies a host by %s", (_, mine, theirs, isSame) => {
    const there = session({ participants: [{ participant_id: "p-1", ...amara, ...theirs }] });
    expect(clashOf(booking({ participants: [{ ...amara, ...mine }] }), there) !== undefined).toBe(isSame);
  });

  it("accepts the role in lower case, and returns the first host who is busy", () => {
    const free = { display_name: "Dr Mei-Ling Chen", role: "host" };
    const busy = { ...amara, role: "host" };
    expect(clashOf(booking({ participants: [free, busy] }), session())?.host).toBe(busy);
  });
});
