/** Monday 12 January 2026, 9:52 am in Sydney. */
export const testNow = "2026-01-11T22:52:00Z";

/** Instant so many hours after `testNow`. */
export function inHours(hours: number): string {
  return new Date(Date.parse(testNow) + hours * 3_600_000).toISOString();
}
