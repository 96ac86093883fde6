// Data and cells of the two other lists. They show the same content as `SessionList`, with its style sheet.
import { type InfiniteData, QueryClient, QueryClientProvider, useInfiniteQuery } from "@tanstack/react-query";
import { type ComponentType, useMemo } from "react";
import { createRoot } from "react-dom/client";

import type { Participant, Session, SessionPage } from "../../../src/api/schemas.ts";
import { locale, now, type SessionTable, timeZone, withName } from "./sessions.ts";

const queryKey = ["sessions"];
const time = new Intl.DateTimeFormat(locale, { timeStyle: "short", timeZone });
const day = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone });

function createPeerClient(pages: SessionPage[]): QueryClient {
  const queryClient = new QueryClient();
  queryClient.setQueryData<InfiniteData<SessionPage>>(queryKey, { pages, pageParams: pages.map((_, page) => page) });
  return queryClient;
}

function changeName(queryClient: QueryClient, name: string): void {
  queryClient.setQueryData<InfiniteData<SessionPage>>(
    queryKey,
    (data) => data && { ...data, pages: withName(data.pages, name) },
  );
}

export function useReadSessions(): Session[] {
  const { data } = useInfiniteQuery<SessionPage>({
    queryKey,
    queryFn: () => Promise.reject(new Error("All sessions are in memory.")),
    initialPageParam: 0,
    getNextPageParam: ({ more }, pages) => (more ? pages.length : undefined),
    staleTime: Infinity,
  });
  return useMemo(() => data?.pages.flatMap(({ content }) => content) ?? [], [data]);
}

export function namesOf({ session_name = "", participants = [] }: Session): string {
  return [session_name, ...participants.map(({ display_name }) => display_name)].join(" ");
}

export function dayOf({ start_time }: Session): string {
  return day.format(Date.parse(start_time));
}

export function TimeCell({ session: { start_time, end_time } }: { session: Session }) {
  return (
    <div>
      <time className="coviu-session-time" dateTime={start_time}>
        {time.format(Date.parse(start_time))}
      </time>
      <span className="coviu-hint">{minutesBetween(start_time, end_time)} min</span>
    </div>
  );
}

export function NameCell({ session }: { session: Session }) {
  return (
    <div>
      <button type="button" className="coviu-session-open" onClick={() => location.assign(`#${session.session_id}`)}>
        {session.session_name}
      </button>
      <div className="coviu-hint">{withRole(session, "GUEST").join(", ")}</div>
    </div>
  );
}

export function HostCell({ session }: { session: Session }) {
  const [host = ""] = withRole(session, "HOST");
  const initials = host
    .split(" ")
    .map((word) => word[0])
    .join("");
  return (
    <div className="coviu-session-host">
      <span className="coviu-avatar" data-role="host" data-size="small" aria-hidden="true">
        {initials}
      </span>
      <span>{host}</span>
    </div>
  );
}

export function EndCell({ session: { start_time } }: { session: Session }) {
  const minutes = minutesBetween(now, start_time);
  return (
    <div className="coviu-session-end">
      {minutes <= 720 && (
        <span className="coviu-hint">
          in {minutes >= 60 && `${Math.floor(minutes / 60)} h `}
          {minutes % 60} min
        </span>
      )}
    </div>
  );
}

export function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <div className="coviu-filters">
      <input
        className="coviu-input"
        type="search"
        aria-label="Search names"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

function withRole({ participants = [] }: Session, role: Participant["role"]): (string | undefined)[] {
  return participants.filter((person) => person.role === role).map(({ display_name }) => display_name);
}

function minutesBetween(start: string | Date, end: string): number {
  return Math.round((Date.parse(end) - new Date(start).getTime()) / 60_000);
}

/** Mounts a list with the query client of a peer. */
export function createPeerTable(pages: SessionPage[], List: ComponentType): SessionTable {
  const queryClient = createPeerClient(pages);
  return {
    mount: (root) =>
      createRoot(root).render(
        <QueryClientProvider client={queryClient}>
          <List />
        </QueryClientProvider>,
      ),
    change: (name) => changeName(queryClient, name),
  };
}
