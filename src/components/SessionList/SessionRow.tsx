import { Fragment, memo, useId } from "react";

import type { Participant, Session } from "../../api/schemas.ts";
import type { SessionStatus } from "../../domain/lifecycle.ts";
import { trustedPictureUrl } from "../../domain/links.ts";
import { guests, hosts, shownName } from "../../domain/roles.ts";
import { minutesBetween } from "../../domain/wallClock.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";
import { focusClicked } from "../../provider/dom.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { spoken } from "../../ui/spoken.ts";
import { StatusBadge } from "../../ui/StatusBadge.tsx";
import type { SessionListMessages } from "./messages.ts";

const soon = 15;

interface SessionRowProps {
  session: Session;
  status: SessionStatus;
  /** Minutes to the start, to the end, or since the end. `undefined` if they are not shown. */
  minutes: number | undefined;
  /** Whether the session has a duplicate. */
  isDuplicate: boolean;
  isCurrent: boolean;
  onOpen: ((session: Session) => void) | undefined;
  text: SessionListMessages;
}

export const SessionRow = memo(function SessionRow({
  session,
  status,
  minutes,
  isDuplicate,
  isCurrent,
  onOpen,
  text,
}: SessionRowProps) {
  const { pictureHosts } = useCoviuSettings();
  const format = useFormat();
  const { start_time, end_time, participants } = session;
  const people = guests(participants);
  const hosting = hosts(participants);
  const [host] = hosting;
  const name = shownName(session.session_name) ?? text.untitled;
  const id = useId();
  const isOpen = status === "scheduled" || status === "active";
  const showsDuplicate = isDuplicate && isOpen;
  return (
    <li className="coviu-session-row" data-state={status}>
      <div id={id}>
        <time className="coviu-session-time" dateTime={start_time} translate="no">
          <bdi>{format.time(start_time)}</bdi>
        </time>
        <span className="coviu-hint">{text.duration(minutesBetween(start_time, end_time))}</span>
      </div>
      <div>
        {onOpen ? (
          <button
            type="button"
            className="coviu-session-open"
            aria-current={isCurrent ? "true" : undefined}
            aria-describedby={`${id} ${id}people ${id}host ${id}end${showsDuplicate ? ` ${id}duplicate` : ""}`}
            // With Shift+Tab the row may be under the sticky heading of its day.
            onFocus={({ currentTarget }) => currentTarget.scrollIntoView?.({ block: "nearest" })}
            onClick={(event) => {
              focusClicked(event);
              onOpen(session);
            }}
          >
            <bdi translate="no">{name}</bdi>
          </button>
        ) : (
          <bdi className="coviu-strong" translate="no">
            {name}
          </bdi>
        )}
        <div className="coviu-hint" id={`${id}people`}>
          {isOpen && participants && !people.length ? (
            <Notice shape="line" tone="warning">
              {text.noGuests}
            </Notice>
          ) : (
            <Names people={people} text={text} />
          )}
        </div>
        {showsDuplicate && (
          <div className="coviu-hint">
            <Notice id={`${id}duplicate`} shape="line" tone="warning">
              {text.duplicate}
            </Notice>
          </div>
        )}
      </div>
      <div className="coviu-session-host">
        {host && (
          <Avatar
            name={shownName(host.display_name) ?? ""}
            picture={trustedPictureUrl(host.picture, pictureHosts)}
            role="host"
            size="small"
          />
        )}
        <span id={`${id}host`}>
          {host ? (
            <>
              {/* Sighted users see the icon beside it. */}
              <span {...spoken}>{text.hostedBy}</span> <Names people={hosting} most={1} text={text} />
            </>
          ) : (
            participants && text.noHost
          )}
        </span>
      </div>
      <div className="coviu-session-end" id={`${id}end`}>
        {status === "canceled" && <StatusBadge state={status}>{text.canceled}</StatusBadge>}
        {minutes !== undefined && status === "active" && (
          <StatusBadge state={status}>{text.timeLeft(minutes)}</StatusBadge>
        )}
        {minutes !== undefined && status === "scheduled" && (
          <span className={minutes < soon ? "coviu-soon" : "coviu-hint"}>{text.startsIn(minutes)}</span>
        )}
        {minutes !== undefined && status === "ended" && <span className="coviu-hint">{text.endedAgo(minutes)}</span>}
      </div>
    </li>
  );
});

/** The first names, and the number of the others. */
function Names({ people, most = 3, text }: { people: Participant[]; most?: number; text: SessionListMessages }) {
  const shown = people.slice(0, most);
  const others = people.length - shown.length;
  return (
    <>
      {shown.map((person, index) => (
        <Fragment key={person.participant_id}>
          {/* In an element: React could not remove a bare text that a translator has replaced. */}
          {index > 0 && <span translate="no">{text.separator}</span>}
          <bdi translate="no">{shownName(person.display_name) ?? text.unnamed}</bdi>
        </Fragment>
      ))}
      {others > 0 && (
        <span translate="no">
          {text.separator}
          {text.others(others)}
        </span>
      )}
    </>
  );
}
