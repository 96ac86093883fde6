import { memo } from "react";

import type { Session } from "../../api/schemas.ts";
import type { SessionStatus } from "../../domain/lifecycle.ts";
import { dayOf } from "../../domain/wallClock.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { StatusBadge } from "../../ui/StatusBadge.tsx";
import { maxCountdownMinutes, minutesUntil } from "../time/countdown.ts";
import type { daysAround } from "./filters.ts";
import type { SessionListMessages } from "./messages.ts";
import type { ShownGroup } from "./rowPages.ts";
import { SessionRow } from "./SessionRow.tsx";
import type { UseSessionListResult } from "./useSessionList.ts";

interface DayGroupProps {
  group: ShownGroup;
  now: Date;
  /** Names of the days close to now. */
  dayNames: ReturnType<typeof daysAround>;
  /** Id of the heading. */
  id: string;
  level: 2 | 3;
  /** Whether all sessions of the day have been read, so that they can be counted. */
  isWhole: boolean;
  isDuplicate: UseSessionListResult["isDuplicate"];
  selectedId: string | undefined;
  onOpen: ((session: Session) => void) | undefined;
  text: SessionListMessages;
}

export const DayGroup = memo(function DayGroup({
  group: { day, sessions, count },
  now,
  dayNames,
  id,
  level,
  isWhole,
  isDuplicate,
  selectedId,
  onOpen,
  text,
}: DayGroupProps) {
  const format = useFormat();
  const Heading = `h${level}` as const;
  const [first] = sessions;
  const name = dayNames.get(day);
  const isOtherYear = !day.startsWith(dayOf(now, format.timeZone).slice(0, 4));
  const date = first && format.day(first.session.start_time, isOtherYear);
  return (
    <section aria-labelledby={id}>
      <Heading className="coviu-day-heading" id={id}>
        {day === "now" ? (
          <StatusBadge state="active">{text.now}</StatusBadge>
        ) : (
          <>
            {name && (
              <>
                <span>{text[name]}</span>{" "}
              </>
            )}
            <bdi className={name && "coviu-hint"} translate="no">
              {date}
            </bdi>
          </>
        )}{" "}
        <span className="coviu-hint">{isWhole && text.inGroup(count)}</span>
      </Heading>
      <ul className="coviu-sessions">
        {sessions.map(({ session, status }) => (
          <SessionRow
            key={session.session_id}
            session={session}
            status={status}
            minutes={shownMinutes(session, status, now)}
            isDuplicate={isDuplicate(session)}
            isCurrent={session.session_id === selectedId}
            onOpen={onOpen}
            text={text}
          />
        ))}
      </ul>
    </section>
  );
});

/** Minutes that a row shows: to the start, to the end, or since the end. `undefined` if the time is too long to be counted in minutes. */
function shownMinutes({ start_time, end_time }: Session, status: SessionStatus, now: Date): number | undefined {
  if (status === "canceled") return undefined;
  const minutes = status === "scheduled" ? minutesUntil(start_time, now) : Math.abs(minutesUntil(end_time, now));
  return status === "active" || minutes <= maxCountdownMinutes ? minutes : undefined;
}
