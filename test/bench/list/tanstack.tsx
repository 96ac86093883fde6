import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";

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

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { basic: sortFn_basic },
});
const helper = createColumnHelper<typeof features, Session>();
const columns = helper.columns([
  helper.accessor("start_time", { sortFn: "basic", cell: ({ row }) => <TimeCell session={row.original} /> }),
  helper.accessor(namesOf, { id: "names", cell: ({ row }) => <NameCell session={row.original} /> }),
  helper.display({ id: "host", cell: ({ row }) => <HostCell session={row.original} /> }),
  helper.display({ id: "end", cell: ({ row }) => <EndCell session={row.original} /> }),
]);
const initialState = { sorting: [{ id: "start_time", desc: false }] };

function List() {
  const table = useTable({
    features,
    columns,
    data: useReadSessions(),
    initialState,
    getRowId: ({ session_id }) => session_id,
    globalFilterFn: "includesString",
    getColumnCanGlobalFilter: ({ id }) => id === "names",
  });
  const { rows } = table.getRowModel();
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- no React Compiler here
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 58,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 5,
  });
  return (
    <div className="coviu coviu-session-list">
      <SearchField value={table.state.globalFilter ?? ""} onChange={(value) => table.setGlobalFilter(value)} />
      <p className="coviu-hint">{rows.length} sessions</p>
      <div ref={scroller} style={{ height: 800, overflow: "auto" }}>
        <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
          {virtualizer.getVirtualItems().map(({ key, index, start }) => {
            const row = rows[index];
            if (!row) return null;
            const before = rows[index - 1];
            const date = dayOf(row.original);
            return (
              <div
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                style={{ position: "absolute", insetInline: 0, transform: `translateY(${start}px)` }}
              >
                {date !== (before && dayOf(before.original)) && <h2 className="coviu-day-heading">{date}</h2>}
                <div className="coviu-session-row">
                  {row.getAllCells().map((cell) => (
                    <table.FlexRender key={cell.id} cell={cell} />
                  ))}
                </div>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** TanStack Table with TanStack Virtual, made as their documentation shows. */
export function createTable(pages: SessionPage[]): SessionTable {
  return createPeerTable(pages, List);
}
