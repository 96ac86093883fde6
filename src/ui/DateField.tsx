import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useRef } from "react";

import { dateOrder, type DatePart, parseDigits, parseWrittenDate } from "../domain/typedTime.ts";
import { classes } from "./classes.ts";
import { FieldError } from "./Field.tsx";
import { unmanaged } from "./fieldMarks.ts";
import { type TypedDate, typedDate } from "./typedDate.ts";

export interface DateFieldProps {
  /** Prefix of the ids. It is the id of the first field, so that a summary of problems can link to it. */
  id: string;
  legend: ReactNode;
  labels: Record<DatePart, string>;
  locale: string;
  value: TypedDate;
  onChange: (value: TypedDate) => void;
  /** Called when the focus has left all three fields. */
  onLeave?: (() => void) | undefined;
  hint?: ReactNode;
  error?: ReactNode;
  readOnly?: boolean | undefined;
}

/** Fields for day, month and year in the order of the locale. A whole date can be pasted into each of them. */
export function DateField({
  id,
  legend,
  labels,
  locale,
  value,
  onChange,
  onLeave,
  hint,
  error,
  readOnly,
}: DateFieldProps) {
  const order = dateOrder(locale);
  const pasted = useRef<{ before: TypedDate; after: TypedDate }>(undefined);

  function paste(event: ClipboardEvent) {
    const date = parseWrittenDate(event.clipboardData.getData("text"), locale, parseDigits(value.year));
    if (!date || readOnly) return;
    event.preventDefault();
    const after = typedDate(date, locale);
    pasted.current = { before: value, after };
    onChange(after);
  }

  /** Undoes a paste. Browsers undo typed text, but not a change of three fields by script. */
  function undo(event: KeyboardEvent) {
    const { before, after } = pasted.current ?? {};
    if (!before || value !== after || event.key !== "z" || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    onChange(before);
  }

  return (
    <fieldset
      className="coviu-field"
      aria-describedby={classes(error !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`) || undefined}
    >
      <legend className="coviu-legend">{legend}</legend>
      <div className="coviu-date">
        {order.map((part, index) => (
          <label key={part} className="coviu-date-part" data-part={part}>
            <span className="coviu-hint">{labels[part]}</span>
            <input
              className="coviu-input"
              id={index === 0 ? id : `${id}-${part}`}
              form=""
              inputMode="numeric"
              {...unmanaged}
              readOnly={readOnly}
              aria-invalid={error === undefined ? undefined : true}
              aria-describedby={error === undefined ? undefined : `${id}-error`}
              value={value[part]}
              onChange={(event) => onChange({ ...value, [part]: event.target.value })}
              onPaste={paste}
              onBlur={({ currentTarget, relatedTarget }) =>
                currentTarget.closest("fieldset")?.contains(relatedTarget) || onLeave?.()
              }
              onKeyDown={undo}
            />
          </label>
        ))}
      </div>
      {hint !== undefined && (
        <p className="coviu-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </fieldset>
  );
}
