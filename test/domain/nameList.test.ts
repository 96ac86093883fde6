import { describe, expect, it } from "vitest";

import { sessionDetailsMessages } from "../../src/components/SessionDetails/messages.ts";
import { sessionListMessages } from "../../src/components/SessionList/messages.ts";
import { sessionSchedulerMessages } from "../../src/components/SessionScheduler/messages.ts";
import { localTexts } from "../../src/domain/localTexts.ts";
import { nameList } from "../../src/domain/nameList.ts";

const { others } = sessionDetailsMessages;
const guests = Array.from({ length: 60 }, (_, index) => `Guest ${index + 1}`);
const list = (names: readonly string[], locale = "en-AU", maxNameLength?: number) =>
  nameList(names, locale, others, maxNameLength).replace(/[\u2068\u2069]/g, "");

describe("nameList", () => {
  it.each([
    [0, ""],
    [1, "Guest 1"],
    [2, "Guest 1 and Guest 2"],
    [3, "Guest 1, Guest 2 and Guest 3"],
    [4, "Guest 1, Guest 2, Guest 3 and 1 other"],
    [60, "Guest 1, Guest 2, Guest 3 and 57 others"],
  ])("of %i names", (count, text) => {
    expect(list(guests.slice(0, count))).toBe(text);
  });

  it("joins names as the locale does", () => {
    expect(nameList(guests, "de", (count) => `${count} weitere`)).toMatch(/ und 57 weitere$/);
    expect(nameList(guests, "ja", (count) => `ほか${count}人`)).toMatch(/、ほか57人$/);
  });

  it("shortens long names for a button without cutting a character", () => {
    expect(list(["Maximiliane-Alexandra Gräfin von Hohenstein"], "en-AU", 24)).toBe("Maximiliane-Alexandra Gr…");
    expect(list(["👩‍👩‍👧‍👦".repeat(20)], "en-AU", 24)).not.toMatch(/\ud83d…/);
    expect(list(["Ana Lee"], "en-AU", 24)).toBe("Ana Lee");
    expect(list(Array(60).fill("x".repeat(256)), "en-AU", 24).length).toBeLessThan(100);
  });
});

describe("localTexts", () => {
  it("writes the numbers of every text in the digits of the locale", () => {
    const text = localTexts(sessionListMessages, "ar-EG");
    expect(text.duration(90)).toBe("١ h ٣٠ min");
    expect(text.others(57)).toBe("+٥٧");
    expect(text.shown({ from: 1, to: 50, count: 120 })).toBe("Showing ١ to ٥٠ of ١٢٠");
    expect(text.ranges("upcoming").week).toBe("Next ٧ days");
    expect(localTexts(sessionListMessages, "ar-EG-u-nu-latn").duration(90)).toBe("1 h 30 min");
  });

  it("does not change digits in a name", () => {
    const text = localTexts({ row: ({ name, count }: { name: string; count: number }) => `${name}: ${count}` }, "fa");
    expect(text.row({ name: "Room 5", count: 5 })).toBe("Room 5: ۵");
  });

  it("does not change a text of the app that takes no values", () => {
    const own = { name: "Session name (step 1 of 2)", personName: (number: number) => `Person ${number}` };
    const text = localTexts({ ...sessionSchedulerMessages, ...own }, "ar-EG");
    expect(text.name).toBe("Session name (step 1 of 2)");
    expect(text.personName(1)).toBe("Person ١");
    expect(text.problem.year).toBe("Enter a year such as 2026");
  });

  it("ends a sentence with one full stop after a time such as a. m.", () => {
    const text = localTexts(sessionDetailsMessages, "es-CL");
    expect(text.cannotCancel("9:30\u00a0a.\u00a0m.")).toMatch(/at 9:30\u00a0a\.\u00a0m\.$/);
    expect(text.cannotCancel("9:30")).toMatch(/at 9:30\.$/);
    expect(localTexts({ wait: () => "Wait... Done…" }, "en").wait()).toBe("Wait... Done…");
  });
});
