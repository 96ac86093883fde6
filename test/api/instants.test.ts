import { describe, expect, it } from "vitest";

import { asInstant, toInstant } from "../../src/api/instants.ts";

describe("toInstant", () => {
  it.each([
    ["2026-01-12T09:30:00Z", "2026-01-12T09:30:00.000Z"],
    ["2026-01-12T09:30:15.250Z", "2026-01-12T09:30:15.250Z"],
    ["2026-01-12T09:30Z", "2026-01-12T09:30:00.000Z"],
    ["2026-01-12 09:30:00Z", "2026-01-12T09:30:00.000Z"],
    ["2026-01-12T09:30:00+11:00", "2026-01-11T22:30:00.000Z"],
    ["2026-01-12t09:30:00z", "2026-01-12T09:30:00.000Z"],
    // Without an offset it is UTC, never the zone of the machine.
    ["2026-01-12T09:30:00", "2026-01-12T09:30:00.000Z"],
    ["2026-01-12 09:30", "2026-01-12T09:30:00.000Z"],
    ["2028-02-29T23:30:00-11:00", "2028-03-01T10:30:00.000Z"],
    ["Mon, 12 Jan 2026 09:30:00 GMT", "2026-01-12T09:30:00.000Z"],
    ["Mon, 2 Feb 2026 09:30:00 GMT", "2026-02-02T09:30:00.000Z"],
    ["Mon, 12 Jan 2026 09:30:00 +1100", "2026-01-11T22:30:00.000Z"],
  ])("reads %s", (text, instant) => {
    expect(toInstant(text)).toBe(instant);
    expect(asInstant(text)).toBe(instant);
  });

  it.each([
    "",
    "2026-01-12",
    "2026-01-12T9:30:00Z",
    "12/01/2026 09:30",
    "2026-13-12T09:30:00Z",
    "2026-02-30T09:30:00Z",
    "2026-02-29T09:30",
    "2026-04-31T09:30:00+10:00",
    "2026-01-12T25:30:00Z",
    "x2026-01-12T09:30:00Z",
    "at Mon, 12 Jan 2026 09:30:00 GMT",
    "2026-01-12T09:30:00Zx",
    "2026-01-12T09:30:00.Z",
    "2026-01-12T09:30:00 PST",
    "Monday, 12 Jan 2026 09:30:00 GMT",
    "1768210200000",
  ])("takes %j for no time, and leaves it as it is", (text) => {
    expect(toInstant(text)).toBeUndefined();
    expect(asInstant(text)).toBe(text);
  });
});
