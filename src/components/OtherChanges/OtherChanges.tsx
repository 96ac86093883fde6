import { useEffect, useRef, useState } from "react";

import { isolated, visible } from "../../domain/roles.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { focusById } from "../../provider/dom.ts";
import { Button } from "../../ui/Button.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { words } from "../../ui/words.tsx";
import { type FieldChange, otherChangesMessages } from "./messages.ts";

export interface OtherChangesProps<Field extends string> {
  /** What the fields are called. */
  labels: Readonly<Record<Field, string>>;
  original: Readonly<Record<Field, string>>;
  mine: Readonly<Record<Field, string>>;
  theirs: Readonly<Record<Field, string>>;
  /** What only someone else has changed. */
  others: readonly Field[];
  /** What both have changed: one of the two has to be chosen. `attempt` is new whenever that is asked. */
  conflict:
    | { fields: readonly Field[]; attempt: object; keep: (field: Field) => void; take: (field: Field) => void }
    | undefined;
  /** Id of the button that saves, where the work goes on. */
  saveId: string;
}

/** The values of a field that both have changed, in the order in which they are shown. */
const versions = ["mine", "theirs", "original"] as const;

/** What someone else has changed while a form was open, and a choice for each field that both have changed. */
export function OtherChanges<Field extends string>(props: OtherChangesProps<Field>) {
  const { labels, mine, theirs, others, conflict, saveId } = props;
  const text = useMessages("otherChanges", otherChangesMessages, undefined);
  const [told, setTold] = useState("");
  const panel = useRef<HTMLDivElement>(null);
  const attempt = conflict?.attempt;
  useEffect(() => {
    if (attempt) panel.current?.focus();
  }, [attempt]);

  /** The focus first: the button that was pressed goes. */
  function choose(field: Field, way: "keep" | "take"): void {
    const next = conflict?.fields.find((other) => other !== field);
    focusById(panel.current, next ? `${saveId}-${next}` : saveId);
    setTold(text[way === "keep" ? "kept" : "taken"](labels[field]));
    conflict?.[way](field);
  }

  return (
    <>
      <LiveStatus>{told}</LiveStatus>
      <LiveStatus visible>
        {others.length > 0 && (
          <Notice shape="line" icon="refresh">
            <bdi>{words(text.others(others.map((field) => changeOf(field, labels, mine, theirs, text.empty))))}</bdi>
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
              aria-describedby={versions.map((whose) => `${saveId}-${field}-${whose}`).join(" ")}
            >
              <legend className="coviu-legend">{labels[field]}</legend>
              {versions.map((whose) => (
                <p key={whose} id={`${saveId}-${field}-${whose}`} className="coviu-conflict-side">
                  <span className="coviu-hint">{text[whose]}</span>{" "}
                  <bdi
                    className={whose === "original" ? "coviu-hint" : "coviu-text"}
                    translate={props[whose][field] ? "no" : undefined}
                  >
                    {props[whose][field] || text.empty}
                  </bdi>
                </p>
              ))}
              <div className="coviu-row">
                <Button
                  id={`${saveId}-${field}`}
                  size="small"
                  aria-label={text.keepMineFor(labels[field])}
                  onClick={() => choose(field, "keep")}
                >
                  {text.keepMine}
                </Button>
                <Button
                  size="small"
                  aria-label={text.takeTheirsFor(labels[field])}
                  onClick={() => choose(field, "take")}
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

/** A field's change in the words it is shown in. */
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
