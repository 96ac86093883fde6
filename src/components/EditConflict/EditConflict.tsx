import { useEffect, useRef, useState } from "react";

import { isolated, visible } from "../../domain/roles.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { focusById } from "../../provider/dom.ts";
import { Button } from "../../ui/Button.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { type FieldChange, editConflictMessages } from "./messages.ts";

/** Fields that both users have changed. The user chooses one of the two values for each. */
export interface FieldConflict<Field extends string> {
  fields: readonly Field[];
  /** New object for each attempt to save. The notice then takes the focus. */
  attempt: object;
  keepMine: (field: Field) => void;
  takeTheirs: (field: Field) => void;
}

export interface EditConflictProps<Field extends string> {
  /** Labels of the fields. */
  labels: Readonly<Record<Field, string>>;
  original: Readonly<Record<Field, string>>;
  mine: Readonly<Record<Field, string>>;
  theirs: Readonly<Record<Field, string>>;
  /** Fields that only the other user has changed. */
  theirChanges: readonly Field[];
  conflict: FieldConflict<Field> | undefined;
  /** Id of the save button. It gets the focus after the last choice. */
  saveId: string;
}

/** Values of a field in conflict, in display order. */
const versions = ["mine", "theirs", "original"] as const;

/** Names the fields that another user has changed while a form was open. Asks about each field that both users changed. */
export function EditConflict<Field extends string>(props: EditConflictProps<Field>) {
  const { labels, mine, theirs, theirChanges, conflict, saveId } = props;
  const text = useMessages("editConflict", editConflictMessages, undefined);
  const [announcement, setAnnouncement] = useState("");
  const panel = useRef<HTMLDivElement>(null);
  const attempt = conflict?.attempt;
  useEffect(() => {
    if (attempt) panel.current?.focus();
  }, [attempt]);

  /** Moves the focus first, because the pressed button is removed. */
  function choose(field: Field, choice: "keepMine" | "takeTheirs"): void {
    const next = conflict?.fields.find((other) => other !== field);
    focusById(panel.current, next ? `${saveId}-${next}` : saveId);
    setAnnouncement(text[choice === "keepMine" ? "keptMine" : "tookTheirs"](labels[field]));
    conflict?.[choice](field);
  }

  return (
    <>
      <LiveStatus>{announcement}</LiveStatus>
      <LiveStatus visible>
        {theirChanges.length > 0 && (
          <Notice shape="line" icon="refresh">
            <bdi>
              {renderIsolated(
                text.theirChanges(theirChanges.map((field) => changeOf(field, labels, mine, theirs, text.empty))),
              )}
            </bdi>
          </Notice>
        )}
      </LiveStatus>
      {conflict && (
        <Notice ref={panel} role="group" tone="warning" tabIndex={-1} title={text.title}>
          <p className="coviu-text">{text.body}</p>
          {conflict.fields.map((field) => (
            <fieldset
              key={field}
              className="coviu-conflict"
              aria-describedby={versions.map((version) => `${saveId}-${field}-${version}`).join(" ")}
            >
              <legend className="coviu-legend">{labels[field]}</legend>
              {versions.map((version) => (
                <p key={version} id={`${saveId}-${field}-${version}`} className="coviu-conflict-side">
                  <span className="coviu-hint">{text[version]}</span>{" "}
                  <bdi
                    className={version === "original" ? "coviu-hint" : "coviu-text"}
                    translate={props[version][field] ? "no" : undefined}
                  >
                    {props[version][field] || text.empty}
                  </bdi>
                </p>
              ))}
              <div className="coviu-row">
                <Button
                  id={`${saveId}-${field}`}
                  size="small"
                  aria-label={text.keepMineFor(labels[field])}
                  onClick={() => choose(field, "keepMine")}
                >
                  {text.keepMine}
                </Button>
                <Button
                  size="small"
                  aria-label={text.takeTheirsFor(labels[field])}
                  onClick={() => choose(field, "takeTheirs")}
                >
                  {text.takeTheirs}
                </Button>
              </div>
            </fieldset>
          ))}
        </Notice>
      )}
    </>
  );
}

/** Returns both values of a field as parameters of a message. */
export function changeOf<Field extends string>(
  field: Field,
  labels: Readonly<Record<Field, string>>,
  mine: Readonly<Record<Field, string>>,
  theirs: Readonly<Record<Field, string>>,
  empty: string,
): FieldChange {
  const value = (side: string) => (side ? isolated(visible(side)) : empty);
  return { label: labels[field], mine: value(mine[field]), theirs: value(theirs[field]) };
}
