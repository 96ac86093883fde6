import { describe, expect, it } from "vitest";

import { personDraft } from "../../src/components/person/personDraft.ts";
import {
  draftOf,
  newDraft,
  proposedStart,
  type SessionDraft,
  startDraft,
  typedTime,
} from "../../src/components/SessionScheduler/draft.ts";
import { problemsOf } from "../../src/components/SessionScheduler/draftProblems.ts";
import { creationRequest, updateRequest } from "../../src/components/SessionScheduler/draftRequest.ts";
import { clockChange, parseTimes } from "../../src/components/SessionScheduler/draftTimes.ts";
import { fieldId } from "../../src/components/SessionScheduler/fieldAddress.ts";
import { isBookingOf } from "../../src/domain/sameBooking.ts";
import { addDays, dayOf, startOfDay, toWallClock } from "../../src/domain/wallClock.ts";

const zoned = { locale: "en-AU", timeZone: "Australia/Sydney" };
const now = new Date("2026-01-11T22:52:00Z");
const blank = newDraft({ start: "2026-01-11T23:15:00.000Z", zoned });
const ready: SessionDraft = {
  ...blank,
  name: "Knee rehab",
  people: [{ ...personDraft(), key: 0, name: "Dr Amara Okafor", role: "HOST" }],
};
const existing = {
  session_id: "existing",
  session_name: "Knee rehab",
  start_time: "2026-01-11T23:00:30.000Z",
  end_time: "2026-01-11T23:30:30.000Z",
};

function on(year: string, month: string, day: string, fields: Partial<SessionDraft> = {}): SessionDraft {
  return { ...ready, date: { year, month, day }, ...fields };
}

function codes(draft: SessionDraft, at = now): string[] {
  return problemsOf(draft, parseTimes(draft, zoned), at).map(
    ({ code, ...address }) => `${fieldId("", address).slice(1)}: ${code}`,
  );
}

describe("the initial draft", () => {
  it.each([
    ["2026-01-11T22:52:00Z", "2026-01-11T23:15:00.000Z"],
    ["2026-01-11T23:00:00Z", "2026-01-11T23:15:00.000Z"],
    ["2026-01-11T22:44:59Z", "2026-01-11T23:00:00.000Z"],
    ["2026-01-11T22:45:01Z", "2026-01-11T23:15:00.000Z"],
  ])("at %s proposes %s: a quarter of an hour, at least 15 minutes away", (at, start) => {
    expect(proposedStart(new Date(at))).toBe(start);
  });

  it("shows the start in the clinic's zone, a host and a guest", () => {
    expect(blank.date).toEqual({ day: "12", month: "1", year: "2026" });
    expect(blank.start).toBe("10:15 am");
    expect(blank.people.map(({ role, name }) => [role, name])).toEqual([
      ["HOST", ""],
      ["GUEST", ""],
    ]);
  });

  it("copies name, length and present people of a session, without ids and links", () => {
    const copyOf = {
      ...existing,
      participants: [
        {
          participant_id: "secret-1",
          entry_url: "https://coviu.com/session/secret-1",
          display_name: "Ana",
          role: "HOST",
          state: "s1",
        },
        { participant_id: "secret-2", display_name: "Gone", deleted_at: "2026-01-01T00:00:00.000Z" },
      ],
    };
    const draft = newDraft({ start: undefined, copyOf, zoned });
    expect(draft.name).toBe("Knee rehab");
    expect(draft.duration).toBe("30");
    expect(draft.people).toEqual([{ ...personDraft(), key: 0, name: "Ana", role: "HOST", state: "s1" }]);
    expect(JSON.stringify(draft)).not.toContain("secret");
  });

  it.each(["en-AU", "en-US", "de", "ar", "zh-CN", "hi", "fa"])(
    "formats a start in %s that it can parse again",
    (locale) => {
      const there = { locale, timeZone: "Australia/Sydney" };
      for (const start of ["2026-01-11T23:15:00.000Z", "2026-01-12T04:05:00.000Z", "2026-01-11T13:00:00.000Z"]) {
        const draft = { ...ready, ...startDraft(start, there) };
        expect(parseTimes(draft, there).start).toBe(start);
      }
    },
  );
});

