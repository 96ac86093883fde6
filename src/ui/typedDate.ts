import { formatNumber } from "../domain/intl.ts";
import { type DatePart, parseDigits } from "../domain/typedTime.ts";
import { type CalendarDay, isCalendarDay } from "../domain/wallClock.ts";

/** A date as it was typed, part by part. */
export type TypedDate = Record<DatePart, string>;

/** A day as the fields show it, in digits of the locale that can be read back; empty fields without one. */
export function typedDate(date: CalendarDay | undefined, locale: string): TypedDate {
  const typed = (part: DatePart) => {
    if (!date) return "";
    const text = formatNumber(date[part], locale);
    return parseDigits(text) === date[part] ? text : String(date[part]);
  };
  return { day: typed("day"), month: typed("month"), year: typed("year") };
}

/** The day that was typed, if there is such a day. */
export function dayIn({ day, month, year }: TypedDate): CalendarDay | undefined {
  const typed = { day: parseDigits(day) ?? NaN, month: parseDigits(month) ?? NaN, year: parseDigits(year) ?? NaN };
  return isCalendarDay(typed) ? typed : undefined;
}

/** Whether a year was typed that cannot be meant as it stands: one of another calendar, or in two figures. */
export function hasOtherYear({ year }: TypedDate): boolean {
  const typed = parseDigits(year);
  return typed !== undefined && !isCalendarDay({ year: typed, month: 1, day: 1 });
}
