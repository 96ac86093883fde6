import { describe, expect, it } from "vitest";

import type { Session } from "../../src/api/schemas.ts";
import { sessionCalendar, type SessionCalendarOptions } from "../../src/domain/sessionCalendar.ts";

const now = new Date("2026-01-11T22:52:30.400Z");
const url = "https://coviu.com/session/7b1d0f6e-1c7f-4c55-9d0e-0a4b3a1c2d3e";
const session: Session = {
  session_id: "0f8fad5b-d9cb-469f-a165-70867728950e",
  session_name: "Knee rehab",
  start_time: "2026-01-11T23:00:00.000Z",
  end_time: "2026-01-11T23:30:00.000Z",
  participants: [
    { participant_id: "7b1d0f6e-1c7f-4c55-9d0e-0a4b3a1c2d3e", display_name: "Ana Lee", entry_url: url },
    { participant_id: "b", display_name: "Ben Gone", deleted_at: "2026-01-10T00:00:00.000Z" },
    { participant_id: "c", display_name: " " },
    { participant_id: "d", display_name: "Dr Okafor", role: "HOST" },
  ],
};

function calendar(edit: Partial<Session> = {}, options: Partial<SessionCalendarOptions> = {}): string {
  return sessionCalendar({ ...session, ...edit }, { now, uid: "visit-7", ...options });
}

/** Value of a line, still escaped. */
function valueOf(name: string, text: string): string | undefined {
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  return lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
}

