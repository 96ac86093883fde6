import { useMemo } from "react";

import type { Session } from "../../api/schemas.ts";
import { fieldsOf, type SessionField, sessionFields } from "../../domain/sessionFields.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { EditConflict } from "../EditConflict/EditConflict.tsx";
import { OverwrittenNotice } from "../EditConflict/OverwrittenNotice.tsx";
import { useOverwritten } from "../EditConflict/useOverwritten.ts";
import { sessionSchedulerMessages } from "../SessionScheduler/messages.ts";
import { fieldLabels, shownFields } from "../SessionScheduler/shownFields.ts";

/** A session that was saved here, and the fields that other users had changed before. */
export interface Edited {
  saved: Session;
  theirChanges: readonly SessionField[];
}

interface EditedNoticesProps {
  edited: Edited | undefined;
  /** The session as stored now. */
  session: Session;
  refetch: () => unknown;
}

/** Notices about changes of other users before and after a session was saved here. */
export function EditedNotices({ edited, session, refetch }: EditedNoticesProps) {
  const text = useMessages("sessionScheduler", sessionSchedulerMessages, undefined);
  const format = useFormat();
  const saved = useMemo(() => edited && fieldsOf(edited.saved), [edited]);
  const live = fieldsOf(session);
  const overwritten = useOverwritten(sessionFields, saved, live, refetch);
  const theirChanges = edited?.theirChanges.filter((field) => !overwritten.includes(field)) ?? [];
  const mine = shownFields(saved ?? live, format);
  const shown = { labels: fieldLabels(text), original: mine, mine, theirs: shownFields(live, format) };
  return (
    <>
      <EditConflict {...shown} theirChanges={theirChanges} conflict={undefined} saveId="" />
      <OverwrittenNotice {...shown} fields={overwritten} />
    </>
  );
}
