// @vitest-environment node
import * as fc from "fast-check";
import { expect } from "vitest";

import { type Session, sessionCalendar, sessionsCsv } from "../../src/core.ts";
import { shownName } from "../../src/domain/roles.ts";
import { type Drill, faultRow, type Scenario } from "./faultRow.ts";
import { hostileAddresses, hostileTexts } from "./hostile.ts";

const now = new Date("2026-01-11T22:52:00Z");
const secret = "7b1d0f6e-1c7f-4c55-9d0e-0a4b3a1c2d3e";
const link = `https://coviu.com/session/${secret}`;
const person = { participant_id: secret, entry_url: link };
const session: Session = {
  session_id: "0f8fad5b-d9cb-469f-a165-70867728950e",
  session_name: "Knee rehab",
  start_time: "2026-01-11T23:00:00.000Z",
  end_time: "2026-01-11T23:30:00.000Z",
  participants: [
    { ...person, display_name: "Ana Lee" },
    { ...person, display_name: "Dr Okafor", role: "HOST" },
  ],
};

const signs = "=+-@＝＋－＠".split("");
/** What a spreadsheet skips, or may take for the end of a cell, before a sign. */
const before = ["", " ", "\t", "\r", "\n", "\r\n", '"', '""', "\u00a0", "\u200b", "\ufeff", "\u0000", "\u202e", ' " '];
const inside = ["x,", "x;", "x\t", "x|", 'x"', 'x",', 'x";"', 'x""\r\n', "x, \t", "x\r\n"];
const starts = [...before, ...inside].flatMap((lead) => signs.map((sign) => `${lead}${sign}`));

/** Texts of pieces that mean something in these files, between any other characters. */
const hostileText = fc
  .array(
    fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(...starts, ..."\r\n\\;,:\"' |".split(""), "\r\n", "\\n", "\u2028", "\ud83d"),
      },
      { weight: 1, arbitrary: fc.constantFrom("\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", "\nBEGIN:VEVENT", "\r\n X:1") },
      { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 30 }) },
      { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 90 }) },
    ),
    { maxLength: 9 },
  )
  .map((pieces) => pieces.join(""));

/** Each text at once, then at random: what a failure names is the text alone. */
function each(drill: Drill, texts: readonly string[], check: (text: string) => void): void {
  for (const text of texts) check(text);
  fc.assert(fc.property(hostileText, check), { seed: drill.seed, numRuns: 200 });
}

/** RFC 4180 by the letter. */
function parsed(csv: string, separator: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < csv.length) {
    if (csv[at] !== '"') throw new Error(`no quote at ${at}`);
    let cell = "";
    for (at += 1; csv[at] !== '"' || csv[at + 1] === '"'; at += 1) {
      if (at >= csv.length) throw new Error("a cell without an end");
      if (csv[at] === '"') at += 1;
      cell += csv[at];
    }
    rows.at(-1)?.push(cell);
    at += 1;
    if (csv[at] === separator) at += 1;
    else if (csv.slice(at, at + 2) === "\r\n") {
      at += 2;
      rows.push([]);
    } else throw new Error(`neither separator nor end of line at ${at}`);
  }
  if (rows.pop()?.length !== 0) throw new Error("the last line has no end");
  return rows;
}

/** As a program reads it that goes by another separator: quotes that stand elsewhere than around a cell mean nothing. */
function looselyParsed(csv: string, separator: string): string[] {
  const cells: string[] = [];
  const pattern = new RegExp(`("(?:[^"]|"")*"?)?([^${separator}\\r\\n]*)(?:[${separator}\\r\\n]|$)`, "gy");
  for (const [whole, quotes = "", rest = ""] of csv.matchAll(pattern)) {
    if (whole) cells.push(quotes.replace(/^"|"$/g, "").replaceAll('""', '"') + rest);
  }
  return cells;
}

