import { array, check, constantFrom, property, string } from "fast-check";
import { describe, expect, it } from "vitest";

import { matchesNames, searchWords } from "../../src/components/SessionList/filters.ts";
import type { Session } from "../../src/core.ts";
import { clashOf } from "../../src/domain/clashes.ts";
import { areDuplicates, duplicatesIn } from "../../src/domain/duplicates.ts";
import { threeWayMerge } from "../../src/domain/edits.ts";
import { isSameText, nameKey, searchKey } from "../../src/domain/names.ts";
import { hasFields, isBookingOf } from "../../src/domain/sameBooking.ts";

/** Two spellings of a name that look the same to a user. */
const alike: [string, string, string][] = [
  ["a composed and a decomposed accent", "Dr Jos\u00e9 Ruiz", "Dr Jose\u0301 Ruiz"],
  ["two accents in either order", "Th\u1eddi", "Tho\u031b\u0300i"],
  [
    "Hangul syllables and their letters",
    "\uae40\ubbfc\uc900",
    "\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u116e\u11ab",
  ],
  ["full-width letters", "\uff24\uff52\u3000\uff2c\uff45\uff45", "Dr Lee"],
  ["half-width katakana", "\uff80\uff85\uff76", "\u30bf\u30ca\u30ab"],
  ["a ligature", "Gri\ufb03n", "Griffin"],
  ["a no-break space", "Dr\u00a0Lee", "Dr Lee"],
  ["a narrow no-break space", "Dr\u202fLee", "Dr Lee"],
  ["several spaces, a tab and spaces around", "  Dr \t Lee ", "Dr Lee"],
  ["a zero-width space", "Dr \u200bLee", "Dr Lee"],
  ["a zero-width non-joiner", "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "\u0639\u0644\u06cc\u0631\u0636\u0627"],
  ["a soft hyphen", "Dr Ober\u00admeier", "Dr Obermeier"],
  ["a byte order mark", "\ufeffDr Lee", "Dr Lee"],
  ["marks of direction", "\u202bDr Lee\u202c\u200f", "Dr Lee"],
  ["a variation selector", "Dr Lee \u2764\ufe0f", "Dr Lee \u2764"],
  ["letter case", "DR LEE", "dr lee"],
  ["letter case of sharp s", "Stra\u00dfer", "STRASSER"],
  ["letter case of sigma at the end", "\u03a3\u03bf\u03c6\u03bf\u03c2", "\u03a3\u039f\u03a6\u039f\u03a3"],
  ["a dotted capital I", "\u0130pek", "ipek"],
  ["a dotless small i", "I\u015f\u0131l", "I\u015eIL"],
  ["a typographic apostrophe", "O\u2019Brien", "O'Brien"],
  ["a modifier letter for an apostrophe", "O\u02bcBrien", "O'Brien"],
  ["an acute accent for an apostrophe", "O\u00b4Brien", "O'Brien"],
  ["a grave accent for an apostrophe", "O`Brien", "O'Brien"],
  ["a full-width apostrophe", "O\uff07Brien", "O'Brien"],
  ["a no-break hyphen", "Mei\u2011Ling", "Mei-Ling"],
  ["an en dash", "Mei\u2013Ling", "Mei-Ling"],
  ["a minus sign", "Mei\u2212Ling", "Mei-Ling"],
];

/** Two names that are different people. */
const different: [string, string, string][] = [
  ["another accent", "Jos\u00e9", "Jose"],
  ["another letter", "Dr Lee", "Dr Leo"],
  ["a space less", "An Na", "Anna"],
  ["another script", "A", "\u0410"],
];

const times = { start_time: "2026-01-12T10:00:00.000Z", end_time: "2026-01-12T10:30:00.000Z" };

function session(id: string, name: string, title = "Knee rehab"): Session {
  const participants = [{ participant_id: `p-${id}`, display_name: name, role: "HOST" }];
  return { session_id: id, session_name: title, ...times, participants };
}

describe.each(alike)("two spellings that differ by %s", (_, one, other) => {
  const booking = { ...times, session_name: "Knee rehab", participants: [{ display_name: other, role: "HOST" }] };

  it("have one key", () => {
    expect(nameKey(one)).toBe(nameKey(other));
  });

  it("are one clinician for a clash", () => {
    expect(clashOf(booking, session("1", one))).toMatchObject({ minutes: 30 });
    expect(
      clashOf({ ...booking, participants: [{ display_name: one, role: "HOST" }] }, session("1", other)),
    ).toBeTruthy();
  });

  it("are two different clinicians as a `state`, which is compared exactly", () => {
    const there = session("1", "Dr Lee");
    const busy = { ...there, participants: there.participants?.map((participant) => ({ ...participant, state: one })) };
    const participants = [{ display_name: "Dr Lee", role: "HOST", state: other }];
    expect(clashOf({ ...times, participants }, busy)).toBeUndefined();
  });

  it("are duplicates, as names of participants and of sessions", () => {
    const sessions = [session("1", one), session("2", other)];
    expect(areDuplicates(session("1", one), session("2", other))).toBe(true);
    expect(duplicatesIn(sessions).size).toBe(2);
    expect(duplicatesIn([session("1", "Dr Lee", one), session("2", "Dr Lee", other)]).size).toBe(2);
  });

  it("match each other in the search of the list", () => {
    expect(matchesNames(session("1", one), searchWords(other))).toBe(true);
    expect(matchesNames(session("1", other), searchWords(one))).toBe(true);
    expect(matchesNames(session("1", "Dr Who", one), searchWords(other))).toBe(true);
  });
});

describe.each(different)("two names with %s", (_, one, other) => {
  it("are different people", () => {
    expect(nameKey(one)).not.toBe(nameKey(other));
    expect(
      clashOf({ ...times, participants: [{ display_name: other, role: "HOST" }] }, session("1", one)),
    ).toBeUndefined();
    expect(areDuplicates(session("1", one), session("2", other))).toBe(false);
  });
});

describe("nameKey", () => {
  it("is empty for a name without visible characters", () => {
    expect(["", undefined, " \u00a0\u200b\u3000", "\u2800", "\u3164"].map(nameKey)).toEqual(["", "", "", "", ""]);
  });

  it("returns the same key for a key, for any text", () => {
    const text = array(
      constantFrom("I", "i", "\u0130", "\u0131", "\u0307", "\u0301", "\u00df", "'", "\u00b4", " ", "e", "\u03c2"),
    );
    const { counterexample } = check(
      property(text, (letters) => nameKey(nameKey(letters.join(""))) === nameKey(letters.join(""))),
    );
    expect(counterexample).toBeNull();
  });

  it("does not depend on the Unicode form, for any text", () => {
    const { counterexample } = check(
      property(string({ unit: "binary" }), (text) => nameKey(text.normalize("NFD")) === nameKey(text.normalize("NFC"))),
    );
    expect(counterexample).toBeNull();
  });
});

describe("searchKey", () => {
  it("leaves out accents as well", () => {
    expect(searchKey("Jos\u00e9 N\u00fa\u00f1ez")).toBe(searchKey("jose nunez"));
  });

  it("gives a text in ASCII the same form with and without other text after it", () => {
    const { counterexample } = check(
      property(
        string({ unit: "binary-ascii" }),
        (text) => searchKey(text) === searchKey(`${text} \u00e9`).slice(0, -1).trim(),
      ),
    );
    expect(counterexample).toBeNull();
  });

  it("matches the last of sixty guests", () => {
    const participants = Array.from({ length: 60 }, (_, index) => ({
      participant_id: String(index),
      display_name: `${"x".repeat(200)} Guest${index}`,
    }));
    expect(matchesNames({ ...session("1", "Dr Lee"), participants }, searchWords("guest59"))).toBe(true);
  });
});

describe("a sent and a stored booking", () => {
  const stored = session("1", "Dr Jose\u0301 Ruiz", "Caf\u00e9");
  const sent = {
    ...times,
    session_name: " Cafe\u0301 ",
    participants: [{ display_name: "Dr Jos\u00e9 Ruiz", role: "HOST" }],
  };

  it("are the same when the service has trimmed or normalized a name", () => {
    expect(isBookingOf(stored, sent)).toBe(true);
    expect(hasFields(stored, { session_name: "Cafe\u0301" })).toBe(true);
  });

  it("differ when letter case or an apostrophe was changed", () => {
    expect(hasFields({ participant_id: "p", display_name: "ana o'lee" }, { display_name: "Ana O'Lee" })).toBe(false);
    expect(hasFields({ participant_id: "p", display_name: "Ana O'Lee" }, { display_name: "Ana O\u2019Lee" })).toBe(
      false,
    );
    expect(isSameText("Ana  Lee", "Ana Lee")).toBe(false);
  });

  it("are no edit conflict when two users have typed one name in two Unicode forms", () => {
    const edit = { original: { name: "Ana" }, mine: { name: "Jos\u00e9" }, theirs: { name: "Jose\u0301" } };
    expect(threeWayMerge(["name"], edit).conflicts).toEqual([]);
    expect(threeWayMerge(["name"], { ...edit, theirs: { name: "jose" } }).conflicts).toEqual(["name"]);
  });
});
