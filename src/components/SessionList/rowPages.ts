import type { Session } from "../../api/schemas.ts";
import type { SessionFilters, SessionGroup } from "./filters.ts";

/** Maximum number of rows on the screen. */
const maxRows = 80;

/** First row of a page, and the selection when the page was opened. */
export interface Place {
  first?: Session | undefined;
  selectedId?: string | undefined;
}

export interface ShownGroup extends SessionGroup {
  /** Number of all its sessions, also those on other pages. */
  count: number;
}

/**
 * Rows that are on the screen, in whole days unless a day is longer than a page. Pages of real rows are used and not a
 * virtual list, so that the Tab key, find in page and screen readers reach all rows.
 */
export function pageOfRows(
  groups: readonly SessionGroup[],
  { first, selectedId: known }: Place,
  selectedId: string | undefined,
  order: SessionFilters["order"],
) {
  const rows = groups.flatMap(({ sessions }) => sessions.map(({ session }) => session));
  let end = 0;
  const edges = [0, ...groups.map(({ sessions }) => (end += sessions.length))];
  const after = (from: number) =>
    edges.findLast((edge) => edge > from && edge <= from + maxRows) ?? Math.min(from + maxRows, end);

  let from = first ? indexOf(first, rows, order) : 0;
  const selected = selectedId === known ? -1 : rows.findIndex(({ session_id }) => session_id === selectedId);
  if (selected >= 0 && (selected < from || selected >= after(from))) {
    from = edges.findLast((edge) => edge <= selected && edge > selected - maxRows) ?? selected;
  }
  const to = after(from);
  const before = edges.find((edge) => edge < from && edge >= from - maxRows) ?? Math.max(from - maxRows, 0);
  const shown = groups.map(({ day, sessions }, index): ShownGroup => {
    const start = edges[index] ?? 0;
    return {
      day,
      count: sessions.length,
      sessions: sessions.slice(Math.max(from - start, 0), Math.max(to - start, 0)),
    };
  });
  return { rows, from, to, before, shown: shown.filter(({ sessions }) => sessions.length > 0) };
}

/** Index of a row, or of the next one if it was removed or moved. So the page stays if rows above it are removed. */
function indexOf(first: Session, rows: readonly Session[], order: SessionFilters["order"]): number {
  const start = Date.parse(first.start_time);
  const sign = order === "forward" ? 1 : -1;
  const later = (row: Session) => sign * (Date.parse(row.start_time) - start);
  const index = rows.findIndex((row) => row.session_id === first.session_id && later(row) === 0);
  const next = index < 0 ? rows.findIndex((row) => later(row) > 0) : index;
  return next < 0 ? Math.max(rows.length - maxRows, 0) : next;
}
