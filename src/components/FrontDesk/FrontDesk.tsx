import { type ComponentPropsWithoutRef, forwardRef, type ReactNode, useEffect, useRef } from "react";

import type { Session } from "../../api/schemas.ts";
import { presentPeople, shownName } from "../../domain/roles.ts";
import { type CoviuFormat, useFormat } from "../../hooks/useFormat.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { announce } from "../../ui/announcer.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { maskedProps } from "../../ui/sessionReplay.ts";
import { ConnectionBanner } from "../ConnectionBanner/ConnectionBanner.tsx";
import { PendingWrites } from "../PendingWrites/PendingWrites.tsx";
import type { ListedPerson } from "../person/listedPerson.ts";
import { SessionDetails } from "../SessionDetails/SessionDetails.tsx";
import type { SessionView } from "../SessionList/filters.ts";
import { SessionList } from "../SessionList/SessionList.tsx";
import { SessionSchedulerDialog } from "../SessionScheduler/SessionSchedulerDialog.tsx";
import { frontDeskMessages, type FrontDeskMessages } from "./messages.ts";
import { useFrontDesk } from "./useFrontDesk.ts";

export interface FrontDeskProps extends Omit<ComponentPropsWithoutRef<"section">, "children"> {
  /** The `state` of the user. *Join* leads only to their own entry. @default no *Join* */
  joinAs?: string | undefined;
  /** Host that a new session starts with, such as the clinician who is signed in. */
  host?: ListedPerson | undefined;
  /** People to filter the list by. @default the hosts of the sessions that are read and have a `state` */
  people?: readonly ListedPerson[] | undefined;
  /** View at the start. @default "upcoming" */
  defaultView?: SessionView | undefined;
  /** Opens your sign-in. Called when the sign-in is lost and the user asks for it. */
  onSignIn?: (() => void) | undefined;
  /** Level of the heading with the day. @default 1 */
  headingLevel?: 1 | 2 | undefined;
  /** Texts in place of those of the provider. @default the texts of the provider, else English ones */
  messages?: Partial<FrontDeskMessages> | undefined;
}

/**
 * The whole screen of a front desk: the day, the list of sessions, the details of one, and booking.
 *
 * @example
 *   <FrontDesk joinAs="dr-lee" onSignIn={() => window.open("/sign-in")} />
 */
export const FrontDesk = forwardRef<HTMLElement, FrontDeskProps>(function FrontDesk(
  { joinAs, host, people, defaultView, onSignIn, headingLevel = 1, messages, className, ...props },
  ref,
) {
  const text = useMessages("frontDesk", frontDeskMessages, messages);
  const format = useFormat();
  const desk = useFrontDesk();
  const { now, selectedId, pane, booked } = desk;
  const list = useRef<HTMLDivElement>(null);
  const details = useRef<HTMLElement>(null);
  const opening = useRef<string>(undefined);
  const Heading = `h${headingLevel}` as const;
  const level = headingLevel === 1 ? 2 : 3;

  useEffect(() => {
    if (!selectedId || !list.current) return;
    if (pane === "list") {
      focusFirst(list.current, "[aria-current=true]", "[role=tab][aria-selected=true]");
    } else if (booked?.session_id === selectedId || getComputedStyle(list.current).display === "none") {
      // With list and details side by side the focus stays on the row, so that the next row can be reached by keyboard.
      focusFirst(details.current, headings);
    } else if (opening.current) {
      announce(list.current, text.opened(opening.current));
    }
    opening.current = undefined;
  }, [pane, selectedId, booked, text]);

  /** Selects a session. The details get the focus if it is selected already. */
  function open(session: Session) {
    if (pane === "details" && session.session_id === selectedId) focusFirst(details.current, headings);
    else {
      opening.current = shownName(session.session_name) ?? text.untitled;
      desk.select(session);
    }
  }

  function dismiss() {
    desk.dismiss();
    focusFirst(details.current, headings);
  }

  return (
    <section
      ref={ref}
      aria-label={text.label}
      {...maskedProps("coviu-front-desk", className)}
      {...props}
      data-state={now ? "ready" : "pending"}
    >
      <ConnectionBanner onSignIn={onSignIn} />
      <header className="coviu-bar">
        <div className="coviu-bar-title">
          <Heading className="coviu-title">
            {now ? <bdi translate="no">{format.day(now, true)}</bdi> : text.label}
          </Heading>
          {now && (
            <p className="coviu-hint" translate="no">
              {text.clock({ time: format.time(now), ...format.zone(now) })}
            </p>
          )}
        </div>
        <div className="coviu-row">
          {/* A new button with each booking: the closing dialog finds its opener gone and leaves the focus on the session. */}
          <Button key={booked?.session_id} variant="primary" icon="plus" onClick={() => desk.book()}>
            {text.book}
          </Button>
        </div>
      </header>
      <LiveStatus visible>
        {booked && (
          <Notice
            tone="success"
            title={text.booked}
            actions={
              <>
                <Button
                  size="small"
                  onClick={() => (pane === "details" ? focusFirst(details.current, ...links) : desk.select(booked))}
                >
                  {text.showLinks}
                </Button>
                <Button size="small" variant="quiet" onClick={dismiss}>
                  {text.dismiss}
                </Button>
              </>
            }
          >
            {bookedBody(booked, text, format)}
          </Notice>
        )}
      </LiveStatus>
      <PendingWrites onShow={desk.select} />
      <div className="coviu-panes" data-view={pane}>
        <SessionList
          ref={list}
          people={people}
          defaultView={defaultView}
          selectedId={selectedId}
          onSelect={open}
          headingLevel={level}
        />
        {selectedId ? (
          <SessionDetails
            key={selectedId}
            ref={details}
            sessionId={selectedId}
            joinAs={joinAs}
            headingLevel={level}
            onBack={desk.back}
            onBookAgain={desk.book}
          />
        ) : (
          <div className="coviu-session-details" data-state="empty">
            <div className="coviu-empty">
              <Icon name="calendar" />
              <p className="coviu-strong">{text.choose}</p>
              <p className="coviu-hint">{text.chooseHint}</p>
            </div>
          </div>
        )}
      </div>
      <SessionSchedulerDialog
        open={desk.isBooking}
        onOpenChange={desk.setBooking}
        copyOf={desk.copyOf}
        host={host}
        onScheduled={desk.scheduled}
      />
    </section>
  );
});

function bookedBody({ start_time, participants }: Session, text: FrontDeskMessages, format: CoviuFormat): ReactNode {
  const [day, time] = [format.day(start_time), format.time(start_time)];
  const { city } = format.zone(start_time);
  return renderIsolated(text.bookedBody({ day, time, city, links: presentPeople(participants).length }), [day, time]);
}

const headings = "h2, h3";
const links = [".coviu-entry-link button", ".coviu-participant-list button"];

/** Focuses the first element that exists. */
function focusFirst(within: HTMLElement | null, ...selectors: string[]): void {
  for (const selector of selectors) {
    const found = within?.querySelector<HTMLElement>(selector);
    if (found) return found.focus();
  }
}
