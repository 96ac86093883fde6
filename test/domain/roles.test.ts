import { describe, expect, it } from "vitest";

import type { Participant } from "../../src/api/schemas.ts";
import { guests, hosts, isHost, participantRole, presentPeople, shownName } from "../../src/domain/roles.ts";

const deleted_at = "2026-01-11T00:00:00.000Z";
const host: Participant = { participant_id: "host", role: "HOST" };
const guest: Participant = { participant_id: "guest", role: "GUEST" };
const plain: Participant = { participant_id: "plain" };
const newer: Participant = { participant_id: "newer", role: "PARTICIPANT" };
const goneHost: Participant = { participant_id: "gone-host", role: "HOST", deleted_at };
const goneGuest: Participant = { participant_id: "gone-guest", deleted_at };
const everyone = [goneGuest, guest, host, plain, goneHost, newer];

describe("roles", () => {
  it.each([
    [host, "HOST", true],
    [guest, "GUEST", false],
    [plain, "GUEST", false],
    [newer, "PARTICIPANT", false],
  ])("%j is a %s", (participant, role, enters) => {
    expect(participantRole(participant)).toBe(role);
    expect(isHost(participant)).toBe(enters);
  });

  it("leaves removed people out and keeps the order", () => {
    expect(presentPeople(everyone)).toEqual([guest, host, plain, newer]);
    expect(hosts(everyone)).toEqual([host]);
    expect(guests(everyone)).toEqual([guest, plain, newer]);
  });

  it("counts a removed person as removed even if the time of it cannot be read", () => {
    expect(presentPeople([{ ...host, deleted_at: "once" }])).toEqual([]);
  });

  it("is empty where people are not known", () => {
    expect([presentPeople(undefined), hosts(undefined), guests(undefined)]).toEqual([[], [], []]);
  });

  it("does not edit what it is given", () => {
    const people = Object.freeze([host, guest]);
    expect(presentPeople(people)).not.toBe(people);
  });
});

describe("a name as it is shown", () => {
  it.each([
    ["Ana Lee", "Ana Lee"],
    ["  Ana Lee ", "Ana Lee"],
    ["\u202eabc (host)", "abc (host)"],
    ["\u2067Ana\u2069 Lee\u0000", "Ana Lee"],
    ["یوسف\u200cخانی", "یوسف\u200cخانی"],
    ["👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"],
    ["\u200b\u2060", undefined],
    ["\u200d \u200c", undefined],
    ["   ", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%j is %j", (name, shown) => {
    expect(shownName(name)).toBe(shown);
  });
});
