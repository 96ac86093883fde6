// @vitest-environment node
import * as v from "valibot";
import { expect } from "vitest";

import { toCoviuError } from "../../src/api/errors.ts";
import { toInstant } from "../../src/api/instants.ts";
import { ParticipantCreationRequest } from "../../src/api/requests.ts";
import type { Session } from "../../src/api/schemas.ts";
import { personProblems } from "../../src/components/person/personDraft.ts";
import { admitted, filtersOf, matchesNames, searchWords } from "../../src/components/SessionList/filters.ts";
import { trustedEntryUrl, trustedPictureUrl } from "../../src/domain/links.ts";
import { isolated, participantRole, shownName, spelledOut } from "../../src/domain/roles.ts";
import { sessionCalendar } from "../../src/domain/sessionCalendar.ts";
import { sessionsCsv } from "../../src/domain/sessionsCsv.ts";
import { parseDate, parseDigits, parseTime } from "../../src/domain/typedTime.ts";
import { isTimeZone } from "../../src/domain/wallClock.ts";
import { type Drill, faultRow } from "./faultRow.ts";

const session: Session = {
  session_id: "s",
  start_time: "2026-01-12T00:00:00.000Z",
  end_time: "2026-01-12T01:00:00.000Z",
};

/** Everything that reads a text which somebody else, or a clipboard, has made. */
const readers: Record<string, (text: string) => unknown> = {
  parseTime: (text) => parseTime(text, "en-AU"),
  parseDigits,
  parseDate: (text) => parseDate(text, ["day", "month", "year"]),
  toInstant,
  isTimeZone,
  trustedEntryUrl,
  trustedPictureUrl: (text) => trustedPictureUrl(text, ["pictures.example"]),
  shownName,
  isolated,
  spelledOut,
  participantRole: (role) => participantRole({ participant_id: "p", role }),
  "a name that is searched": (text) => matchesNames({ ...session, session_name: text }, searchWords("ana lee")),
  "what it is searched for": (text) => matchesNames({ ...session, session_name: "Ana Lee" }, searchWords(text)),
  both: (text) => matchesNames({ ...session, session_name: text }, searchWords(text)),
  "what is wrong with a person": (text) => personProblems({ name: text, role: text, state: text, picture: text }),
  "a picture that is sent": (text) => v.safeParse(ParticipantCreationRequest, { picture: text }),
  "a name in a table": (text) =>
    sessionsCsv([{ ...session, session_name: text }], { now: new Date(0), timeZone: "UTC" }),
  "a header of a table": (text) => sessionsCsv([], { now: new Date(0), timeZone: "UTC", headers: { name: text } }),
  "words of an event": (text) =>
    sessionCalendar(session, { now: new Date(0), uid: text, summary: text, description: text, entryUrl: text }),
  "an error that is no error of ours": (text) => toCoviuError(new Error(text), text),
};

/** Texts of a length, made so that going back and putting in order would take long. */
const bombs: Record<string, (length: number) => string> = {
  digits: (length) => "9".repeat(length),
  "a time, then spaces": (length) => `9${" ".repeat(length)}x`,
  "a time, a colon, then spaces": (length) => `9 : ${" ".repeat(length)}x`,
  spaces: (length) => " ".repeat(length),
  "spaces, then signs": (length) => `${" ".repeat(length / 2)}${"=".repeat(length / 2)}`,
  "signs after spaces": (length) => " =".repeat(length / 2),
  "words of one letter": (length) => "a ".repeat(length / 2),
  "one letter": (length) => "a".repeat(length),
  "one letter, then another": (length) => `${"a".repeat(length)}!`,
  dots: (length) => ".".repeat(length),
  "a host of many parts": (length) => `https://${"a.".repeat(length / 2)} `,
  "a host of hyphens": (length) => `https://${"-".repeat(length)}!`,
  slashes: (length) => `https:${"/".repeat(length)}`,
  "a path": (length) => `https://coviu.com/${"a/".repeat(length / 2)}\\`,
  "an instant with a long fraction": (length) => `2026-01-12T00:00:00.${"0".repeat(length)}Z`,
  "marks of two kinds in turns": (length) => `a${"\u0315\u0300".repeat(length / 2)}`,
  "letters that come apart into marks": (length) => "\u1e69\u0315".repeat(length / 2),
  "a letter that comes apart into eighteen": (length) => "\ufdfa".repeat(length),
  "a chain of emoji": (length) => "👩\u200d".repeat(length / 3),
  joiners: (length) => "\u200d".repeat(length),
  "turns and ends of turns": (length) => "\u202e\u202c".repeat(length / 2),
  "lone surrogates": (length) => "\ud800".repeat(length),
  "digits of another script": (length) => "٩".repeat(length),
  colons: (length) => `${"a:".repeat(length / 2)}/`,
  "control characters": (length) => "\u0000".repeat(length),
  quotes: (length) => "“”".repeat(length / 2),
};

/** Milliseconds of work: what else the machine does meanwhile is not counted. */
function time(run: () => unknown): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/**
 * Whether the bigger one takes far more than its share: 4 is what it should be, 16 what going back over everything
 * costs. What looks slow is looked at again, best against best: memory is tidied up at some time or other.
 */
function isSlow(smaller: () => unknown, bigger: () => unknown): boolean {
  let [once, four] = [Infinity, Infinity];
  for (let round = 0; round < 5; round += 1) {
    once = Math.min(once, time(smaller));
    four = Math.min(four, time(bigger));
    if (four + 1 < 12 * (once + 1)) return false;
  }
  return true;
}

faultRow("H9", "what reads a text takes four times as long for four times the text", [
  ...Object.entries(readers).map(([name, read]) => ({
    name: `${name} × ${Object.keys(bombs).length} bombs × up to a megabyte`,
    run({ holds }: Drill) {
      const slow: string[] = [];
      for (const [bomb, make] of Object.entries(bombs)) {
        // First the small ones, so that what is not linear is found before it takes minutes.
        for (const length of [12_000, 250_000]) {
          const [text, longer] = [make(length), make(length * 4)];
          if (
            !isSlow(
              () => read(text),
              () => read(longer),
            )
          )
            continue;
          slow.push(`${bomb}, ${length}`);
          break;
        }
      }
      return holds("I3", () => expect(slow).toEqual([]));
    },
  })),
  {
    name: "sorting sessions × all at one time × 4,000 and 16,000 of them",
    run({ holds }) {
      const list = (count: number) =>
        Array.from({ length: count }, (_, index) => ({ ...session, session_id: `s${index}` }));
      const now = new Date("2026-01-11T22:52:00Z");
      const sort = (rows: readonly Session[]) => admitted(rows, filtersOf("upcoming"), now, "Australia/Sydney");
      const [rows, more] = [list(4000), list(16_000)];
      expect(sort(more).sessions.length).toBe(more.length);
      return holds("I3", () =>
        expect(
          isSlow(
            () => sort(rows),
            () => sort(more),
          ),
        ).toBe(false),
      );
    },
  },
]);
