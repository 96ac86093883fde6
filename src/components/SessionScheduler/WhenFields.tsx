import type { ReactNode } from "react";

import { cityOf, formatDay, zoneNames } from "../../domain/formatTime.ts";
import { dayOf, type ZonedReading } from "../../domain/wallClock.ts";
import { useHydrated } from "../../hooks/useHydrated.ts";
import { Button } from "../../ui/Button.tsx";
import { DateField } from "../../ui/DateField.tsx";
import { Choices, TextField } from "../../ui/Field.tsx";
import { spoken } from "../../ui/spoken.ts";
import { words } from "../../ui/words.tsx";
import { startDraft, typedTime } from "./draft.ts";
import { questionTimes, questionValues } from "./problemText.ts";
import type { SchedulerPartProps } from "./SchedulerForm.tsx";

/** Date, start and duration or end, and what has to be asked where clocks change. */
export function WhenFields(props: SchedulerPartProps) {
  const { scheduler, text, zoned, id, errorOf } = props;
  const { draft, times, change, durations, movable, editable } = scheduler;
  // A browser may not know the zone that a server knows.
  const zone = useHydrated() ? text.zone(cityOf(zoned)) : undefined;

  function choose(duration: string): void {
    const end = draft.end || (times.end ? typedTime(times.end, zoned) : "");
    change(duration === "other" ? { duration, end } : { duration });
  }

  return (
    <fieldset className="coviu-stack" data-gap="wide">
      <legend {...spoken}>{zone ? `${text.when}, ${zone}` : text.when}</legend>
      <div className="coviu-when">
        <DateField
          id={`${id}-date`}
          legend={text.date}
          labels={text.dateParts}
          locale={zoned.locale}
          value={draft.date}
          readOnly={!movable}
          error={errorOf("date")}
          onChange={(date) => change({ date })}
        />
        <TimeField {...props} zone={zone} field="start" />
        {editable && (
          <Choices
            legend={text.duration}
            name={`${id}-duration`}
            value={draft.duration}
            options={[
              ...durations.map((minutes) => ({ value: minutes, label: text.minutes(Number(minutes)) })),
              { value: "other", label: text.other },
            ]}
            onChange={choose}
          />
        )}
        {editable && draft.duration === "other" && <TimeField {...props} zone={zone} field="end" />}
      </div>
    </fieldset>
  );
}

interface TimeFieldProps extends SchedulerPartProps {
  /** What its zone is called, once that may be said. */
  zone: string | undefined;
  field: "start" | "end";
}

type MissingReading = Extract<ZonedReading, { kind: "missing" }>;

/** A typed time, and what has to be asked about it. */
function TimeField({ scheduler, text, zoned, id, errorOf, focusField, zone, field }: TimeFieldProps) {
  const { draft, times, change, movable } = scheduler;
  const reading = times[`${field}Reading`];
  const readOnly = field === "start" && !movable;

  /** An end before the start would be no help. */
  function nearest({ before, after }: MissingReading): string[] {
    const { start } = times;
    return [after, before].filter((instant) => field === "start" || !start || Date.parse(instant) > Date.parse(start));
  }

  /** With the day where midnight lies between the two. */
  function named(instant: string, { before, after }: MissingReading): string {
    const time = typedTime(instant, zoned);
    return dayOf(before, zoned.timeZone) === dayOf(after, zoned.timeZone)
      ? time
      : `${formatDay(instant, zoned)}, ${time}`;
  }

  function missingText(values: ReturnType<typeof questionValues>): ReactNode {
    return words(text.missing(values), questionTimes(values));
  }

  function use(instant: string): void {
    change(field === "start" ? startDraft(instant, zoned) : { end: typedTime(instant, zoned) });
    focusField(field);
  }

  return (
    <>
      <TextField
        id={`${id}-${field}`}
        label={text[field]}
        hint={readOnly ? undefined : zone ? `${zone}. ${text.startHint}` : text.startHint}
        value={draft[field]}
        readOnly={readOnly}
        error={reading?.kind === "missing" ? missingText(questionValues(reading, zoned)) : errorOf(field)}
        onChange={(event) => change({ [field]: event.target.value })}
      />
      {reading?.kind === "missing" && (
        <div className="coviu-row" data-span="">
          {nearest(reading).map((instant) => (
            <Button key={instant} size="small" onClick={() => use(instant)}>
              {words(text.use(named(instant, reading)), [named(instant, reading)])}
            </Button>
          ))}
        </div>
      )}
      {reading?.kind === "twice" && (
        <WhichTime
          id={`${id}-${field}-which`}
          reading={reading}
          value={draft[`${field}Reading`]}
          error={errorOf(`${field}-which`)}
          onChange={(chosen) => change({ [`${field}Reading`]: chosen })}
          text={text}
          zoned={zoned}
        />
      )}
    </>
  );
}

interface WhichTimeProps extends Pick<SchedulerPartProps, "text" | "zoned"> {
  id: string;
  reading: Extract<ZonedReading, { kind: "twice" }>;
  value: "earlier" | "later" | undefined;
  error: ReactNode;
  onChange: (value: "earlier" | "later") => void;
}

/** Which of two readings is meant: nothing is chosen beforehand. */
function WhichTime({ id, reading, value, error, onChange, text, zoned }: WhichTimeProps) {
  const values = questionValues(reading, zoned);
  const first = zoneNames(reading.earlier, zoned);
  const second = zoneNames(reading.later, zoned);
  return (
    <Choices
      legend={words(text.twice(values), questionTimes(values))}
      hint={words(text.twiceHint({ ...values, city: first.city }), questionTimes(values))}
      name={id}
      id={id}
      shape="card"
      value={value}
      error={error}
      options={[
        {
          value: "earlier",
          label: words(text.first(values.time), [values.time]),
          hint: text.firstHint({ zone: first.short, offset: first.offset }),
        },
        {
          value: "later",
          label: words(text.second(values.time), [values.time]),
          hint: text.secondHint({ zone: second.short, offset: second.offset, minutes: values.minutes }),
        },
      ]}
      onChange={(chosen) => onChange(chosen === "earlier" ? "earlier" : "later")}
    />
  );
}
