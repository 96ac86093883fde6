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
/** Characters before a sign that a spreadsheet skips or takes for the end of a cell. */
const before = ["", " ", "\t", "\r", "\n", "\r\n", '"', '""', "\u00a0", "\u200b", "\ufeff", "\u0000", "\u202e", ' " '];
const inside = ["x,", "x;", "x\t", "x|", 'x"', 'x",', 'x";"', 'x""\r\n', "x, \t", "x\r\n"];
const starts = [...before, ...inside].flatMap((lead) => signs.map((sign) => `${lead}${sign}`));

/** Texts with special characters of these formats among random characters. */
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

/** Checks each text, then random texts. A failure names one text. */
function checkTexts(drill: Drill, texts: readonly string[], check: (text: string) => void): void {
  for (const text of texts) check(text);
  fc.assert(fc.property(hostileText, check), { seed: drill.seed, numRuns: 200 });
}

/** Cells of a CSV file according to RFC 4180. */
function parseCsv(csv: string, separator: string): string[][] {
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

/** Cells as read by a program with another separator. Quotes that do not surround a cell have no meaning. */
function parseLoosely(csv: string, separator: string): string[] {
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

/** Sessions with a hostile text in each field, and the expected cell. */
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
  "a CSV file has the names that the screen shows, and no formula",
  Object.entries(cells).flatMap(([field, make], index): Scenario[] =>
    ([",", ";"] as const).flatMap((separator) => {
      const csvOf = (input: Session) =>
        sessionsCsv([input, session], { now, timeZone: "Australia/Sydney", columns, separator, unnamed: "Nobody" });
      return [
        {
          name: `${field} × ${separator} × read with the same separator`,
          runs: 2,
          run: (drill) =>
            drill.holds("I4", () =>
              checkTexts(drill, [...starts, ...hostileTexts(400, drill.seed)], (text) => {
                const { session: input, cell = "" } = make(text);
                const csv = csvOf(input);
                const rows = parseCsv(csv, separator);
                expect(rows.map(({ length }) => length)).toEqual([4, 4, 4]);
                expect(plain(rows[1]?.[index] ?? "none")).toBe(plain(cell));
                expect(rows[2]).toEqual(["Knee rehab", "Dr Okafor", "Ana Lee", session.session_id]);
                expect(rows.flat().filter((one) => beginsFormula(one) || /^[\t\r]/.test(one))).toEqual([]);
                expect(csv).not.toContain(secret);
              }),
            ),
        },
        ...[",", ";", "\t", "|"].map((other) => ({
          name: `${field} × ${separator} × opened with the separator ${JSON.stringify(other)}`,
          runs: 2,
          run: (drill: Drill) =>
            drill.holds("I4", () =>
              checkTexts(drill, [...starts, ...hostileTexts(200, drill.seed)], (text) => {
                const found = parseLoosely(csvOf(make(text).session), other);
                expect(found.length).toBeGreaterThan(2);
                expect(found.filter(beginsFormula)).toEqual([]);
              }),
            ),
        })),
      ];
    }),
  ),
);

/** Properties of the only event of a calendar file, by name, according to RFC 5545. */
function eventIn(text: string): Map<string, string> {
  const lines = text.split("\r\n");
  expect(lines.pop()).toBe("");
  // No control characters, and no line ends that only some programs know.
  expect(lines.filter((line) => /[\p{Cc}\u2028\u2029]/u.test(line))).toEqual([]);
  expect(lines.filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  // A lone surrogate would become another character.
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
    properties.set(name, name === "URL" ? value : value.replace(/\\(.)|[,;]/gu, unescape));
  }
  return properties;
}

function unescape(escape: string, letter = ""): string {
  if (/^n$/i.test(letter)) return "\n";
  if (!/^[\\;,]$/.test(letter)) throw new Error(`${escape} is not an escape sequence`);
  return letter;
}

/** The text without invisible characters, with \n as line end. */
function visibleText(text: string): string {
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
    value: visibleText(text) || undefined,
  }),
  "a person’s name": (text) => ({
    session: { ...session, participants: [{ ...person, display_name: text }] },
    options: { people: true },
    property: "DESCRIPTION",
    value: shownName(text),
  }),
  "an id": (text) => ({ options: { uid: `a${text}a` }, property: "UID", value: visibleText(`a${text}a`) }),
};
const states: Record<string, Partial<Session>> = {
  scheduled: {},
  canceled: { canceled_time: "2026-01-11T22:00:00.000Z" },
};

faultRow("H7", "a calendar file has one event with the same text, and an entry link only if it was passed", [
  ...Object.entries(texts).flatMap(([field, make]) =>
    Object.entries(states).map(([state, edit]) => ({
      name: `${field} × ${state} × read back`,
      runs: 2,
      run: (drill: Drill) =>
        drill.holds("I4", () =>
          checkTexts(drill, [...starts, ...hostileTexts(600, drill.seed)], (text) => {
            const { session: input = session, options, property, value } = make(text);
            const file = sessionCalendar({ ...input, ...edit }, { now, ...options });
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
    name: "hostile URLs × passed as entry link × 600 URLs",
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
    name: `a valid entry link × ${state} × passed and not passed`,
    run: ({ holds }: Drill) =>
      holds("I5", () => {
        const input = { ...session, ...edit };
        expect(sessionCalendar(input, { now, people: true })).not.toContain(secret.slice(0, 8));
        const event = eventIn(sessionCalendar(input, { now, entryUrl: `${link}?a=1,2;b&c=%0D%0A` }));
        const url = state === "canceled" ? undefined : `${link}?a=1,2;b&c=%0D%0A`;
        expect([event.get("URL"), event.get("LOCATION")]).toEqual([url, url]);
      }),
  })),
]);
