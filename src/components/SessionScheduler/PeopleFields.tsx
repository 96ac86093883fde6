import { useEffect, useRef, useState } from "react";

import { shownName } from "../../domain/roles.ts";
import { Button } from "../../ui/Button.tsx";
import { classes } from "../../ui/classes.ts";
import { FieldError, SelectField, TextField } from "../../ui/Field.tsx";
import { unmanaged } from "../../ui/fieldMarks.ts";
import { unseenHint } from "../../ui/unseenHint.ts";
import type { PersonRow } from "./draft.ts";
import { type FieldName, fieldId } from "./fieldAddress.ts";
import { useSessionSchedulerContext } from "./SessionSchedulerContext.ts";
import type { BookingForm } from "./useBookingForm.ts";

/** Fields for the people of a new session, a row each. */
export function PeopleFields({ form }: { form: BookingForm }) {
  const { text, focusField } = useSessionSchedulerContext();
  const { people } = form.draft;
  const addButton = useRef<HTMLButtonElement>(null);
  // Key of the row that gets the focus after the next render. `null` is the add button.
  const nextFocus = useRef<number | null>(undefined);

  useEffect(() => {
    if (nextFocus.current === undefined) return;
    if (nextFocus.current === null) addButton.current?.focus();
    else focusField({ field: "name", rowKey: nextFocus.current });
    nextFocus.current = undefined;
  });

  function remove(index: number, row: PersonRow): void {
    nextFocus.current = (people[index + 1] ?? people[index - 1])?.key ?? null;
    form.removePerson(row.key);
  }

  return (
    <fieldset className="coviu-stack">
      <legend className="coviu-legend">{text.people}</legend>
      <p className="coviu-hint">{text.peopleHint}</p>
      <div className="coviu-people">
        {/* Visual only: the name of each field contains the number of the person. */}
        <span className="coviu-hint coviu-person-head" aria-hidden="true">
          {text.nameColumn}
        </span>
        {people.map((row, index) => (
          <PersonFields
            key={row.key}
            row={row}
            number={index + 1}
            onChange={(changes) => form.changePerson(row.key, changes)}
            onRemove={() => remove(index, row)}
          />
        ))}
      </div>
      <div className="coviu-row">
        <Button
          ref={addButton}
          variant="quiet"
          size="small"
          icon="plus"
          onClick={() => {
            nextFocus.current = form.addPerson();
          }}
        >
          {text.add}
        </Button>
      </div>
    </fieldset>
  );
}

interface PersonFieldsProps {
  row: PersonRow;
  /** Number of the row, from 1. */
  number: number;
  onChange: (changes: Partial<PersonRow>) => void;
  onRemove: () => void;
}

function PersonFields({ row, number, onChange, onRemove }: PersonFieldsProps) {
  const { text, id, errorOf } = useSessionSchedulerContext();
  const [open, setOpen] = useState(false);
  const person = text.person({ name: shownName(row.name) ?? "", number });
  const idOf = (field: FieldName) => fieldId(id, { field, rowKey: row.key });
  const errorIn = (field: FieldName) => errorOf({ field, rowKey: row.key });
  const moreId = `${id}-person-${row.key}-more`;
  const error = errorIn("name");
  const unseen = unseenHint(row.name, text.unseen);
  const errors = { state: errorIn("state"), picture: errorIn("picture") };
  // A field with a problem is always visible.
  const isShown = open || Boolean(errors.state ?? errors.picture);
  const roles = [
    { value: "HOST", label: text.host },
    { value: "GUEST", label: text.guest },
  ];
  if (!roles.some(({ value }) => value === row.role)) roles.push({ value: row.role, label: row.role.toLowerCase() });

  return (
    <div className="coviu-person">
      <input
        className="coviu-input"
        id={idOf("name")}
        form=""
        aria-label={text.personName(number)}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={
          classes(error !== undefined && `${idOf("name")}-error`, unseen !== undefined && `${idOf("name")}-hint`) ||
          undefined
        }
        {...unmanaged}
        value={row.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <SelectField
        aria-label={text.role(person)}
        options={roles}
        value={row.role}
        onChange={(event) => onChange({ role: event.target.value })}
      />
      <Button
        variant="quiet"
        size="small"
        aria-label={text.moreAbout(person)}
        aria-expanded={isShown}
        aria-controls={isShown ? moreId : undefined}
        onClick={() => setOpen(!isShown)}
      >
        {text.more}
      </Button>
      <Button variant="quiet" shape="icon" icon="close" aria-label={text.remove(person)} onClick={onRemove} />
      {unseen !== undefined && (
        <p className="coviu-hint" id={`${idOf("name")}-hint`}>
          {unseen}
        </p>
      )}
      <FieldError id={`${idOf("name")}-error`}>{error}</FieldError>
      {isShown && (
        <div className="coviu-person-more" id={moreId}>
          <TextField
            id={idOf("state")}
            label={text.state}
            hint={text.stateHint}
            error={errors.state}
            value={row.state}
            onChange={(event) => onChange({ state: event.target.value })}
          />
          <TextField
            id={idOf("picture")}
            label={text.picture}
            hint={text.pictureHint}
            error={errors.picture}
            inputMode="url"
            value={row.picture}
            onChange={(event) => onChange({ picture: event.target.value })}
          />
        </div>
      )}
    </div>
  );
}
