import { useMessages } from "../../hooks/useMessages.ts";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { changeOf } from "./EditConflict.tsx";
import { editConflictMessages } from "./messages.ts";

interface OverwrittenNoticeProps<Field extends string> {
  fields: readonly Field[];
  labels: Readonly<Record<Field, string>>;
  /** Values that this user saved. */
  mine: Readonly<Record<Field, string>>;
  /** Values that are stored now. */
  theirs: Readonly<Record<Field, string>>;
}

/** Shows both values of each field that another user has overwritten since it was saved here. */
export function OverwrittenNotice<Field extends string>({
  fields,
  labels,
  mine,
  theirs,
}: OverwrittenNoticeProps<Field>) {
  const text = useMessages("editConflict", editConflictMessages, undefined);
  if (fields.length === 0) return null;
  return (
    <Notice role="alert" tone="warning" title={text.overwrittenTitle}>
      {fields.map((field) => (
        <p key={field} className="coviu-text">
          <bdi>{renderIsolated(text.overwritten(changeOf(field, labels, mine, theirs, text.empty)))}</bdi>
        </p>
      ))}
    </Notice>
  );
}
