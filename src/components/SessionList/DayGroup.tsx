import type { Session } from "../../api/schemas.ts";
import { dayOf } from "../../domain/wallClock.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { StatusBadge } from "../../ui/StatusBadge.tsx";
import { minutesUntil } from "../time/countdown.ts";
import { dayName } from "./filters.ts";
import type { SessionListMessages } from "./messages.ts";
import type { ShownGroup } from "./rowPages.ts";
import { SessionRow } from "./SessionRow.tsx";

interface DayGroupProps {
  group: ShownGroup;
  now: Date;
  /** Id of the heading. */
  id: string;
  level: 2 | 3;
  /** Whether every session of the day is there to be counted. */
  isWhole: boolean;
  /** Those that seem to be booked twice. */
  duplicates: ReadonlySet<Session>;
  selectedId: string | undefined;
  onOpen: ((session: Session) => void) | undefined;
  text: SessionListMessages;
}

export function DayGroup({
  group: { day, sessions, count },
  now,
  id,
  level,
  isWhole,
  duplicates,
  selectedId,
  onOpen,
  text,
}: DayGroupProps) {
  const format = useFormat();
  const Heading = `h${level}` as const;
  const [first] = sessions;
  const name = dayName(day, now, format.timeZone);
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
            minutes={
              status === "scheduled"
                ? minutesUntil(session.start_time, now)
                : Math.abs(minutesUntil(session.end_time, now))
            }
            isDuplicate={duplicates.has(session)}
            isCurrent={session.session_id === selectedId}
            onOpen={onOpen}
            text={text}
          />
        ))}
      </ul>
    </section>
  );
}
