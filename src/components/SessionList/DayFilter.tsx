import { useId, useState } from "react";

import type { DatePart } from "../../domain/typedTime.ts";
import type { CalendarDay } from "../../domain/wallClock.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { DateField } from "../../ui/DateField.tsx";
import { dayIn, hasOtherYear, type TypedDate, typedDate } from "../../ui/typedDate.ts";

interface DayFilterProps {
  legend: string;
  labels: Record<DatePart, string>;
  noSuchDay: string;
  wholeYear: string;
  value: CalendarDay | undefined;
  /** Called with a valid day, or with `undefined` when the field is emptied. */
  onChange: (day: CalendarDay | undefined) => void;
}

export function DayFilter({ legend, labels, noSuchDay, wholeYear, value, onChange }: DayFilterProps) {
  const { locale } = useFormat();
  const id = useId();
  const [typed, setTyped] = useState(() => typedDate(value, locale));
  const [left, setLeft] = useState(false);
  // While a year is being typed it has two digits, so the problem is shown only after the field is left.
  const { day, month, year } = typed;
  const isTyped = left ? Boolean(day || month || year) : Boolean(day && month && year.length >= 4);

  function change(next: TypedDate) {
    setTyped(next);
    setLeft(false);
    const whole = dayIn(next);
    if (whole) onChange(whole);
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
      onLeave={() => setLeft(true)}
      error={isTyped && !dayIn(typed) ? (!year || hasOtherYear(typed) ? wholeYear : noSuchDay) : undefined}
    />
  );
}
