import { type FocusEvent, useRef } from "react";

import { isFocusLost } from "../../provider/dom.ts";

/** Keeps the focus on a row when it moves. If the row is removed, the row in its place gets the focus. */
export function useRowFocus() {
  const panel = useRef<HTMLDivElement>(null);
  const painted = useRef<readonly string[]>([]);
  const wanted = useRef<string>(undefined);
  const focused = useRef<{ element: Element; index: number; id: string | undefined }>(undefined);
  const openers = () => [...(panel.current?.querySelectorAll<HTMLElement>(".coviu-session-open") ?? [])];

  /** Focuses a row now, or as soon as it is rendered. */
  function focusRow(id: string | undefined): void {
    wanted.current = id;
  }

  /** Called after every render, with the rendered rows. */
  function settle(ids: readonly string[]): void {
    painted.current = ids;
    const { element, index = -1, id } = focused.current ?? {};
    const isLost = element && !element.isConnected && panel.current && isFocusLost(panel.current);
    const target = ids.indexOf(wanted.current ?? id ?? "");
    if (wanted.current === undefined ? !isLost : target < 0) return;
    const all = openers();
    (all[target] ?? all[Math.min(index, all.length - 1)] ?? panel.current)?.focus();
  }

  function onFocus({ target }: FocusEvent): void {
    const index = openers().findIndex((opener) => opener === target);
    focused.current = { element: target, index, id: painted.current[index] };
    wanted.current = undefined;
  }

  function onBlur(): void {
    focused.current = undefined;
  }

  return { panel, focusRow, settle, handlers: { onFocus, onBlur } };
}
