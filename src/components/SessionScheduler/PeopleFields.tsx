import { useEffect, useRef, useState } from "react";

import { shownName } from "../../domain/roles.ts";
import { Button } from "../../ui/Button.tsx";
import { classes } from "../../ui/classes.ts";
import { FieldError, SelectField, TextField } from "../../ui/Field.tsx";
import { unmanaged } from "../../ui/fieldMarks.ts";
import { unseenHint } from "../../ui/unseenHint.ts";
import type { PersonRow } from "./draft.ts";
import { personField } from "./draftProblems.ts";
import type { SchedulerPartProps } from "./SchedulerForm.tsx";

/** The people of a new session, a row each. */
export function PeopleFields(props: SchedulerPartProps) {
  const { scheduler, text, focusField } = props;
  const { people } = scheduler.draft;
  const addButton = useRef<HTMLButtonElement>(null);
  // The row that gets the focus once it is there; `null` for the button that adds one.
  const next = useRef<number | null>(undefined);

  useEffect(() => {
    if (next.current === undefined) return;
    if (next.current === null) addButton.current?.focus();
    else focusField(`person-${next.current}-name`);
    next.current = undefined;
  });

  function remove(index: number, row: PersonRow): void {
    next.current = (people[index + 1] ?? people[index - 1])?.key ?? null;
    scheduler.removePerson(row.key);
  }

  return (
    <fieldset className="coviu-stack">
      <legend className="coviu-legend">{text.people}</legend>
      <p className="coviu-hint">{text.peopleHint}</p>
      <div className="coviu-people">
        {/* For the eye: each field has a name of its own that says whose it is. */}
        <span className="coviu-hint coviu-person-head" aria-hidden="true">
          {text.nameColumn}
        </span>
        {people.map((row, index) => (
          <PersonFields key={row.key} {...props} row={row} number={index + 1} onRemove={() => remove(index, row)} />
        ))}
      </div>
      <div className="coviu-row">
        <Button
          ref={addButton}
          variant="quiet"
          size="small"
          icon="plus"
          onClick={() => {
            next.current = scheduler.addPerson();
          }}
        >
          {text.add}
        </Button>
      </div>
    </fieldset>
  );
}

interface PersonFieldsProps extends SchedulerPartProps {
  row: PersonRow;
  /** From 1. */
  number: number;
  onRemove: () => void;
}

function PersonFields({ scheduler, text, id, errorOf, row, number, onRemove }: PersonFieldsProps) {
  const [open, setOpen] = useState(false);
  const person = text.person({ name: shownName(row.name) ?? "", number });
  const idOf = (field: string) => `${id}-${personField(row, field)}`;
  const error = errorOf(personField(row, "name"));
  const unseen = unseenHint(row.name, text.unseen);
  const errors = { state: errorOf(personField(row, "state")), picture: errorOf(personField(row, "picture")) };
  // What is wrong in there has to be seen.
  const shown = open || Boolean(errors.state ?? errors.picture);
  const roles = [
    { value: "HOST", label: text.host },
    { value: "GUEST", label: text.guest },
  ];
  if (!roles.some(({ value }) => value === row.role)) roles.push({ value: row.role, label: row.role.toLowerCase() });
  const set = (changed: Partial<PersonRow>) => scheduler.changePerson(row.key, changed);

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
        onChange={(event) => set({ name: event.target.value })}
      />
      <SelectField
        aria-label={text.role(person)}
        options={roles}
        value={row.role}
        onChange={(event) => set({ role: event.target.value })}
      />
      <Button
        variant="quiet"
        size="small"
        aria-label={text.moreAbout(person)}
        aria-expanded={shown}
        aria-controls={shown ? idOf("more") : undefined}
        onClick={() => setOpen(!shown)}
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
      {shown && (
        <div className="coviu-person-more" id={idOf("more")}>
          <TextField
            id={idOf("state")}
            label={text.state}
            hint={text.stateHint}
            error={errors.state}
            value={row.state}
            onChange={(event) => set({ state: event.target.value })}
          />
          <TextField
            id={idOf("picture")}
            label={text.picture}
            hint={text.pictureHint}
            error={errors.picture}
            inputMode="url"
            value={row.picture}
            onChange={(event) => set({ picture: event.target.value })}
          />
        </div>
      )}
    </div>
  );
}
