import { type RefObject, useState } from "react";

import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ClashNotice } from "./ClashNotice.tsx";
import { PeopleFields } from "./PeopleFields.tsx";
import { useSessionSchedulerContext } from "./SessionSchedulerContext.ts";
import { WhenFields } from "./WhenFields.tsx";

interface SchedulerFieldsProps {
  nameField: RefObject<HTMLInputElement | null> | undefined;
  /** Typed times in full, in the clinic's zone and in the viewer's. */
  results: readonly string[];
}

/** All fields of the form. */
export function SchedulerFields({ nameField, results }: SchedulerFieldsProps) {
  const { form, text, id, errorOf } = useSessionSchedulerContext();
  const { draft, change, lockedReason } = form;
  // While the outcome of a booking is unknown, the fields show the request.
  const isFixed = form.kind === "booking" && (form.isChecking || form.unconfirmed !== undefined);
  return (
    <fieldset className="coviu-stack" data-gap="wide" disabled={isFixed}>
      <TextField
        ref={nameField}
        id={`${id}-name`}
        label={text.name}
        value={draft.name}
        readOnly={lockedReason !== undefined}
        error={errorOf({ field: "name" })}
        unseen={text.unseen}
        onChange={(event) => change({ name: event.target.value })}
      />
      <WhenFields />
      {results.length > 0 && (
        <div className="coviu-facts">
          {results.map((result, index) => (
            <p key={result} className="coviu-fact">
              <Icon name={index === 0 ? "clock" : "globe"} />
              <span className={index === 0 ? "coviu-strong" : undefined}>
                <bdi translate="no">{result}</bdi>
              </span>
            </p>
          ))}
        </div>
      )}
      <ClashNotice />
      {form.kind === "booking" && <PeopleFields form={form} />}
      <OptionFields />
    </fieldset>
  );
}

/** Fields that most sessions leave empty. */
function OptionFields() {
  const { form, text, id, errorOf } = useSessionSchedulerContext();
  const { draft, change, lockedReason } = form;
  const [open, setOpen] = useState(false);
  const pictureError = errorOf({ field: "picture" });
  // A field with a problem is always visible.
  const isShown = open || pictureError !== undefined;
  return (
    <div className="coviu-stack">
      <div className="coviu-row">
        <Button
          variant="quiet"
          size="small"
          icon="down"
          aria-expanded={isShown}
          aria-controls={isShown ? `${id}-options` : undefined}
          onClick={() => setOpen(!isShown)}
        >
          {text.options}
        </Button>
      </div>
      {isShown && (
        <div className="coviu-stack" data-gap="wide" id={`${id}-options`}>
          <TextField
            id={`${id}-picture`}
            label={text.sessionPicture}
            hint={text.pictureHint}
            inputMode="url"
            value={draft.picture}
            readOnly={lockedReason !== undefined}
            error={pictureError}
            onChange={(event) => change({ picture: event.target.value })}
          />
          {form.kind === "booking" && (
            <TextField
              id={`${id}-flags`}
              label={text.flags}
              hint={text.flagsHint}
              multiline
              rows={3}
              value={draft.flags}
              onChange={(event) => change({ flags: event.target.value })}
            />
          )}
        </div>
      )}
    </div>
  );
}