describe("parseTimes", () => {
  it.each([
    ["9", "2026-08-02T23:00:00.000Z"],
    ["930", "2026-08-02T23:30:00.000Z"],
    ["9:30 pm", "2026-08-03T11:30:00.000Z"],
    ["21.30", "2026-08-03T11:30:00.000Z"],
  ])("parses %s in the clinic's zone, independent of the computer's", (start, instant) => {
    expect(parseTimes(on("2026", "8", "3", { start }), zoned).start).toBe(instant);
  });

  it("counts minutes that really pass when clocks change in between", () => {
    const { start, end } = parseTimes(on("2026", "10", "4", { start: "1:45 am", duration: "60" }), zoned);
    expect(Date.parse(end ?? "") - Date.parse(start ?? "")).toBe(3_600_000);
    expect(typedTime(end ?? "", zoned)).toBe("3:45 am");
  });

  it.each([
    ["11 pm", "12:30 am", 90],
    ["9:30 pm", "3 am", 330],
    ["10 am", "11:20 am", 80],
    ["8:45 pm", "2:40 am", 355],
  ])("reads an end after %s at %s as %i minutes later", (start, end, minutes) => {
    const times = parseTimes(on("2026", "8", "3", { start, end, duration: "other" }), zoned);
    expect((Date.parse(times.end ?? "") - Date.parse(times.start ?? "")) / 60_000).toBe(minutes);
  });

  it("keeps untouched times of an existing session to the millisecond", () => {
    const draft = draftOf(existing, zoned);
    expect(parseTimes(draft, zoned, existing)).toMatchObject({ start: existing.start_time, end: existing.end_time });
    expect(updateRequest(draft, parseTimes(draft, zoned, existing), existing)).toEqual({});
  });

  it("keeps the length of an existing session when its start changes", () => {
    const draft = { ...draftOf(existing, zoned), start: "11" };
    expect(updateRequest(draft, parseTimes(draft, zoned, existing), existing)).toEqual({
      start_time: "2026-01-12T00:00:00.000Z",
      end_time: "2026-01-12T00:30:00.000Z",
    });
  });

  it.each(["Australia/Sydney", "Australia/Lord_Howe", "America/New_York", "Europe/London", "America/Santiago"])(
    "never shifts a time by itself on any day of a year in %s",
    (timeZone) => {
      const there = { locale: "en-AU", timeZone };
      let day = { year: 2026, month: 1, day: 1 };
      const wrong: string[] = [];
      let questions = 0;
      for (let count = 0; count < 365; count += 1, day = addDays(day, 1)) {
        for (const start of ["0:00", "0:30", "1:45", "2:15", "3:00", "23:59"]) {
          const draft = on(String(day.year), String(day.month), String(day.day), { start });
          const { start: instant, startReading } = parseTimes(draft, there);
          if (instant === undefined && /missing|twice/.test(startReading?.kind ?? "")) questions += 1;
          const clock = instant && toWallClock(instant, timeZone);
          const shown = clock && `${clock.hour}:${String(clock.minute).padStart(2, "0")}`;
          const isRight =
            instant && shown === start && dayOf(instant, timeZone) === dayOf(startOfDay(day, timeZone), timeZone);
          if (instant && !isRight) wrong.push(`${draft.date.day}.${draft.date.month}. ${start}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(questions).toBeGreaterThan(0);
    },
  );
});

describe("problemsOf", () => {
  it("returns no problem for a draft that can be booked", () => {
    expect(codes(ready)).toEqual([]);
  });

  it("returns problems in the order of the form", () => {
    const people = [
      { ...personDraft(), key: 0, name: "Dr Amara Okafor", role: "HOST" },
      { ...personDraft(), key: 4, name: " ", role: "GUEST", state: "patient-7" },
    ];
    expect(codes({ ...ready, name: "  ", start: "9:15", people, picture: "javascript:alert(1)" })).toEqual([
      "name: name",
      "start: past",
      "person-4-name: person",
      "picture: picture",
    ]);
  });

  it.each<[string, Partial<SessionDraft>, string]>([
    ["a name of 257 characters", { name: "n".repeat(257) }, "name: nameLong"],
    ["a name of 10,000 characters", { name: "n".repeat(10_000) }, "name: nameLong"],
    ["30 February", { date: { day: "30", month: "2", year: "2026" } }, "date: date"],
    ["a date without a year", { date: { day: "3", month: "2", year: "" } }, "date: date"],
    ["a year in two figures", { date: { day: "3", month: "2", year: "26" } }, "date: year"],
    ["a Buddhist year", { date: { day: "3", month: "2", year: "2569" } }, "date: year"],
    ["a start that is no time", { start: "soon" }, "start: start"],
    ["no start", { start: "" }, "start: start"],
    ["25 o’clock", { start: "25" }, "start: start"],
    ["a start at this very moment", { start: "9:52" }, "start: past"],
    ["a day before today", { date: { day: "11", month: "1", year: "2026" } }, "start: past"],
    ["an end that is no time", { duration: "other", end: "later" }, "end: end"],
    ["an end before the start", { duration: "other", end: "9:30" }, "end: order"],
    ["an end at the start", { duration: "other", end: "10:15" }, "end: order"],
    ["more than 12 hours", { duration: "other", end: "10:16 pm" }, "end: long"],
    ["a picture without https", { picture: "http://example.com/a.png" }, "picture: picture"],
    ["a picture that is a script", { picture: "javascript:alert(1)" }, "picture: picture"],
  ])("refuses %s", (_, fields, problem) => {
    expect(codes({ ...ready, ...fields })).toEqual([problem]);
  });

  it.each<[string, Partial<SessionDraft>]>([
    ["256 characters", { name: "n".repeat(256) }],
    ["12 hours", { duration: "other", end: "10:15 pm" }],
    ["a picture behind https", { picture: "https://pictures.example/a.png" }],
    ["nobody", { people: [] }],
  ])("lets %s pass", (_, fields) => {
    expect(codes({ ...ready, ...fields })).toEqual([]);
  });

  it("asks about a start that clocks skip and one they show twice", () => {
    const skipped = on("2026", "10", "4", { start: "2:30" });
    const twice = on("2026", "4", "5", { start: "2:30" });
    expect(codes(skipped)).toEqual(["start: missing"]);
    expect(codes(twice)).toEqual(["start-which: which"]);
    expect(codes({ ...twice, startReading: "later" })).toEqual([]);
    expect(parseTimes({ ...twice, startReading: "earlier" }, zoned).start).toBe("2026-04-04T15:30:00.000Z");
    expect(parseTimes({ ...twice, startReading: "later" }, zoned).start).toBe("2026-04-04T16:30:00.000Z");
  });

  it("asks about such an end too", () => {
    const end = on("2026", "4", "5", { start: "1:45", duration: "other", end: "2:30" });
    expect(codes(end)).toEqual(["end-which: which"]);
    expect(codes({ ...end, endReading: "earlier" })).toEqual([]);
    expect(codes(on("2026", "10", "4", { start: "1:45", duration: "other", end: "2:30" }))).toEqual(["end: missing"]);
  });

  it("reports the order of start and end only if both can be parsed", () => {
    expect(codes({ ...ready, start: "soon", duration: "other", end: "11" })).toEqual(["start: start"]);
    expect(codes({ ...ready, date: { day: "", month: "", year: "" }, duration: "other", end: "" })).toEqual([
      "date: date",
      "end: end",
    ]);
  });

  it("names the person in question by the number of the row", () => {
    const row = { ...personDraft(), name: "Ana" };
    const people = [
      { ...row, key: 7 },
      { ...row, key: 9, name: "n".repeat(257) },
      { ...row, key: 2, picture: "data:image/png;base64,AA" },
    ];
    expect(problemsOf({ ...ready, people }, parseTimes(ready, zoned), now)).toEqual([
      { field: "name", rowKey: 9, code: "personLong", person: 2 },
      { field: "picture", rowKey: 2, code: "personPicture", person: 3 },
    ]);
  });

  it("accepts empty rows, except the first", () => {
    expect(codes({ ...ready, people: blank.people })).toEqual(["person-0-name: person"]);
    expect(codes({ ...ready, people: [...ready.people, ...blank.people.slice(1)] })).toEqual([]);
  });

  it("reports no problem of an unchanged field of an existing session", () => {
    const odd = { ...existing, session_name: "n".repeat(300), picture: "not a real picture" };
    const problems = (draft: SessionDraft, at: Date) => problemsOf(draft, parseTimes(draft, zoned, odd), at, odd);
    expect(problems(draftOf(odd, zoned), new Date("2026-01-12T05:00:00Z"))).toEqual([]);
    const moved = { ...draftOf(odd, zoned), start: "9:30" };
    expect(problems(moved, now).map(({ code }) => code)).toEqual(["past"]);
  });

  it("accepts an existing session without name and picture", () => {
    const draft = draftOf({ ...existing, session_name: undefined }, zoned);
    const nameless = { ...existing, session_name: undefined };
    expect(problemsOf(draft, parseTimes(draft, zoned, nameless), now, nameless)).toEqual([]);
  });
});

describe("requests", () => {
  it("are trimmed, without empty fields and without ids", () => {
    const people = [
      { ...personDraft(), key: 0, name: " Dr Amara Okafor ", role: "HOST" },
      {
        ...personDraft(),
        key: 1,
        name: "Ana",
        role: "GUEST",
        state: " p-7 ",
        picture: "https://pictures.example/ana.png",
      },
      { ...personDraft(), key: 2, name: " ", role: "GUEST" },
    ];
    const draft = { ...ready, name: "  Knee rehab ", people, flags: "-plugin;chat\n\n  session;x \n" };
    expect(creationRequest(draft, parseTimes(draft, zoned))).toEqual({
      session_name: "Knee rehab",
      start_time: "2026-01-11T23:15:00.000Z",
      end_time: "2026-01-11T23:45:00.000Z",
      participants: [
        { role: "HOST", display_name: "Dr Amara Okafor" },
        { role: "GUEST", display_name: "Ana", state: "p-7", picture: "https://pictures.example/ana.png" },
      ],
      feature_flags: ["-plugin;chat", "session;x"],
    });
    expect(Object.keys(creationRequest({ ...ready, people: [] }, parseTimes(ready, zoned)) ?? {})).toEqual([
      "session_name",
      "start_time",
      "end_time",
    ]);
  });

  it("contain only the changed fields of an existing session", () => {
    const draft = { ...draftOf(existing, zoned), name: "Hand rehab ", picture: "https://pictures.example/a.png" };
    expect(updateRequest(draft, parseTimes(draft, zoned, existing), existing)).toEqual({
      session_name: "Hand rehab",
      picture: "https://pictures.example/a.png",
    });
    const longer = { ...draftOf(existing, zoned), duration: "45" };
    // Both times: with one alone a move by another user would change the length.
    expect(updateRequest(longer, parseTimes(longer, zoned, existing), existing)).toEqual({
      start_time: existing.start_time,
      end_time: "2026-01-11T23:45:30.000Z",
    });
    expect(updateRequest(longer, parseTimes(longer, zoned, existing), existing, false)).toEqual({
      end_time: "2026-01-11T23:45:30.000Z",
    });
  });
});

describe("finding a booking again", () => {
  const request = {
    ...creationRequest(ready, parseTimes(ready, zoned)),
    start_time: "2026-01-11T23:15:00.000Z",
    end_time: "2026-01-11T23:45:00.000Z",
  };
  const session = {
    ...request,
    session_id: "found",
    participants: [{ participant_id: "p", display_name: "Dr Amara Okafor", role: "HOST" }],
  };

  it("takes the same times, name, people and roles", () => {
    expect(isBookingOf(session, request)).toBe(true);
  });

  it.each([
    ["name", { session_name: "Other" }],
    ["start", { start_time: "2026-01-11T23:16:00.000Z" }],
    ["end", { end_time: "2026-01-11T23:46:00.000Z" }],
    ["people", { participants: [{ participant_id: "p", display_name: "Ana", role: "HOST" }] }],
    ["role", { participants: [{ participant_id: "p", display_name: "Dr Amara Okafor", role: "GUEST" }] }],
    ["number of people", { participants: [...session.participants, ...session.participants] }],
  ])("does not take one with another %s", (_, other) => {
    expect(isBookingOf({ ...session, ...other }, request)).toBe(false);
  });
});

it("knows what clocks do around a time that is not one instant", () => {
  const missing = parseTimes(on("2026", "10", "4", { start: "2:30" }), zoned).startReading;
  const twice = parseTimes(on("2026", "4", "5", { start: "2:30" }), zoned).startReading;
  if (missing?.kind !== "missing" || twice?.kind !== "twice") throw new Error("The clocks do not change that day");
  const times = (reading: Parameters<typeof clockChange>[0]) =>
    Object.values(clockChange(reading, zoned.timeZone)).map((at) => at.toISOString().slice(11, 16));
  expect(times(missing)).toEqual(["02:30", "02:00", "03:00"]);
  expect(times(twice)).toEqual(["02:30", "03:00", "02:00"]);
});
