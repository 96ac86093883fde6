import { describe, expect, it } from "vitest";

import type { Participant } from "../../src/api/schemas.ts";
import {
  guests,
  hosts,
  isHost,
  isolated,
  participantRole,
  presentPeople,
  shownName,
  spelledOut,
} from "../../src/domain/roles.ts";

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

  it.each(["HOST\u200b", "HOST ", "НОЅТ", "ＨＯＳＴ", "\u202eTSOH", "<b>HOST</b>", "H".repeat(41), ""])(
    "treats the role %j, which is not a plain word, as guest",
    (role) => {
      expect(participantRole({ ...plain, role })).toBe("GUEST");
      expect(isHost({ ...plain, role })).toBe(false);
    },
  );

  it("returns present people in order, without removed ones", () => {
    expect(presentPeople(everyone)).toEqual([guest, host, plain, newer]);
    expect(hosts(everyone)).toEqual([host]);
    expect(guests(everyone)).toEqual([guest, plain, newer]);
  });

  it("treats a participant as removed when deleted_at can't be parsed", () => {
    expect(presentPeople([{ ...host, deleted_at: "once" }])).toEqual([]);
  });

  it("returns empty lists when participants are not loaded", () => {
    expect([presentPeople(undefined), hosts(undefined), guests(undefined)]).toEqual([[], [], []]);
  });

  it("does not change its argument", () => {
    const participants = Object.freeze([host, guest]);
    expect(presentPeople(participants)).not.toBe(participants);
  });
});

describe("shownName", () => {
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
    ["\u3164\u2800\u115f", undefined],
    ["Ana\r\nLee\u2028Smith", "Ana Lee Smith"],
    ["\ufeffAna\ufeffLee", "AnaLee"],
    ["\ud800Ana\udfff", "Ana"],
    ["မြွှို့", "မြွှို့"],
    [`A${"\u0301".repeat(40)}na`, `A${"\u0301".repeat(6)}na`],
    ["\u{1f469}\u200d".repeat(9), `${"\u{1f469}\u200d".repeat(4)}\u{1f469}${"\u{1f469}\u200d".repeat(4)}`],
    ["x".repeat(256), "x".repeat(256)],
    ["x".repeat(257), `${"x".repeat(256)}…`],
    [`${"x".repeat(255)}e\u0301x`, `${"x".repeat(255)}e\u0301…`],
    [`${"x".repeat(255)}\u{1f469}\u200d\u{1f467}xx`, `${"x".repeat(255)}\u{1f469}\u200d\u{1f467}…`],
    ["", undefined],
    [undefined, undefined],
  ])("of %j is %j", (name, shown) => {
    expect(shownName(name)).toBe(shown);
  });
});

describe("texts from outside the kit", () => {
  it("have isolates before and after them", () => {
    expect(isolated("Ana Lee")).toBe("\u2068Ana Lee\u2069");
  });

  it.each([
    ["Ana\u202e Lee", "Ana[U+202E] Lee"],
    ["\u{e0041}", "[U+E0041]"],
    ["Ana\tLee", "Ana[U+0009]Lee"],
    ["Ana Lee", undefined],
    ["یوسف\u200cخانی", undefined],
    ["", undefined],
  ])("%j is spelled out as %j", (text, spelled) => {
    expect(spelledOut(text)).toBe(spelled);
  });
});
