import type { ReactNode } from "react";

import type { Session } from "../../api/schemas.ts";
import type { SessionStatus } from "../../domain/lifecycle.ts";
import { dayOf } from "../../domain/wallClock.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { StatusBadge } from "../../ui/StatusBadge.tsx";
import { countdown } from "../time/countdown.ts";
import type { SessionDetailsMessages } from "./messages.ts";

interface StatusBarProps {
  session: Session;
  status: SessionStatus;
  now: Date;
  text: SessionDetailsMessages;
}

/** Status of a session, with the time until its next change or since its last one. */
export function StatusBar({ session, status, now, text }: StatusBarProps) {
  const format = useFormat();
  const { timeZone } = format;
  return (
    <div className="coviu-status" data-state={status}>
      <StatusBadge state={status}>{text.statuses[status]}</StatusBadge>
      <span className="coviu-countdown">{session.canceled_time ? canceledAt(session.canceled_time) : counted()}</span>
    </div>
  );

  function counted(): string | undefined {
    const remaining = countdown(session, status, now, timeZone);
    if (!remaining) return undefined;
    return "days" in remaining ? text[remaining.kind](remaining.days) : text[remaining.kind](remaining.minutes);
  }

  function canceledAt(instant: string): ReactNode {
    const day = dayOf(instant, timeZone) === dayOf(now, timeZone) ? undefined : format.day(instant);
    const time = format.time(instant);
    return renderIsolated(text.canceledAt({ time, day }), [time, day]);
  }
}
