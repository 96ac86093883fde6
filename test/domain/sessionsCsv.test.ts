import { describe, expect, it } from "vitest";

import type { Participant, Session } from "../../src/api/schemas.ts";
import { sessionsCsv } from "../../src/domain/sessionsCsv.ts";

const now = new Date("2026-01-11T23:10:00Z");
const sydney = { timeZone: "Australia/Sydney", now };

function participant(display_name: string | undefined, more: Partial<Participant> = {}): Participant {
  const participant_id = `secret-${display_name}`;
  return { participant_id, display_name, entry_url: `https://coviu.com/session/${participant_id}`, ...more };
}

const session: Session = {
  session_id: "4b2f1c3e",
  session_name: "Knee rehab",
  start_time: "2026-01-11T23:00:00.000Z",
  end_time: "2026-01-11T23:30:00.000Z",
  participants: [
    participant("Ana Lee"),
    participant("Dr Okafor", { role: "HOST" }),
    participant("Ben Gone", { deleted_at: "2026-01-10T00:00:00.000Z" }),
    participant("Kwame Mensah", { role: "OBSERVER" }),
  ],
};

/** The first line after the headers, without quotes. */
function firstRow(row: Session, options: Partial<Parameters<typeof sessionsCsv>[1]> = {}): string[] {
  const [, line = ""] = sessionsCsv([row], { ...sydney, ...options }).split("\r\n");
  return line.slice(1, -1).split('","');
}

