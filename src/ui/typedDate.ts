import { formatNumber } from "../domain/intl.ts";
import { type DatePart, parseDigits } from "../domain/typedTime.ts";
import { type CalendarDay, isCalendarDay } from "../domain/wallClock.ts";

/** Typed texts of the three parts of a date. */
export type TypedDate = Record<DatePart, string>;

/** Returns the texts of the fields for a day, in digits of the locale if they can be parsed. Empty without a day. */
export function typedDate(date: CalendarDay | undefined, locale: string): TypedDate {
  const typed = (part: DatePart) => {
    if (!date) return "";
    const text = formatNumber(date[part], locale);
    return parseDigits(text) === date[part] ? text : String(date[part]);
  };
  return { day: typed("day"), month: typed("month"), year: typed("year") };
}

/** Returns the typed day. `undefined` if it does not exist. */
export function dayIn({ day, month, year }: TypedDate): CalendarDay | undefined {
  const typed = { day: parseDigits(day) ?? NaN, month: parseDigits(month) ?? NaN, year: parseDigits(year) ?? NaN };
  return isCalendarDay(typed) ? typed : undefined;
}

/** Whether the typed year is not usable: a year of another calendar, or one with two digits. */
export function hasOtherYear({ year }: TypedDate): boolean {
  const typed = parseDigits(year);
  return typed !== undefined && !isCalendarDay({ year: typed, month: 1, day: 1 });
}
