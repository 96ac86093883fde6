import { type RefObject, useState } from "react";

import { Button } from "../../ui/Button.tsx";
import { TextField } from "../../ui/Field.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ClashNotice } from "./ClashNotice.tsx";
import { PeopleFields } from "./PeopleFields.tsx";
import type { SchedulerPartProps } from "./SchedulerForm.tsx";
import { resultTexts } from "./when.ts";
import { WhenFields } from "./WhenFields.tsx";

interface SchedulerFieldsProps extends SchedulerPartProps {
  nameField: RefObject<HTMLInputElement | null> | undefined;
}

export function SchedulerFields({ nameField, ...part }: SchedulerFieldsProps) {
  const { scheduler, text, zoned, id, errorOf } = part;
  const { draft, change, times, editing, editable, isChecking, unconfirmed } = scheduler;
  const results = resultTexts(times, text, zoned);
  return (
    // While it is unknown whether a booking was made, what was sent is what stands here.
    <fieldset className="coviu-stack" data-gap="wide" disabled={isChecking || Boolean(unconfirmed)}>
      <TextField
        ref={nameField}
        id={`${id}-name`}
        label={text.name}
        value={draft.name}
        readOnly={!editable}
        error={errorOf("name")}
        unseen={text.unseen}
        onChange={(event) => change({ name: event.target.value })}
      />
      <WhenFields {...part} />
      {results.length > 0 && (
        <div className="coviu-facts">
          {results.map((words, index) => (
            <p key={words} className="coviu-fact">
              <Icon name={index === 0 ? "clock" : "globe"} />
              <span className={index === 0 ? "coviu-strong" : undefined}>
                <bdi translate="no">{words}</bdi>
              </span>
            </p>
          ))}
        </div>
      )}
      <ClashNotice {...part} />
      {!editing && <PeopleFields {...part} />}
      <OptionFields {...part} />
    </fieldset>
  );
}

/** What most sessions do without. */
function OptionFields({ scheduler, text, id, errorOf }: SchedulerPartProps) {
  const { draft, change, editing, editable } = scheduler;
  const [open, setOpen] = useState(false);
  // What is wrong in there has to be seen.
  const shown = open || errorOf("picture") !== undefined;
  return (
    <div className="coviu-stack">
      <div className="coviu-row">
        <Button
          variant="quiet"
          size="small"
          icon="down"
          aria-expanded={shown}
          aria-controls={shown ? `${id}-options` : undefined}
          onClick={() => setOpen(!shown)}
        >
          {text.options}
        </Button>
      </div>
      {shown && (
        <div className="coviu-stack" data-gap="wide" id={`${id}-options`}>
          <TextField
            id={`${id}-picture`}
            label={text.sessionPicture}
            hint={text.pictureHint}
            inputMode="url"
            value={draft.picture}
            readOnly={!editable}
            error={errorOf("picture")}
            onChange={(event) => change({ picture: event.target.value })}
          />
          {!editing && (
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
