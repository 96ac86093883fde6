import { type ReactNode } from "react";

import { cityOf } from "../../domain/formatTime.ts";
import { dayOf, type ZonedReading } from "../../domain/wallClock.ts";
import { useHydrated } from "../../hooks/useHydrated.ts";
import { Button } from "../../ui/Button.tsx";
import { DateField } from "../../ui/DateField.tsx";
import { Choices, TextField } from "../../ui/Field.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { spoken } from "../../ui/spoken.ts";
import { type ClockReading, startDraft, typedTime } from "./draft.ts";
import { questionTimes, questionValues } from "./problemText.ts";
import { useSessionSchedulerContext } from "./SessionSchedulerContext.ts";

/** Fields for date, start and duration or end. Asks about times that clocks skip or show twice. */
export function WhenFields() {
  const { form, text, format, id, errorOf } = useSessionSchedulerContext();
  const { draft, times, change, durations, canMove, lockedReason } = form;
  const canChangeEnd = lockedReason === undefined;
  // The browser may not know a zone that the server knows.
  const zone = useHydrated() ? text.zone(cityOf(format)) : undefined;

  function choose(duration: string): void {
    const end = draft.end || (times.end ? typedTime(times.end, format) : "");
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
          locale={format.locale}
          value={draft.date}
          readOnly={!canMove}
          error={errorOf({ field: "date" })}
          onChange={(date) => change({ date })}
        />
        <TimeField zone={zone} field="start" />
        {canChangeEnd && (
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
        {canChangeEnd && draft.duration === "other" && <TimeField zone={zone} field="end" />}
      </div>
    </fieldset>
  );
}

interface TimeFieldProps {
  /** Name of the clinic's zone. `undefined` until the page is hydrated. */
  zone: string | undefined;
  field: "start" | "end";
}

type MissingReading = Extract<ZonedReading, { kind: "missing" }>;

/** Field for a typed time, with the question about a time that clocks skip or show twice. */
function TimeField({ zone, field }: TimeFieldProps) {
  const { form, text, format, id, errorOf, focusField } = useSessionSchedulerContext();
  const { draft, times, change, canMove } = form;
  const reading = times[`${field}Reading`];
  const readOnly = field === "start" && !canMove;

  /** Returns the nearest times that exist. An end has to be after the start. */
  function nearest({ before, after }: MissingReading): string[] {
    const { start } = times;
    return [after, before].filter((instant) => field === "start" || !start || Date.parse(instant) > Date.parse(start));
  }

  /** Formats one of the two nearest times, with its day if midnight is between them. */
  function nearestText(instant: string, { before, after }: MissingReading): string {
    const time = typedTime(instant, format);
    const isSameDay = dayOf(before, format.timeZone) === dayOf(after, format.timeZone);
    return isSameDay ? time : `${format.day(instant)}, ${time}`;
  }

  function missingText(values: ReturnType<typeof questionValues>): ReactNode {
    return renderIsolated(text.missing(values), questionTimes(values));
  }

  function use(instant: string): void {
    change(field === "start" ? startDraft(instant, format) : { end: typedTime(instant, format) });
    focusField({ field });
  }

  return (
    <>
      <TextField
        id={`${id}-${field}`}
        label={text[field]}
        hint={readOnly ? undefined : zone ? `${zone}. ${text.startHint}` : text.startHint}
        value={draft[field]}
        readOnly={readOnly}
        error={reading?.kind === "missing" ? missingText(questionValues(reading, format)) : errorOf({ field })}
        onChange={(event) => change({ [field]: event.target.value })}
      />
      {reading?.kind === "missing" && (
        <div className="coviu-row" data-span="">
          {nearest(reading).map((instant) => (
            <Button key={instant} size="small" onClick={() => use(instant)}>
              {renderIsolated(text.use(nearestText(instant, reading)), [nearestText(instant, reading)])}
            </Button>
          ))}
        </div>
      )}
      {reading?.kind === "twice" && (
        <WhichTime
          id={`${id}-${field}-which`}
          reading={reading}
          value={draft[`${field}Reading`]}
          error={errorOf({ field: `${field}-which` })}
          onChange={(chosen) => change({ [`${field}Reading`]: chosen })}
        />
      )}
    </>
  );
}

interface WhichTimeProps {
  id: string;
  reading: Extract<ZonedReading, { kind: "twice" }>;
  value: ClockReading | undefined;
  error: ReactNode;
  onChange: (value: ClockReading) => void;
}

/** Choice between the two readings of a time. Nothing is chosen in advance. */
function WhichTime({ id, reading, value, error, onChange }: WhichTimeProps) {
  const { text, format } = useSessionSchedulerContext();
  const values = questionValues(reading, format);
  const first = format.zone(reading.earlier);
  const second = format.zone(reading.later);
  return (
    <Choices
      legend={renderIsolated(text.twice(values), questionTimes(values))}
      hint={renderIsolated(text.twiceHint({ ...values, city: first.city }), questionTimes(values))}
      name={id}
      id={id}
      shape="card"
      value={value}
      error={error}
      options={[
        {
          value: "earlier",
          label: renderIsolated(text.first(values.time), [values.time]),
          hint: text.firstHint({ zone: first.short, offset: first.offset }),
        },
        {
          value: "later",
          label: renderIsolated(text.second(values.time), [values.time]),
          hint: text.secondHint({ zone: second.short, offset: second.offset, minutes: values.minutes }),
        },
      ]}
      onChange={(chosen) => onChange(chosen === "earlier" ? "earlier" : "later")}
    />
  );
}
