import { useId, useState } from "react";

import { type DatePart, parseDigits } from "../../domain/typedTime.ts";
import { type CalendarDay, isCalendarDay } from "../../domain/wallClock.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { DateField, type TypedDate } from "../../ui/DateField.tsx";

interface DayFilterProps {
  legend: string;
  labels: Record<DatePart, string>;
  noSuchDay: string;
  value: CalendarDay | undefined;
  /** With `undefined` once the field is empty; not while what is typed is no day. */
  onChange: (day: CalendarDay | undefined) => void;
}

export function DayFilter({ legend, labels, noSuchDay, value, onChange }: DayFilterProps) {
  const { locale } = useCoviu();
  const id = useId();
  const [typed, setTyped] = useState(() => typedDay(value));
  const isTyped = Boolean(typed.day && typed.month && typed.year.length === 4);

  function change(next: TypedDate) {
    setTyped(next);
    const day = dayIn(next);
    if (isCalendarDay(day)) onChange(day);
    else if (!next.day && !next.month && !next.year) onChange(undefined);
  }

  return (
    <DateField
      id={id}
      legend={legend}
      labels={labels}
      locale={locale}
      value={typed}
      onChange={change}
      error={isTyped && !isCalendarDay(dayIn(typed)) ? noSuchDay : undefined}
    />
  );
}

function typedDay(day: CalendarDay | undefined): TypedDate {
  return day
    ? { day: String(day.day), month: String(day.month), year: String(day.year) }
    : { day: "", month: "", year: "" };
}

function dayIn({ day, month, year }: TypedDate): CalendarDay {
  return { day: parseDigits(day) ?? NaN, month: parseDigits(month) ?? NaN, year: parseDigits(year) ?? NaN };
}
