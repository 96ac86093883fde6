import { Button } from "../../ui/Button.tsx";
import { FailureNotice } from "../Failure/FailureNotice.tsx";
import type { SessionListMessages } from "./messages.ts";
import type { useRowPages } from "./useRowPages.ts";

interface ListPagesProps {
  list: ReturnType<typeof useRowPages>;
  /** Which rows are shown, where it is not all. */
  position: string | undefined;
  text: SessionListMessages;
}

/** The way to the other rows: those that are loaded, then those that are not. */
export function ListPages({ list, position, text }: ListPagesProps) {
  const { query, from, to, count, button, back, forward } = list;
  const isLast = to >= count;
  return (
    <nav className="coviu-more" aria-label={text.pages}>
      {isLast && query.isFetchNextPageError && <FailureNotice error={query.error} />}
      {position && <p className="coviu-hint">{position}</p>}
      {from > 0 && (
        <Button icon="back" onClick={back}>
          {text.previous}
        </Button>
      )}
      {(!isLast || query.hasNextPage) && (
        <Button ref={button} busy={isLast && query.isFetchingNextPage} onClick={forward}>
          {isLast ? text.more : text.next}
        </Button>
      )}
    </nav>
  );
}
