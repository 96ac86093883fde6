import { isolated, shownName } from "../../domain/roles.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import type { SessionListMessages } from "./messages.ts";
import type { UseSessionListResult } from "./useSessionList.ts";

interface NoSessionsProps {
  list: UseSessionListResult;
  level: 2 | 3;
  /** Whether every session was read. */
  complete: boolean;
  /** Called after the search or the filters were cleared. The pressed button has been removed by then. */
  onCleared: () => void;
  text: SessionListMessages;
}

export function NoSessions({ list, level, complete, onCleared, text }: NoSessionsProps) {
  const { filters, searched, loaded, setSearch, change } = list;
  const { view, person, range } = filters;
  const isFiltered = Boolean(person) || range !== "week";
  // Without loaded sessions, the search is not the reason for an empty list.
  const search = (searched && shownName(list.search)) || "";
  const Heading = `h${level}` as const;
  const { title, hint } = search
    ? { title: text.unmatched({ view, search: isolated(search) }), hint: text.searched({ view, count: searched }) }
    : !complete
      ? text.emptySoFar(view)
      : isFiltered
        ? { title: text.unmatched({ view, search }), hint: text.unmatchedHint }
        : loaded || view !== "upcoming"
          ? text.empty[view]
          : text.firstUse;

  function clear() {
    if (search) setSearch("");
    else change({ view, person: undefined });
    onCleared();
  }

  return (
    <div className="coviu-empty">
      <Icon name={search || isFiltered ? "search" : "calendar"} />
      <Heading className="coviu-heading">{renderIsolated(title)}</Heading>
      <p className="coviu-hint">{hint}</p>
      {(search || isFiltered) && (
        <div className="coviu-row">
          <Button onClick={clear}>{search ? text.clearSearch : text.clearFilters}</Button>
        </div>
      )}
    </div>
  );
}