describe("sessionCalendar", () => {
  it("is one event, with neither names nor entry links", () => {
    expect(calendar()).toBe(
      [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//coviu-react//sessionCalendar//EN",
        "BEGIN:VEVENT",
        "UID:visit-7",
        "DTSTAMP:20260111T225230Z",
        "SEQUENCE:29469532",
        "DTSTART:20260111T230000Z",
        "DTEND:20260111T233000Z",
        "SUMMARY:Knee rehab",
        "STATUS:CONFIRMED",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
      ].join("\r\n"),
    );
  });

  it("has STATUS:CANCELLED and no entry link for a canceled session", () => {
    const text = calendar({ canceled_time: "2026-01-11T22:00:00.000Z" }, { entryUrl: url });
    expect(valueOf("STATUS", text)).toBe("CANCELLED");
    expect(text).not.toMatch(/METHOD|https|LOCATION/);
  });

  it("has the same UID and a higher SEQUENCE after the session was moved", () => {
    const moved = { ...session, session_name: "Moved", start_time: "2026-01-11T23:15:00.000Z" };
    const before = sessionCalendar(session, { now });
    const after = sessionCalendar(moved, { now: new Date(now.getTime() + 60_000) });
    expect(valueOf("UID", after)).toBe(valueOf("UID", before));
    // The UID is the same in every release. Another one would add the session to calendars a second time.
    expect(valueOf("UID", before)).toBe(session.session_id);
    expect(Number(valueOf("SEQUENCE", after))).toBeGreaterThan(Number(valueOf("SEQUENCE", before)));
    expect(calendar({}, { uid: "\u0000 " })).toBe(sessionCalendar(session, { now }));
    expect(valueOf("SEQUENCE", calendar({}, { now: new Date("1969-01-01T00:00:00Z") }))).toBe("0");
  });

  it("identifies the event by the session_id unless a uid is given", () => {
    const id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    expect(valueOf("UID", sessionCalendar({ ...session, session_id: id }, { now }))).toBe(id);
    expect(valueOf("UID", sessionCalendar({ ...session, session_id: id }, { now, uid: "visit-7" }))).toBe("visit-7");
  });

  it.each([
    ["é", 74],
    ["\u0800", 73],
    ["\u{10000}", 72],
  ])("folds before a character that exceeds 75 octets: %s", (character, octets) => {
    const fits = "x".repeat(octets - "SUMMARY:".length);
    const text = calendar({ session_name: `${fits}${character}` });
    expect(text).toContain(`\r\nSUMMARY:${fits}\r\n ${character}\r\n`);
    expect(calendar({ session_name: `${fits.slice(1)}${character}` })).toContain(`x${character}\r\n`);
  });

  it("refuses a participant_id as the uid", () => {
    const id = "7b1d0f6e-1c7f-4c55-9d0e-0a4b3a1c2d3e";
    expect(() => calendar({}, { uid: `${id}@clinic.example` })).toThrow(RangeError);
    const message = "uid must not contain a participant_id: anyone with it can enter the session";
    expect(() => calendar({}, { uid: id })).toThrow(new RangeError(message));
    expect(() => calendar({}, { uid: id.replace("-", "-\u200b") })).toThrow(RangeError);
    expect(calendar({ participants: [{ participant_id: "7" }] })).toContain("UID:visit-7");
    expect(calendar({ participants: undefined })).toContain("UID:visit-7");
  });

  it("has the given entry link if its host is trusted", () => {
    const text = calendar({}, { entryUrl: `${url}?a=1,2;b` });
    expect(valueOf("URL", text)).toBe(`${url}?a=1,2;b`);
    expect(valueOf("LOCATION", text)).toBe(`${url}?a=1\\,2\\;b`);
    expect(calendar({}, { entryUrl: "https://evil.example/session/1" })).toBe(calendar());
    expect(calendar({}, { entryUrl: "javascript:alert(1)" })).toBe(calendar());
    expect(calendar({}, { entryUrl: undefined })).toBe(calendar());
    const own = { entryUrl: "https://meet.example/1", entryUrlHosts: ["meet.example"] };
    expect(valueOf("URL", calendar({}, own))).toBe("https://meet.example/1");
    expect(calendar({}, { entryUrl: url, entryUrlHosts: ["meet.example"] })).toBe(calendar());
  });

  it("has the names of present people with `people`, hosts first", () => {
    expect(valueOf("DESCRIPTION", calendar({}, { people: true }))).toBe("Dr Okafor\\nAna Lee");
    const both = { people: true, description: "Bring your brace.\r\n\r\nWith:" };
    expect(valueOf("DESCRIPTION", calendar({}, both))).toBe("Bring your brace.\\n\\nWith:\\nDr Okafor\\nAna Lee");
    expect(calendar({ participants: undefined }, { people: true })).toBe(calendar());
  });

  it("has the given title, or none", () => {
    expect(valueOf("SUMMARY", calendar({}, { summary: "Appointment" }))).toBe("Appointment");
    expect(calendar({}, { summary: "" })).not.toContain("SUMMARY");
    expect(calendar({ session_name: undefined })).not.toContain("SUMMARY");
  });

  it("has no end when the end is not after the start", () => {
    expect(calendar({ end_time: session.start_time })).not.toContain("DTEND");
  });

  it.each([
    ["a\\b", "a\\\\b"],
    ["a;b,c:d", "a\\;b\\,c:d"],
    ["a\nb\r\nc\rd\u2028e\u2029f\u0085g\vh\fi", "a\\nb\\nc\\nd\\ne\\nf\\ng\\nh\\ni"],
    ["a\\nb", "a\\\\nb"],
    ["a\tb\u00a0c", "a b\u00a0c"],
    ["a\u0000\u0007\u001b\u007f\u202e\ufeff\ud800b", "ab"],
    ["a\nEND:VCALENDAR", "a\\nEND:VCALENDAR"],
  ])("escapes %j as %j", (description, value) => {
    expect(valueOf("DESCRIPTION", calendar({}, { description }))).toBe(value);
    expect(valueOf("UID", calendar({}, { uid: description }))).toBe(value);
  });

  it.each([
    ["x".repeat(63), 1],
    ["x".repeat(64), 2],
    ["x".repeat(63 + 74), 2],
    ["x".repeat(63 + 75), 3],
    // 63 octets hold 31, 21 and 15 of these characters.
    ["é".repeat(31), 1],
    ["é".repeat(32), 2],
    ["漢".repeat(21), 1],
    ["漢".repeat(22), 2],
    ["🫠".repeat(15), 1],
    ["🫠".repeat(16), 2],
    [`${"x".repeat(60)}🫠`, 2],
  ])("folds %s into %i lines", (description, count) => {
    const text = calendar({}, { description });
    const [, found = ""] = /^(DESCRIPTION:[^]*?)\r\nSTATUS/m.exec(text) ?? [];
    const lines = found.split("\r\n ");
    expect(lines).toHaveLength(count);
    expect(lines.join("")).toBe(`DESCRIPTION:${description}`);
    // A cut character would become U+FFFD.
    for (const line of lines) expect(Buffer.from(line).toString()).toBe(line);
  });
});