describe("sessionsCsv", () => {
  it("has a line of headers and a line for each session, every cell in quotes", () => {
    expect(sessionsCsv([session, { ...session, session_name: "Review" }], sydney)).toBe(
      [
        '"Session","Status","Start date","Start time","End date","End time","Minutes","Time zone","UTC offset","Hosts","Guests"',
        '"Knee rehab","Active","2026-01-12","10:00","2026-01-12","10:30","30","Australia/Sydney","UTC+11","Dr Okafor","Ana Lee; Kwame Mensah"',
        '"Review","Active","2026-01-12","10:00","2026-01-12","10:30","30","Australia/Sydney","UTC+11","Dr Okafor","Ana Lee; Kwame Mensah"',
        "",
      ].join("\r\n"),
    );
  });

  it("has only the headers without sessions", () => {
    expect(sessionsCsv([], sydney)).toMatch(/^"Session",[^\r\n]*"Guests"\r\n$/);
  });

  it("has no entry link, no id and no removed participant", () => {
    expect(sessionsCsv([session], sydney)).not.toMatch(/secret|https|4b2f1c3e|Gone/);
  });

  it("has the session's id with the column sessionId", () => {
    expect(sessionsCsv([session], { ...sydney, columns: ["sessionId", "name"] })).toBe(
      '"Session ID","Session"\r\n"4b2f1c3e","Knee rehab"\r\n',
    );
  });

  it.each([
    ["2026-01-11T22:00:00Z", undefined, "Scheduled"],
    ["2026-01-11T23:00:00Z", undefined, "Active"],
    ["2026-01-11T23:30:00Z", undefined, "Ended"],
    ["2026-01-11T22:00:00Z", "2026-01-11T21:00:00.000Z", "Canceled"],
  ])("at %s, canceled at %s, has the status %s", (at, canceled_time, status) => {
    const row = { ...session, canceled_time };
    expect(firstRow(row, { now: new Date(at), columns: ["status"] })).toEqual([status]);
  });

  it("has both days when a session passes midnight", () => {
    const night = { ...session, start_time: "2026-01-12T12:45:00Z", end_time: "2026-01-12T13:05:00Z" };
    expect(firstRow(night).slice(2, 7)).toEqual(["2026-01-12", "23:45", "2026-01-13", "00:05", "20"]);
  });

  it("has both offsets when clocks go back during a session", () => {
    const night = { ...session, start_time: "2026-04-04T15:30:00Z", end_time: "2026-04-04T16:30:00Z" };
    expect(firstRow(night).slice(2, 9)).toEqual([
      "2026-04-05",
      "02:30",
      "2026-04-05",
      "02:30",
      "60",
      "Australia/Sydney",
      "UTC+11 / UTC+10",
    ]);
  });

  it("writes times in the given zone, and throws for an unknown zone", () => {
    expect(firstRow(session, { timeZone: "America/New_York" }).slice(2, 9)).toEqual([
      "2026-01-11",
      "18:00",
      "2026-01-11",
      "18:30",
      "30",
      "America/New_York",
      "UTC-5",
    ]);
    expect(() => sessionsCsv([], { now, timeZone: "Sydney" })).toThrow("timeZone must be an IANA zone");
  });

  it("uses the given text for every word", () => {
    const ended = { ...session, participants: [participant("")] };
    const german = {
      columns: ["status", "guests", "hosts"],
      headers: { status: "Stand", guests: "Gäste" },
      statuses: { active: "Läuft" },
      unnamed: "Ohne Namen",
      separator: ";",
      bom: true,
    } as const;
    expect(sessionsCsv([ended], { ...sydney, ...german })).toBe(
      '\ufeff"Stand";"Gäste";"Hosts"\r\n"Läuft";"Ohne Namen";""\r\n',
    );
    expect(firstRow(ended, { columns: ["guests"] })).toEqual(["Person without a name"]);
  });

  it("has empty cells for fields that are not known", () => {
    const bare = { ...session, session_name: undefined, participants: undefined };
    expect(firstRow(bare, { columns: ["name", "hosts", "guests"] })).toEqual(["", "", ""]);
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["+61 2 5550", "'+61 2 5550"],
    ["-", "'-"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["\t=1", "'=1"],
    ["\r\n=1", "'=1"],
    ["\u0000=1", "'=1"],
    ["\u200d\u00a0=1", "\u200d '=1"],
    ["＝1", "'＝1"],
    ["＋1", "'＋1"],
    ["－1", "'－1"],
    ["＠1", "'＠1"],
    ["﹦1", "'﹦1"],
    ['"=1', `""'=1`],
    ["'=1", "''=1"],
    // A program with another separator would start a cell there.
    ["Ana;=1", "Ana;'=1"],
    ["Ana, =1", "Ana, '=1"],
    ["Ana|@a", "Ana|'@a"],
    ['Ana"+1', `Ana""'+1`],
    // These start no cell.
    ["Follow-up", "Follow-up"],
    ["a=1 + 2 - 3", "a=1 + 2 - 3"],
    ["ana@clinic.example", "ana@clinic.example"],
    ["O'Neill", "O'Neill"],
    ["Lee, Ana", "Lee, Ana"],
    // Invisible characters and direction marks are removed.
    ["Ana\u202e (tsoh)\u0007\ud800", "Ana (tsoh)"],
    ["Ana\nLee", "Ana Lee"],
    ["👩\u200d⚕️ Ngọc", "👩\u200d⚕️ Ngọc"],
  ])("writes %j as %j", (session_name, cell) => {
    expect(firstRow({ ...session, session_name }, { columns: ["name"] })).toEqual([cell]);
  });

  it("does not start a formula with the second of two names", () => {
    const participants = [participant("Ana"), participant("=1+1")];
    expect(firstRow({ ...session, participants }, { columns: ["guests"] })).toEqual(["Ana; '=1+1"]);
  });

  it("does not start a formula with a header, a status or an id", () => {
    const options = { ...sydney, columns: ["sessionId", "status"] } as const;
    const texts = { headers: { sessionId: "@id", status: "\t=s" }, statuses: { active: "+" } };
    expect(sessionsCsv([{ ...session, session_id: '-"\u202e' }], { ...options, ...texts })).toBe(
      `"'@id","\t'=s"\r\n"'-""","'+"\r\n`,
    );
  });
});
