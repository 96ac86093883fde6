import { memo, useMemo, useState } from "react";

import type { Session, SessionPage } from "../../../src/api/schemas.ts";
import {
  createPeerTable,
  dayOf,
  EndCell,
  HostCell,
  NameCell,
  namesOf,
  SearchField,
  TimeCell,
  useReadSessions,
} from "./cells.tsx";
import type { SessionTable } from "./sessions.ts";

const rowHeight = 58;
const height = 800;
const overscan = 5;

const Row = memo(function Row({ session }: { session: Session }) {
  return (
    <div className="coviu-session-row" style={{ height: rowHeight }}>
      <TimeCell session={session} />
      <NameCell session={session} />
      <HostCell session={session} />
      <EndCell session={session} />
    </div>
  );
});

function List() {
  const sessions = useReadSessions();
  const [search, setSearch] = useState("");
  const [top, setTop] = useState(0);
  const sorted = useMemo(
    () =>
      sessions
        .map((session) => ({ session, start: Date.parse(session.start_time), names: namesOf(session).toLowerCase() }))
        .toSorted((a, b) => a.start - b.start),
    [sessions],
  );
  const found = useMemo(() => {
    const text = search.toLowerCase();
    return text ? sorted.filter(({ names }) => names.includes(text)) : sorted;
  }, [sorted, search]);
  const first = Math.max(0, Math.floor(top / rowHeight) - overscan);
  const shown = found.slice(first, Math.ceil((top + height) / rowHeight) + overscan);
  return (
    <div className="coviu coviu-session-list">
      <SearchField value={search} onChange={setSearch} />
      <p className="coviu-hint">{found.length} sessions</p>
      {shown[0] && <h2 className="coviu-day-heading">{dayOf(shown[0].session)}</h2>}
      <div style={{ height, overflow: "auto" }} onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}>
        <div style={{ height: found.length * rowHeight, paddingTop: first * rowHeight, boxSizing: "border-box" }}>
          {shown.map(({ session }) => (
            <Row key={session.session_id} session={session} />
          ))}
        </div>
      </div>
    </div>
  );
}

/** A window over rows of one height, written by hand. */
export function createTable(pages: SessionPage[]): SessionTable {
  return createPeerTable(pages, List);
}
