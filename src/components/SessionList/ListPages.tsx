import { useId } from "react";

import { Button } from "../../ui/Button.tsx";
import type { SessionListMessages } from "./messages.ts";
import type { useRowPages } from "./useRowPages.ts";

interface ListPagesProps {
  list: ReturnType<typeof useRowPages>;
  /** Which rows are shown. */
  position: string;
  text: SessionListMessages;
}

/** Buttons for the pages of loaded rows. They keep the focus, so that the user can press them again. */
export function ListPages({ list, position, text }: ListPagesProps) {
  const { from, to, count, before, turnTo } = list;
  const id = useId();
  return (
    <nav className="coviu-row" aria-label={text.pages}>
      <Button
        shape="icon"
        size="small"
        variant="quiet"
        icon="back"
        aria-label={text.previous}
        reason={from > 0 ? undefined : id}
        onClick={() => turnTo(before)}
      />
      <p className="coviu-hint" id={id}>
        {position}
      </p>
      <Button
        shape="icon"
        size="small"
        variant="quiet"
        icon="next"
        aria-label={text.next}
        reason={to < count ? undefined : id}
        onClick={() => turnTo(to)}
      />
    </nav>
  );
}
