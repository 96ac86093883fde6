import { type RefObject, useId, useRef, useState } from "react";

import type { Participant } from "../../api/schemas.ts";
import { isolated, participantRole, shownName } from "../../domain/roles.ts";
import { focusedNear } from "../../provider/dom.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Choices, TextField } from "../../ui/Field.tsx";
import { Form } from "../../ui/Form.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { EditConflict } from "../EditConflict/EditConflict.tsx";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import { maxLengthOf, type PersonDraft, personFields, type PersonProblem } from "../person/personDraft.ts";
import { personLabels, shownPerson } from "../person/personTexts.ts";
import { roleLabel } from "../person/roleLabel.ts";
import type { ParticipantListMessages } from "./messages.ts";
import type { PeopleResult } from "./useParticipantList.ts";
import { usePersonForm } from "./usePersonForm.ts";

export interface PersonDialogProps {
  sessionId: string;
  person: Participant | undefined;
  text: ParticipantListMessages;
  /** Reason why nothing can be changed any more. */
  lockedReason: string | undefined;
  onClose: (done?: PeopleResult) => void;
  returnFocus: RefObject<HTMLElement | null>;
}

/** Dialog that adds a person or changes one. Asks before typed text is discarded. */
export function PersonDialog({ sessionId, person, text, lockedReason, onClose, returnFocus }: PersonDialogProps) {
  const form = usePersonForm({
    sessionId,
    person,
    onDone: (name, saved, theirChanges) =>
      onClose(name === undefined ? undefined : { kind: saved ? "saved" : "added", name, saved, theirChanges }),
  });
  const [isLeaving, setIsLeaving] = useState(false);
  const [announcement, setAnnouncement] = useState({ attempt: 0, text: "" });
  const id = useId();
  const keepButton = useRef<HTMLButtonElement>(null);
  const nameField = useRef<HTMLInputElement>(null);
  const fields = useRef<HTMLDivElement>(null);
  const name = isolated(shownName(person?.display_name) ?? text.unnamed);
  const roles = ["GUEST", "HOST"];
  const ownRole = person && participantRole(person);
  if (ownRole && !roles.includes(ownRole)) roles.push(ownRole);

  const isFixed = lockedReason !== undefined || form.isUnknown;
  // Only the most important notice is shown.
  const isRefused = form.error && (form.error.outcome === "unknown" || !form.isRemoved);

  function leave(): void {
    if (form.busy) return;
    if (form.dirty && !lockedReason) setIsLeaving(true);
    else onClose();
  }

  function submit(): void {
    if (lockedReason) return;
    const found = form.submit();
    const [first] = personFields.filter((field) => field in found);
    const field = first && fields.current?.querySelector<HTMLElement>(`[name=${first}]`);
    if (!field) return;
    // Screen readers read the problem when the field gets the focus. If the field has the focus already, it is announced.
    if (focusedNear(field) === field)
      setAnnouncement({ attempt: announcement.attempt + 1, text: problem(first, found) ?? "" });
    else field.focus();
  }

  function problem(field: keyof PersonDraft, problems = form.problems): string | undefined {
    const found: PersonProblem | undefined = problems[field];
    return found && (found === "long" ? text.problems.long(maxLengthOf(field)) : text.problems[found]);
  }

  function fieldProps(field: keyof PersonDraft) {
    return {
      name: field,
      value: form.draft[field],
      readOnly: isFixed,
      error: problem(field),
      unseen: text.unseen,
      onChange: (event: { target: { value: string } }) => form.set({ [field]: event.target.value }),
    };
  }

  return (
    <Dialog
      open
      size="small"
      title={person ? text.editTitle(name) : text.addTitle}
      onClose={leave}
      closeLabel={text.close}
      initialFocus={nameField}
      returnFocus={returnFocus}
      footer={
        <>
          <Button onClick={leave}>{text.cancel}</Button>
          <Button
            id={`${id}-submit`}
            variant="primary"
            busy={form.busy}
            reason={lockedReason && `${id}-locked`}
            onClick={submit}
          >
            {form.busy ? text.saving : form.isRemoved ? text.addAgain : person ? text.save : text.addSubmit}
          </Button>
        </>
      }
    >
      <Form ref={fields} id={id} submitId={`${id}-submit`} className="coviu-stack" data-gap="wide">
        <LiveStatus key={announcement.attempt}>{announcement.text}</LiveStatus>
        <LiveStatus after={1000}>{form.busy ? text.saving : ""}</LiveStatus>
        {lockedReason !== undefined ? (
          <Notice role="alert" tone="warning" title={<span id={`${id}-locked`}>{lockedReason}</span>}>
            {form.dirty ? text.typedStays : undefined}
          </Notice>
        ) : isRefused ? (
          <>
            <InlineFailure error={form.error} kind="write" />
            {form.checkError && <InlineFailure error={form.checkError} kind="check" title={text.checkFailed} />}
          </>
        ) : form.isRemoved ? (
          <Notice role="alert" tone="warning" title={text.gone(name).title}>
            {text.gone(name).body}
          </Notice>
        ) : form.readError ? (
          <InlineFailure error={form.readError} />
        ) : null}
        {person && (
          <EditConflict
            labels={personLabels(text)}
            original={shownPerson(form.original, text)}
            mine={shownPerson(form.draft, text)}
            theirs={shownPerson(form.theirs, text)}
            theirChanges={form.theirChanges}
            conflict={lockedReason ? undefined : form.conflict}
            saveId={`${id}-submit`}
          />
        )}
        <TextField ref={nameField} label={text.name} {...fieldProps("name")} />
        <fieldset className="coviu-stack" disabled={isFixed}>
          <Choices
            legend={text.role}
            name={`${id}-role`}
            shape="card"
            options={roles.map((role) => ({
              value: role,
              label: roleLabel(role, text),
              hint: role === "HOST" ? text.hostMeans : role === "GUEST" ? text.guestMeans : undefined,
            }))}
            value={form.draft.role}
            onChange={(role) => form.set({ role })}
          />
        </fieldset>
        <TextField label={text.state} hint={text.stateHint} {...fieldProps("state")} />
        <TextField label={text.picture} hint={text.pictureHint} inputMode="url" {...fieldProps("picture")} />
      </Form>
      <Dialog
        open={isLeaving}
        role="alertdialog"
        size="small"
        title={text.discardTitle}
        description={text.discardBody}
        onClose={() => setIsLeaving(false)}
        initialFocus={keepButton}
        footer={
          <>
            <Button tone="danger" onClick={() => onClose()}>
              {text.discard}
            </Button>
            <Button ref={keepButton} variant="primary" onClick={() => setIsLeaving(false)}>
              {text.keepEditing}
            </Button>
          </>
        }
      />
    </Dialog>
  );
}
