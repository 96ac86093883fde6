// @vitest-environment node
import * as v from "valibot";
import { expect } from "vitest";

import { toCoviuError } from "../../src/api/errors.ts";
import { toInstant } from "../../src/api/instants.ts";
import { ParticipantCreationRequest } from "../../src/api/requests.ts";
import type { Session } from "../../src/api/schemas.ts";
import { mapPersonFields, personProblems } from "../../src/components/person/personDraft.ts";
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

/** Functions that read a text of another user, of the service, or from the clipboard. */
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
  "searched name": (text) => matchesNames({ ...session, session_name: text }, searchWords("ana lee")),
  "search words": (text) => matchesNames({ ...session, session_name: "Ana Lee" }, searchWords(text)),
  "search words in the same name": (text) => matchesNames({ ...session, session_name: text }, searchWords(text)),
  "problems of a person": (text) => personProblems(mapPersonFields(() => text)),
  "picture in a request": (text) => v.safeParse(ParticipantCreationRequest, { picture: text }),
  "name in a CSV file": (text) =>
    sessionsCsv([{ ...session, session_name: text }], { now: new Date(0), timeZone: "UTC" }),
  "header of a CSV file": (text) => sessionsCsv([], { now: new Date(0), timeZone: "UTC", headers: { name: text } }),
  "texts of a calendar event": (text) =>
    sessionCalendar(session, { now: new Date(0), uid: text, summary: text, description: text, entryUrl: text }),
  "message of a foreign error": (text) => toCoviuError(new Error(text), text),
};

/** Texts of a given length on which backtracking or sorting takes long. */
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
  "alternating combining marks": (length) => `a${"\u0315\u0300".repeat(length / 2)}`,
  "letters that decompose into marks": (length) => "\u1e69\u0315".repeat(length / 2),
  "a letter that decomposes into eighteen": (length) => "\ufdfa".repeat(length),
  "a chain of emoji": (length) => "👩\u200d".repeat(length / 3),
  joiners: (length) => "\u200d".repeat(length),
  "direction overrides and their ends": (length) => "\u202e\u202c".repeat(length / 2),
  "lone surrogates": (length) => "\ud800".repeat(length),
  "digits of another script": (length) => "٩".repeat(length),
  colons: (length) => `${"a:".repeat(length / 2)}/`,
  "control characters": (length) => "\u0000".repeat(length),
  quotes: (length) => "“”".repeat(length / 2),
};

/** Processor time of this process in ms. Other processes are not counted. */
function cpuTimeMs(run: () => unknown): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/**
 * Whether a text of four times the length takes more than 12 times as long. Linear work takes 4 times as long, quadratic
 * work 16 times. Five rounds are measured and the best times compared, because garbage collection slows down single rounds.
 */
function isSlow(smaller: () => unknown, bigger: () => unknown): boolean {
  let [smallMs, bigMs] = [Infinity, Infinity];
  for (let round = 0; round < 5; round += 1) {
    smallMs = Math.min(smallMs, cpuTimeMs(smaller));
    bigMs = Math.min(bigMs, cpuTimeMs(bigger));
    if (bigMs + 1 < 12 * (smallMs + 1)) return false;
  }
  return true;
}

faultRow("H9", "the time to search or parse a text grows linearly with its length", [
  ...Object.entries(readers).map(([name, read]) => ({
    name: `${name} × ${Object.keys(bombs).length} bombs × up to a megabyte`,
    run({ holds }: Drill) {
      const slow: string[] = [];
      for (const [bomb, make] of Object.entries(bombs)) {
        // Short texts first, so that work that is not linear is found before it takes minutes.
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
    name: "sorting sessions × equal times × 4,000 and 16,000 sessions",
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
