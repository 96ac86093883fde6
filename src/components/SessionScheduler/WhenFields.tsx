import { type Zoned, zoneNames } from "../../domain/formatTime.ts";
import type { ZonedReading } from "../../domain/wallClock.ts";
import { Button } from "../../ui/Button.tsx";
import { DateField } from "../../ui/DateField.tsx";
import { Choices, TextField } from "../../ui/Field.tsx";
import { startDraft, typedTime } from "./draft.ts";
import { questionValues } from "./problemText.ts";
import type { SchedulerPartProps } from "./SchedulerForm.tsx";

/** Date, start and duration or end, and what has to be asked where clocks change. */
export function WhenFields({ scheduler, text, zoned, id, errorOf }: SchedulerPartProps) {
  const { draft, times, change, durations, movable, editable } = scheduler;
  const { startReading, endReading, end } = times;
  const skipped = (reading: ZonedReading | undefined) =>
    reading?.kind === "missing" ? text.missing(questionValues(reading, zoned)) : undefined;

  function choose(duration: string): void {
    const typedEnd = draft.end || (end ? typedTime(end, zoned) : "");
    change(duration === "other" ? { duration, end: typedEnd } : { duration });
  }

  return (
    <fieldset className="coviu-stack" data-gap="wide">
      <legend className="coviu-spoken">{text.when}</legend>
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
        <TextField
          id={`${id}-start`}
          label={text.start}
          hint={movable ? text.startHint : undefined}
          value={draft.start}
          readOnly={!movable}
          error={skipped(startReading) ?? errorOf("start")}
          onChange={(event) => change({ start: event.target.value })}
        />
        {startReading?.kind === "missing" && (
          <OtherTimes
            reading={startReading}
            use={(instant) => {
              change(startDraft(instant, zoned));
              document.getElementById(`${id}-start`)?.focus();
            }}
            {...{ text, zoned }}
          />
        )}
        {startReading?.kind === "twice" && (
          <WhichTime
            id={`${id}-start-which`}
            reading={startReading}
            value={draft.startReading}
            error={errorOf("start-which")}
            onChange={(reading) => change({ startReading: reading })}
            {...{ text, zoned }}
          />
        )}
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
        {editable && draft.duration === "other" && (
          <TextField
            id={`${id}-end`}
            label={text.end}
            hint={text.startHint}
            value={draft.end}
            error={skipped(endReading) ?? errorOf("end")}
            onChange={(event) => change({ end: event.target.value })}
          />
        )}
        {endReading?.kind === "missing" && (
          <OtherTimes
            reading={endReading}
            use={(instant) => {
              change({ end: typedTime(instant, zoned) });
              document.getElementById(`${id}-end`)?.focus();
            }}
            {...{ text, zoned }}
          />
        )}
        {endReading?.kind === "twice" && (
          <WhichTime
            id={`${id}-end-which`}
            reading={endReading}
            value={draft.endReading}
            error={errorOf("end-which")}
            onChange={(reading) => change({ endReading: reading })}
            {...{ text, zoned }}
          />
        )}
      </div>
    </fieldset>
  );
}

interface QuestionProps extends Pick<SchedulerPartProps, "text"> {
  zoned: Zoned;
}

interface OtherTimesProps extends QuestionProps {
  reading: Extract<ZonedReading, { kind: "missing" }>;
  use: (instant: string) => void;
}

/** The times next to one that clocks skip. */
function OtherTimes({ reading, use, text, zoned }: OtherTimesProps) {
  return (
    <div className="coviu-row" data-span="">
      {[reading.after, reading.before].map((instant) => (
        <Button key={instant} size="small" onClick={() => use(instant)}>
          {text.use(typedTime(instant, zoned))}
        </Button>
      ))}
    </div>
  );
}

interface WhichTimeProps extends QuestionProps {
  id: string;
  reading: Extract<ZonedReading, { kind: "twice" }>;
  value: "earlier" | "later" | undefined;
  error: string | undefined;
  onChange: (value: "earlier" | "later") => void;
}

/** Which of two readings is meant: nothing is chosen beforehand. */
function WhichTime({ id, reading, value, error, onChange, text, zoned }: WhichTimeProps) {
  const values = questionValues(reading, zoned);
  const first = zoneNames(reading.earlier, zoned);
  const second = zoneNames(reading.later, zoned);
  return (
    <Choices
      legend={text.twice(values)}
      hint={text.twiceHint({ ...values, city: first.city })}
      name={id}
      id={id}
      shape="card"
      value={value}
      error={error}
      options={[
        {
          value: "earlier",
          label: text.first(values.time),
          hint: text.firstHint({ zone: first.short, offset: first.offset }),
        },
        {
          value: "later",
          label: text.second(values.time),
          hint: text.secondHint({ zone: second.short, offset: second.offset, minutes: values.minutes }),
        },
      ]}
      onChange={(chosen) => onChange(chosen === "earlier" ? "earlier" : "later")}
    />
  );
}
