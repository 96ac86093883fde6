import { type DatePart, parseDigits } from "../domain/typedTime.ts";
import { type CalendarDay, isCalendarDay } from "../domain/wallClock.ts";

/** A date as it was typed, part by part. */
export type TypedDate = Record<DatePart, string>;

/** A day as the fields show it; empty fields without one. */
export function typedDate(day?: CalendarDay): TypedDate {
  return { day: String(day?.day ?? ""), month: String(day?.month ?? ""), year: String(day?.year ?? "") };
}

/** The day that was typed, if there is such a day. */
export function dayIn({ day, month, year }: TypedDate): CalendarDay | undefined {
  const typed = { day: parseDigits(day) ?? NaN, month: parseDigits(month) ?? NaN, year: parseDigits(year) ?? NaN };
  return isCalendarDay(typed) ? typed : undefined;
}
