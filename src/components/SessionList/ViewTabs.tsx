import { type KeyboardEvent, useRef } from "react";

import { useFormat } from "../../hooks/useFormat.ts";
import { focusClicked } from "../../provider/dom.ts";
import type { SessionView } from "./filters.ts";

const views: readonly SessionView[] = ["upcoming", "active", "past", "canceled"];

interface ViewTabsProps {
  view: SessionView;
  onChange: (view: SessionView) => void;
  /** Numbers of sessions by view, for views whose sessions are all read. */
  counts: Partial<Record<SessionView, number>>;
  /** Prefix of the ids of the tabs. */
  id: string;
  panelId: string;
  label: string;
  names: Record<SessionView, string>;
}

export function ViewTabs({ view, onChange, counts, id, panelId, label, names }: ViewTabsProps) {
  const format = useFormat();
  const list = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent<HTMLButtonElement>) {
    const back = getComputedStyle(event.currentTarget).direction === "rtl" ? "ArrowRight" : "ArrowLeft";
    const at = views.indexOf(view);
    const last = views.length - 1;
    const targets: Record<string, number> = {
      ArrowLeft: at + 1,
      ArrowRight: at + 1,
      [back]: at - 1,
      Home: 0,
      End: last,
    };
    const next = targets[event.key];
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const index = (next + views.length) % views.length;
    onChange(views[index] ?? view);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[index]?.focus();
  }

  return (
    <div ref={list} className="coviu-tabs" role="tablist" aria-label={label}>
      {views.map((name) => (
        <button
          key={name}
          type="button"
          className="coviu-tab"
          role="tab"
          id={`${id}${name}`}
          aria-selected={name === view}
          aria-controls={name === view ? panelId : undefined}
          tabIndex={name === view ? 0 : -1}
          onClick={(event) => {
            focusClicked(event);
            onChange(name);
          }}
          onKeyDown={move}
        >
          {names[name]}{" "}
          {counts[name] !== undefined && <span className="coviu-count">{format.number(counts[name])}</span>}
        </button>
      ))}
    </div>
  );
}
