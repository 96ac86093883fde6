import { useMessages } from "../../hooks/useMessages.ts";
import { Notice } from "../../ui/Notice.tsx";
import { words } from "../../ui/words.tsx";
import { otherChangesMessages } from "./messages.ts";
import { changeOf } from "./OtherChanges.tsx";

interface OverwrittenNoticeProps<Field extends string> {
  fields: readonly Field[];
  labels: Readonly<Record<Field, string>>;
  /** As it was saved. */
  mine: Readonly<Record<Field, string>>;
  /** As it stands now. */
  theirs: Readonly<Record<Field, string>>;
}

/** Someone else has read before a save, and saved after it: both values, so that nothing is lost in silence. */
export function OverwrittenNotice<Field extends string>({
  fields,
  labels,
  mine,
  theirs,
}: OverwrittenNoticeProps<Field>) {
  const text = useMessages("otherChanges", otherChangesMessages, undefined);
  if (fields.length === 0) return null;
  return (
    <Notice role="alert" tone="warning" title={text.overwrittenTitle}>
      {fields.map((field) => (
        <p key={field} className="coviu-text">
          <bdi>{words(text.overwritten(changeOf(field, labels, mine, theirs, text.empty)))}</bdi>
        </p>
      ))}
    </Notice>
  );
}
