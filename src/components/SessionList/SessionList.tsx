import { type ComponentPropsWithoutRef, forwardRef, useId, useRef } from "react";

import type { Session } from "../../api/schemas.ts";
import { formatTime } from "../../domain/formatTime.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { classes } from "../../ui/classes.ts";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { useRetry } from "../../ui/useRetry.ts";
import { FailureNotice } from "../Failure/FailureNotice.tsx";
import { DayGroup } from "./DayGroup.tsx";
import { ListFilters } from "./ListFilters.tsx";
import { sessionListMessages, type SessionListMessages } from "./messages.ts";
import { NoSessions } from "./NoSessions.tsx";
import { useLoadMore } from "./useLoadMore.ts";
import { useQuiet } from "./useQuiet.ts";
import { type SessionListOptions, useSessionList } from "./useSessionList.ts";
import { ViewTabs } from "./ViewTabs.tsx";

export interface SessionListProps
  extends Omit<ComponentPropsWithoutRef<"div">, "onSelect" | "children">, SessionListOptions {
  /** The session that is open elsewhere on the screen. */
  selectedId?: string | undefined;
  onSelect?: ((session: Session) => void) | undefined;
  /** Level of the headings over the days; 2 by default. */
  headingLevel?: 2 | 3 | undefined;
  messages?: Partial<SessionListMessages> | undefined;
}

const staleAfter = 5;

/** Sessions by day: upcoming, active, past or canceled, by person, dates and order, page after page. */
export const SessionList = forwardRef<HTMLDivElement, SessionListProps>(function SessionList(
  { selectedId, onSelect, people, defaultView, headingLevel = 2, messages, className, ...props },
  ref,
) {
  const text = useMessages("sessionList", sessionListMessages, messages);
  const { locale, timeZone } = useCoviu();
  const list = useSessionList({ people, defaultView });
  const { query, filters, search, groups, count, active, now } = list;
  const { view } = filters;
  const id = useId();
  const searchField = useRef<HTMLInputElement>(null);
  const { panel, button, loadMore } = useLoadMore(list);
  const { error, retry } = useRetry(query, panel);

  const complete = !query.hasNextPage;
  const isWaiting = !now || query.isPending || (query.isPlaceholderData && !count);
  const state = error !== undefined && !query.data ? "error" : isWaiting ? "pending" : count ? "ready" : "empty";
  const summary = text.count({ view, count, complete });
  // Rows of the filters before have no age of their own.
  const age = query.isPlaceholderData ? 0 : minutesSince(query.dataUpdatedAt);
  const readAt = now && formatTime(new Date(now.getTime() - age * 60_000), { locale, timeZone });
  const stale = readAt && age >= staleAfter && text.stale({ minutes: age, time: readAt });
  const spoken = useQuiet(state === "pending" ? text.loading : state === "error" ? "" : summary);
  const isWhole = complete && !search;
  const counts =
    isWhole && (state === "ready" || state === "empty")
      ? { ...(view === "upcoming" && { active }), [view]: count }
      : {};

  function refresh() {
    void query.refetch();
  }

  return (
    <div ref={ref} {...props} className={classes("coviu coviu-session-list", className)} data-state={state}>
      <ViewTabs
        view={view}
        onChange={(next) => list.change({ view: next })}
        counts={counts}
        id={id}
        panelId={`${id}panel`}
        label={text.label}
        names={text.views}
      />
      <div
        ref={panel}
        id={`${id}panel`}
        role="tabpanel"
        tabIndex={-1}
        aria-labelledby={`${id}${view}`}
        aria-busy={query.isFetching && query.isPlaceholderData}
      >
        <ListFilters ref={searchField} list={list} text={text} />
        <LiveStatus>{spoken}</LiveStatus>
        {state === "error" && (
          <div className="coviu-section">
            <FailureNotice error={error} retrying={query.isFetching} onRetry={retry} />
          </div>
        )}
        {state === "pending" && <SkeletonRows rows={6} kind="session" />}
        {(state === "ready" || state === "empty") && (
          <div className="coviu-summary">
            <p className="coviu-hint">{summary}</p>
            {query.isRefetchError ? (
              <FailureNotice error={error} readAt={query.dataUpdatedAt} retrying={query.isRefetching} onRetry={retry} />
            ) : stale ? (
              <div className="coviu-row">
                <Notice shape="line" tone="warning">
                  {stale}
                </Notice>
                <Button size="small" busy={query.isRefetching} icon="refresh" onClick={refresh}>
                  {text.refresh}
                </Button>
              </div>
            ) : (
              <p className="coviu-hint">{text.updated(age)}</p>
            )}
          </div>
        )}
        {state === "empty" && (
          <NoSessions list={list} level={headingLevel} onCleared={() => searchField.current?.focus()} text={text} />
        )}
        {now &&
          groups.map((group, index) => (
            <DayGroup
              key={group.day}
              group={group}
              now={now}
              id={`${id}day${index}`}
              level={headingLevel}
              isWhole={complete || index < groups.length - 1}
              selectedId={selectedId}
              onOpen={onSelect}
              text={text}
            />
          ))}
        {query.hasNextPage && !isWaiting && (
          <div className="coviu-more">
            {query.isFetchNextPageError && <FailureNotice error={query.error} />}
            <Button ref={button} busy={query.isFetchingNextPage} onClick={loadMore}>
              {text.more}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
});

/** How old an answer is by the clock that stamped it, the browser's. */
function minutesSince(time: number): number {
  return Math.max(0, Math.floor((Date.now() - time) / 60_000));
}
