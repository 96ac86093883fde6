import { renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";

import { CoviuProvider, createCoviuClient, useFormat } from "../../src/index.ts";
import { react18 } from "../tags.ts";

const client = createCoviuClient({ baseUrl: "/api/coviu" });

function formatFor(locale: string, timeZone: string) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <CoviuProvider client={client} locale={locale} timeZone={timeZone}>
      {children}
    </CoviuProvider>
  );
  return renderHook(() => useFormat(), { wrapper });
}

/** Replaces non-breaking spaces by breaking ones. */
const plain = (text: string) => text.replaceAll(/\s/g, " ");

describe("useFormat", () => {
  it("formats instants in the time zone of the provider, not in that of the computer", () => {
    const { result } = formatFor("en-AU", "Australia/Sydney");
    const { time, day, range, zone } = result.current;
    expect(plain(time("2026-01-11T23:00:00Z"))).toBe("10:00 am");
    expect(day("2026-01-11T23:00:00Z")).toBe("Monday 12 January");
    expect(day(new Date("2026-01-11T23:00:00Z"), true)).toBe("Monday 12 January 2026");
    expect(plain(range("2026-01-11T23:00:00Z", "2026-01-11T23:30:00Z"))).toBe("10:00 – 10:30 am");
    expect(zone("2026-01-11T23:00:00Z")).toEqual({ city: "Sydney", short: "AEDT", offset: "UTC+11" });
  });

  it.each([
    ["en-AU", 0, "0 mins"],
    ["en-AU", 45, "45 mins"],
    ["en-AU", 60, "1 hr"],
    ["en-AU", 89.6, "1 hr 30 mins"],
    ["de-DE", 125, "2 Std. 5 Min."],
    ["ar-EG", 125, "٢ س ٥ د"],
  ])("formats durations in the units of the locale: %s, %d minutes", (locale, minutes, text) => {
    expect(plain(formatFor(locale, "UTC").result.current.duration(minutes))).toBe(text);
  });

  it("formats numbers in the digits of the locale, without grouping", () => {
    expect(formatFor("en-AU", "UTC").result.current.number(2026)).toBe("2026");
    expect(formatFor("ar-EG", "UTC").result.current.number(2026)).toBe("٢٠٢٦");
  });

  it("gives the same object until the locale or the time zone changes", react18, () => {
    const { result, rerender } = formatFor("en-AU", "Australia/Sydney");
    const { current: first } = result;
    rerender();
    expect(result.current).toBe(first);
  });
});
