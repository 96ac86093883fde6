import { type ComponentPropsWithoutRef, forwardRef, type ReactNode, useId } from "react";

import { classes } from "./classes.ts";
import { unmanaged } from "./fieldMarks.ts";
import { Icon } from "./Icon.tsx";
import { unseenHint } from "./unseenHint.ts";

interface Described {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
}

export interface FieldProps {
  id?: string | undefined;
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Whether the field has the whole width of a form with two columns. */
  span?: boolean | undefined;
  children: (control: Described) => ReactNode;
}

/** Label, control, hint and problem, connected by ids. */
export function Field({ id: given, label, hint, error, span, children }: FieldProps) {
  const own = useId();
  const id = given ?? own;
  return (
    <div className="coviu-field" data-span={span ? "" : undefined}>
      <label className="coviu-label" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby":
          classes(error !== undefined && `${id}-error`, hint !== undefined && `${id}-hint`) || undefined,
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {hint !== undefined && (
        <p className="coviu-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`}>{error}</FieldError>
    </div>
  );
}

/** Problem of a field, with the same text as in the summary. */
export function FieldError({ id, children }: { id: string; children: ReactNode }) {
  if (children === undefined) return null;
  return (
    <p className="coviu-field-error" id={id}>
      <Icon name="warning" />
      <span>{children}</span>
    </p>
  );
}

type OwnFieldProps = Omit<FieldProps, "children">;

export interface TextFieldProps extends Omit<ComponentPropsWithoutRef<"input">, "id">, OwnFieldProps {
  multiline?: boolean | undefined;
  rows?: number | undefined;
  /** Hint about invisible characters in the field. Called with the text and the code points of these characters. */
  unseen?: ((spelled: string) => string) | undefined;
}

export const TextField = forwardRef<HTMLInputElement, TextFieldProps>(function TextField(
  { id, label, hint, error, span, multiline, rows, unseen, ...props },
  ref,
) {
  const warning = unseen && unseenHint(String(props.value), unseen);
  return (
    <Field
      id={id}
      label={label}
      hint={hint === undefined ? warning : warning === undefined ? hint : [hint, " ", warning]}
      error={error}
      span={span}
    >
      {(control) =>
        multiline ? (
          <textarea form="" {...textAreaProps(props)} {...control} rows={rows} className="coviu-input" />
        ) : (
          <input ref={ref} type="text" form="" {...unmanaged} {...props} {...control} className="coviu-input" />
        )
      }
    </Field>
  );
});

function textAreaProps({ value, name, readOnly, onChange }: ComponentPropsWithoutRef<"input">) {
  const change = onChange && { onChange: (event: never) => onChange(event) };
  return { value, name, readOnly, ...unmanaged, ...change };
}

export interface SelectFieldProps extends Omit<ComponentPropsWithoutRef<"select">, "id">, Partial<OwnFieldProps> {
  /** Options of the select. With `isName`, browsers do not translate the label. */
  options: readonly { value: string; label: string; isName?: boolean }[];
}

/** Select. With `label` it is a field with a label, with `aria-label` the control alone, for rows and filters. */
export function SelectField({ id, label, hint, error, span, options, ...props }: SelectFieldProps) {
  const select = (control?: Described) => (
    <div className="coviu-select">
      <select form="" {...props} {...(control ?? { id })} className="coviu-input">
        {options.map(({ value, label: text, isName }) => (
          <option key={value} value={value} translate={isName ? "no" : undefined}>
            {text}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </div>
  );
  if (label === undefined) return select();
  return (
    <Field id={id} label={label} hint={hint} error={error} span={span}>
      {select}
    </Field>
  );
}

export interface ChoicesProps {
  legend: ReactNode;
  /** Name of the group of radio buttons, from `useId`. */
  name: string;
  options: readonly { value: string; label: ReactNode; hint?: ReactNode }[];
  value: string | undefined;
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: ReactNode;
  shape?: "card" | undefined;
  /** Id of the first choice, so that a summary of problems can link to it. */
  id?: string | undefined;
}

/** Group of radio buttons, as chips or as cards with a hint each. */
export function Choices({ legend, name, options, value, onChange, hint, error, shape, id }: ChoicesProps) {
  return (
    <fieldset
      className={shape ? "coviu-stack" : "coviu-field"}
      data-span=""
      aria-describedby={
        classes(error !== undefined && `${name}-error`, hint !== undefined && `${name}-hint`) || undefined
      }
    >
      <legend className="coviu-legend">{legend}</legend>
      {hint !== undefined && (
        <p className="coviu-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <div className={shape ? "coviu-stack" : "coviu-choices"}>
        {options.map((option, index) => (
          <label key={option.value} className="coviu-choice" data-shape={shape}>
            <input
              className="coviu-choice-input"
              type="radio"
              form=""
              id={index === 0 ? id : undefined}
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {shape ? (
              <span className="coviu-stack-line">
                <span className="coviu-strong">{option.label}</span> <span className="coviu-hint">{option.hint}</span>
              </span>
            ) : (
              option.label
            )}
          </label>
        ))}
      </div>
      <FieldError id={`${name}-error`}>{error}</FieldError>
    </fieldset>
  );
}
