import { useId } from "react";

import type { Session } from "../../api/schemas.ts";
import type { SessionRules, SessionStatus } from "../../domain/lifecycle.ts";
import { trustedEntryUrl } from "../../domain/links.ts";
import { presentPeople, shownName } from "../../domain/roles.ts";
import { useEntryUrls } from "../../hooks/useEntryUrls.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { blockedProps } from "../../ui/sessionReplay.ts";
import type { SessionDetailsMessages } from "./messages.ts";

interface SessionActionsProps {
  session: Session;
  status: SessionStatus;
  rules: SessionRules;
  joinAs: string | undefined;
  onReschedule: () => void;
  onCancel: () => void;
  onBookAgain: ((session: Session) => void) | undefined;
  text: SessionDetailsMessages;
}

/** Buttons for a session. A disabled one has its reason below. */
export function SessionActions({
  session,
  status,
  rules,
  joinAs,
  onReschedule,
  onCancel,
  onBookAgain,
  text,
}: SessionActionsProps) {
  const { entryUrlHosts } = useCoviuSettings();
  const format = useFormat();
  const entryUrls = useEntryUrls();
  const why = useId();
  const start = format.time(session.start_time);
  const end = format.time(session.end_time);
  const name = shownName(session.session_name) ?? text.untitled;
  const me = joinAs ? presentPeople(session.participants).find(({ state }) => state === joinAs) : undefined;
  const isGiven = entryUrls.onDemand && me && !me.entry_url;
  const entry = isGiven ? entryUrls.joinUrl(me.participant_id) : trustedEntryUrl(me?.entry_url, entryUrlHosts);
  const isOver = status === "ended" || status === "canceled";

  const reasons = {
    scheduled: entry && text.joinLater(start),
    active: text.cannotCancel(end),
    ended: [text.cannotMove, onBookAgain && text.bookInstead].filter(Boolean).join(" "),
    canceled: onBookAgain ? text.joinCanceled : text.joinCanceledForGood,
  };

  return (
    <>
      <div className="coviu-row">
        {entry && !isOver && (
          <JoinLink entry={entry} isOpen={rules.join.allowed} reason={why} name={name} text={text} />
        )}
        {isOver && onBookAgain && (
          <Button variant="primary" icon="refresh" onClick={() => onBookAgain(session)}>
            {text.bookAgain}
          </Button>
        )}
        {status !== "canceled" && (
          <Button onClick={onReschedule} reason={rules.edit.allowed ? undefined : why}>
            {status === "active" ? text.changeEnd : text.reschedule}
          </Button>
        )}
        {!isOver && (
          <Button
            onClick={onCancel}
            tone={rules.cancel.allowed ? "danger" : undefined}
            reason={rules.cancel.allowed ? undefined : why}
          >
            {text.cancel}
          </Button>
        )}
      </div>
      {reasons[status] && (
        <p className="coviu-hint" id={why}>
          {renderIsolated(reasons[status], [start, end])}
        </p>
      )}
    </>
  );
}

interface JoinLinkProps {
  entry: string;
  isOpen: boolean;
  /** Id of the sentence with the time from which the link works. */
  reason: string;
  name: string;
  text: SessionDetailsMessages;
}

/** Link to the session. The same element before and after the start, so that a waiting keyboard user keeps the focus. */
function JoinLink({ entry, isOpen, reason, name, text }: JoinLinkProps) {
  const target = isOpen
    ? { href: entry, target: "_blank", rel: "noopener noreferrer", "data-variant": "primary" }
    : { role: "link", tabIndex: 0, "aria-disabled": true, "aria-describedby": reason };
  return (
    <a {...blockedProps("coviu-button")} {...target} aria-label={text.joinName(name)}>
      <Icon name="video" />
      {text.join}
    </a>
  );
}
