import { type ComponentPropsWithoutRef, forwardRef, useCallback, useEffect, useId, useMemo, useRef } from "react";

import type { Session } from "../../api/schemas.ts";
import { shownName } from "../../domain/roles.ts";
import { useDebouncedValue } from "../../hooks/useDebouncedValue.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { Button } from "../../ui/Button.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { maskedProps } from "../../ui/sessionReplay.ts";
import { SkeletonRows } from "../../ui/Skeleton.tsx";
import { useRetry } from "../../ui/useRetry.ts";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import { minutesSince } from "../time/useAge.ts";
import { DayGroup } from "./DayGroup.tsx";
import { daysAround } from "./filters.ts";
import { ListFilters } from "./ListFilters.tsx";
import { ListPages } from "./ListPages.tsx";
import { sessionListMessages, type SessionListMessages } from "./messages.ts";
import { NoSessions } from "./NoSessions.tsx";
import { useIsNextPageError } from "./useIsNextPageError.ts";
import { useRowPages } from "./useRowPages.ts";
import { type SessionListOptions, useSessionList } from "./useSessionList.ts";
import { ViewTabs } from "./ViewTabs.tsx";

export interface SessionListProps
  extends Omit<ComponentPropsWithoutRef<"div">, "onSelect" | "children">, SessionListOptions {
  /** Id of the session that is shown elsewhere on the screen. */
  selectedId?: string | undefined;
  /** Called with the session whose row the user chooses. */
  onSelect?: ((session: Session) => void) | undefined;
  /** Level of the headings with the days. @default 2 */
  headingLevel?: 2 | 3 | undefined;
  /** Texts in place of those of the provider. @default the texts of the provider, else English ones */
  messages?: Partial<SessionListMessages> | undefined;
}

const staleAfter = 5;

/** Sessions by day: upcoming, active, past or canceled, by person, dates and order, page after page. */
export const SessionList = forwardRef<HTMLDivElement, SessionListProps>(function SessionList(
  { selectedId, onSelect, people, defaultView, headingLevel = 2, messages, className, ...props },
  ref,
) {
  const text = useMessages("sessionList", sessionListMessages, messages);
  const format = useFormat();
  const list = useRowPages(useSessionList({ people, defaultView }), selectedId);
  const { query, filters, search, groups, count, now, isStuck, panel, button, forward, shown, from, to } = list;
  const { view } = filters;
  const id = useId();
  const searchField = useRef<HTMLInputElement>(null);
  const { error, retry } = useRetry(query, panel);
  const isNextPageError = useIsNextPageError(query);

  const complete = !query.hasNextPage && !query.isPlaceholderData && !isStuck;
  const isWaiting = !now || query.isPending || (query.isPlaceholderData && !count);
  const state = error !== undefined && !query.data ? "error" : isWaiting ? "pending" : count ? "ready" : "empty";
  const summary = text.count({ view, count, complete });
  const isLast = to >= count;
  const position = from > 0 || !isLast ? text.shown({ from: from + 1, to, count }) : undefined;
  // Rows of the previous filters have no age.
  const age = now && !query.isPlaceholderData ? minutesSince(query.dataUpdatedAt) : 0;
  const readAt = now && format.time(new Date(now.getTime() - age * 60_000));
  const stale = readAt && age >= staleAfter && text.stale({ minutes: age, time: readAt });
  const facts = [summary, from > 0 && position, isStuck && text.incomplete.title].filter(Boolean).join(". ");
  const announcement = state === "pending" ? text.loading : state === "error" ? "" : facts;
  const soon = list.starting.map(({ minutes, sessions }) =>
    text.startsSoon({ minutes, names: sessions.map(({ session_name }) => shownName(session_name) ?? text.untitled) }),
  );
  const { timeZone } = format;
  const dayNames = useMemo(() => now && daysAround(now, timeZone), [now, timeZone]);
  const isWhole = complete && !search;
  const counts =
    isWhole && (state === "ready" || state === "empty")
      ? { ...(view === "upcoming" && { active: list.active }), [view]: count }
      : {};

  // Rows are rendered again only if their session changes, also in an app that passes a new function each time.
  const latestOnSelect = useRef(onSelect);
  useEffect(() => {
    latestOnSelect.current = onSelect;
  });
  const open = useCallback((session: Session) => latestOnSelect.current?.(session), []);

  function refresh() {
    void query.refetch();
  }

  return (
    <div ref={ref} {...maskedProps("coviu-session-list", className)} {...props} data-state={state}>
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
        className="coviu-session-panel"
        aria-labelledby={`${id}${view}`}
        aria-busy={query.isFetching && query.isPlaceholderData}
        {...list.handlers}
      >
        <ListFilters ref={searchField} list={list} text={text} />
        <DebouncedStatus text={announcement} />
        <LiveStatus>{soon.join(". ")}</LiveStatus>
        {state === "error" && (
          <div className="coviu-section">
            <InlineFailure error={error} retrying={query.isFetching} onRetry={retry} />
          </div>
        )}
        {state === "pending" && <SkeletonRows rows={6} kind="session" />}
        {(state === "ready" || state === "empty") && (
          <div className="coviu-summary">
            <p className="coviu-hint">{summary}</p>
            {position && <ListPages list={list} position={position} text={text} />}
            {error !== undefined && !isNextPageError ? (
              <InlineFailure error={error} readAt={query.dataUpdatedAt} retrying={query.isRefetching} onRetry={retry} />
            ) : stale ? (
              <div className="coviu-row">
                <Notice shape="line" tone="warning">
                  {renderIsolated(stale, [readAt])}
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
        {isStuck && (
          <div className="coviu-section">
            <Notice
              tone="warning"
              title={text.incomplete.title}
              actions={
                <Button size="small" busy={query.isRefetching} icon="refresh" onClick={refresh}>
                  {text.refresh}
                </Button>
              }
            >
              {text.incomplete.body}
            </Notice>
          </div>
        )}
        {state === "empty" && (
          <NoSessions
            list={list}
            level={headingLevel}
            complete={complete}
            onCleared={() => searchField.current?.focus()}
            text={text}
          />
        )}
        {now &&
          dayNames &&
          shown.map((group, index) => (
            <DayGroup
              key={group.day}
              group={group}
              now={now}
              dayNames={dayNames}
              id={`${id}day${index}`}
              level={headingLevel}
              isWhole={complete || group.day !== groups.at(-1)?.day}
              isDuplicate={list.isDuplicate}
              selectedId={selectedId}
              onOpen={onSelect && open}
              text={text}
            />
          ))}
        {!isWaiting && (!isLast || query.hasNextPage) && (
          <div className="coviu-more">
            {isLast && isNextPageError && <InlineFailure error={query.error} />}
            <Button ref={button} busy={isLast && query.isFetchingNextPage} onClick={forward}>
              {isLast ? text.more : text.next}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
});

/** Announces a text once it has settled. A separate component, so that the list is not rendered again. */
function DebouncedStatus({ text }: { text: string }) {
  return <LiveStatus>{useDebouncedValue(text)}</LiveStatus>;
}