function beginsFormula(cell: string): boolean {
  const first = cell.replace(/^[\s"\p{C}]+/u, "")[0] ?? "";
  return signs.includes(first);
}

const plain = (cell: string) => cell.replaceAll("'", "");

/** Where in a table a text of somebody else can come to stand, and what is then in that cell. */
const cells: Record<string, (text: string) => { session: Session; cell: string | undefined }> = {
  "a session’s name": (text) => ({ session: { ...session, session_name: text }, cell: shownName(text) ?? "" }),
  "a host’s name": (text) => ({
    session: { ...session, participants: [{ ...person, display_name: text, role: "HOST" }] },
    cell: shownName(text) ?? "Nobody",
  }),
  "a guest’s name after another": (text) => ({
    session: { ...session, participants: [person, { ...person, display_name: text }] },
    cell: `Nobody; ${shownName(text) ?? "Nobody"}`,
  }),
  "a session’s id": (text) => ({ session: { ...session, session_id: text }, cell: shownName(text) ?? "" }),
};
const columns = ["name", "hosts", "guests", "sessionId"] as const;

faultRow(
  "H6",
  "a table for a spreadsheet holds the names that the screen shows, and no formula",
  Object.entries(cells).flatMap(([place, make], index): Scenario[] =>
    ([",", ";"] as const).flatMap((separator) => {
      const csvOf = (given: Session) =>
        sessionsCsv([given, session], { now, timeZone: "Australia/Sydney", columns, separator, unnamed: "Nobody" });
      return [
        {
          name: `${place} × ${separator} × read as it is written`,
          runs: 2,
          run: (drill) =>
            drill.holds("I4", () =>
              each(drill, [...starts, ...hostileTexts(400, drill.seed)], (text) => {
                const { session: given, cell = "" } = make(text);
                const csv = csvOf(given);
                const rows = parsed(csv, separator);
                expect(rows.map(({ length }) => length)).toEqual([4, 4, 4]);
                expect(plain(rows[1]?.[index] ?? "none")).toBe(plain(cell));
                expect(rows[2]).toEqual(["Knee rehab", "Dr Okafor", "Ana Lee", session.session_id]);
                expect(rows.flat().filter((one) => beginsFormula(one) || /^[\t\r]/.test(one))).toEqual([]);
                expect(csv).not.toContain(secret);
              }),
            ),
        },
        ...[",", ";", "\t", "|"].map((other) => ({
          name: `${place} × ${separator} × opened as if ${JSON.stringify(other)} stood between cells`,
          runs: 2,
          run: (drill: Drill) =>
            drill.holds("I4", () =>
              each(drill, [...starts, ...hostileTexts(200, drill.seed)], (text) => {
                const found = looselyParsed(csvOf(make(text).session), other);
                expect(found.length).toBeGreaterThan(2);
                expect(found.filter(beginsFormula)).toEqual([]);
              }),
            ),
        })),
      ];
    }),
  ),
);

/** RFC 5545 by the letter: the properties of the one event, by name. */
function eventIn(text: string): Map<string, string> {
  const lines = text.split("\r\n");
  expect(lines.pop()).toBe("");
  // Whatever any reader takes for the end of a line, or does not take at all.
  expect(lines.filter((line) => /[\p{Cc}\u2028\u2029]/u.test(line))).toEqual([]);
  expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  // A surrogate alone would come back as another character.
  expect(lines.map((line) => Buffer.from(line).toString())).toEqual(lines);
  const unfolded = text
    .replaceAll(/\r\n[ \t]/g, "")
    .split("\r\n")
    .slice(0, -1);
  const frame = unfolded.filter((line) => /^(BEGIN|END):/i.test(line));
  expect(frame).toEqual(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR"]);
  expect(unfolded.at(-1)).toBe("END:VCALENDAR");
  const properties = new Map<string, string>();
  for (const line of unfolded.slice(unfolded.indexOf("BEGIN:VEVENT") + 1, -2)) {
    const [, name = "", value = ""] = /^([A-Z]+):(.*)$/u.exec(line) ?? [];
    expect(properties.has(name)).toBe(false);
    properties.set(name, name === "URL" ? value : value.replace(/\\(.)|[,;]/gu, meant));
  }
  return properties;
}

function meant(escape: string, letter = ""): string {
  if (/^n$/i.test(letter)) return "\n";
  if (!/^[\\;,]$/.test(letter)) throw new Error(`${escape} stands there as it is`);
  return letter;
}

/** The same words and lines: without what can't be seen. */
function lined(text: string): string {
  return text
    .replaceAll(/\r\n?|[\v\f\u0085\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ")
    .replaceAll(/[^\P{C}\n\u200c\u200d]/gu, "")
    .trim();
}

type Options = Omit<Parameters<typeof sessionCalendar>[1], "now">;
interface Event {
  session?: Session;
  options?: Options;
  property: string;
  value: string | undefined;
}

const texts: Record<string, (text: string) => Event> = {
  "a session’s name": (text) => ({
    session: { ...session, session_name: text },
    property: "SUMMARY",
    value: shownName(text),
  }),
  "a title": (text) => ({ options: { summary: text }, property: "SUMMARY", value: shownName(text) }),
  "a description": (text) => ({
    options: { description: text },
    property: "DESCRIPTION",
    value: lined(text) || undefined,
  }),
  "a person’s name": (text) => ({
    session: { ...session, participants: [{ ...person, display_name: text }] },
    options: { people: true },
    property: "DESCRIPTION",
    value: shownName(text),
  }),
  "an id": (text) => ({ options: { uid: `a${text}a` }, property: "UID", value: lined(`a${text}a`) }),
};
const states: Record<string, Partial<Session>> = {
  "to be held": {},
  canceled: { canceled_time: "2026-01-11T22:00:00.000Z" },
};

faultRow("H7", "a calendar file holds one event with the same words, and a link only if it was given", [
  ...Object.entries(texts).flatMap(([place, make]) =>
    Object.entries(states).map(([state, edit]) => ({
      name: `${place} × ${state} × read back`,
      runs: 2,
      run: (drill: Drill) =>
        drill.holds("I4", () =>
          each(drill, [...starts, ...hostileTexts(600, drill.seed)], (text) => {
            const { session: given = session, options, property, value } = make(text);
            const file = sessionCalendar({ ...given, ...edit }, { now, ...options });
            const event = eventIn(file);
            expect(event.get(property) || undefined).toBe(value);
            expect(event.get("STATUS")).toBe(state === "canceled" ? "CANCELLED" : "CONFIRMED");
            expect(event.get("DTSTART")).toBe("20260111T230000Z");
            expect(event.has("URL") || file.includes(secret)).toBe(false);
          }),
        ),
    })),
  ),
  {
    name: "a link that leads elsewhere × given as the entry link × 600 addresses",
    runs: 2,
    run: ({ seed, holds }) =>
      holds("I5", () => {
        const without = sessionCalendar(session, { now });
        for (const entryUrl of hostileAddresses(600, seed)) {
          expect(sessionCalendar(session, { now, entryUrl })).toBe(without);
        }
      }),
  },
  ...Object.entries(states).map(([state, edit]) => ({
    name: `a link that may be used × ${state} × given and not given`,
    run: ({ holds }: Drill) =>
      holds("I5", () => {
        const given = { ...session, ...edit };
        expect(sessionCalendar(given, { now, people: true })).not.toContain(secret.slice(0, 8));
        const event = eventIn(sessionCalendar(given, { now, entryUrl: `${link}?a=1,2;b&c=%0D%0A` }));
        const url = state === "canceled" ? undefined : `${link}?a=1,2;b&c=%0D%0A`;
        expect([event.get("URL"), event.get("LOCATION")]).toEqual([url, url]);
      }),
  })),
]);
