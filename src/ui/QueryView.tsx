import { type ReactNode, useEffect, useRef, useState } from "react";

import { Button } from "./Button.tsx";
import { Notice } from "./Notice.tsx";

export interface QueryViewProps<Data> {
  query: { data: Data | undefined; error: unknown; isFetching: boolean; refetch: () => unknown };
  /** Until then everything is pending, so that server and browser paint the same. */
  hydrated: boolean;
  text: { pending: string; retry: string };
  errorText: (error: unknown) => { title: string; body: string };
  skeleton: ReactNode;
  isEmpty?: ((data: Data) => boolean) | undefined;
  empty?: ReactNode;
  children: (data: Data) => ReactNode;
}

export type ViewState = "pending" | "error" | "empty" | "ready";

interface Viewed<Data> extends Pick<QueryViewProps<Data>, "hydrated" | "isEmpty"> {
  query: Pick<QueryViewProps<Data>["query"], "data" | "error">;
}

/** The word for what a query shows, for `data-state`. Data comes first: a failed refresh does not hide it. */
export function viewState<Data>({ query: { data, error }, hydrated, isEmpty }: Viewed<Data>): ViewState {
  if (!hydrated) return "pending";
  if (data !== undefined) return isEmpty?.(data) ? "empty" : "ready";
  return error ? "error" : "pending";
}

/** Pending, failed with a way to try again, empty, or ready. */
export function QueryView<Data>({
  query,
  hydrated,
  text,
  errorText,
  skeleton,
  isEmpty,
  empty,
  children,
}: QueryViewProps<Data>) {
  const { data, isFetching } = query;
  const [retried, setRetried] = useState<unknown>();
  const waiting = useRef(false);
  const place = useRef<HTMLParagraphElement>(null);
  // A query forgets its error while it tries again: it stays, and so does the focus on its button.
  const error = query.error || (data === undefined && isFetching && retried);
  const state = viewState({ query: { data, error }, hydrated, isEmpty });
  const failure = error && hydrated ? errorText(error) : undefined;

  useEffect(() => {
    const settled = waiting.current && !isFetching;
    waiting.current = isFetching;
    if (!settled || !retried) return;
    setRetried(undefined);
    // The button has gone with the failure: the keyboard goes on from here.
    if (document.activeElement === document.body) place.current?.focus();
  }, [isFetching, retried]);

  function retry() {
    setRetried(error);
    void query.refetch();
  }

  return (
    <>
      <p ref={place} className="coviu-spoken" role={state === "pending" ? "status" : undefined} tabIndex={-1}>
        {state === "pending" && text.pending}
      </p>
      {failure && (
        <Notice
          role="alert"
          tone={data === undefined ? "danger" : "warning"}
          shape={data === undefined ? undefined : "line"}
          title={failure.title}
          actions={
            <Button size="small" icon="refresh" busy={isFetching} onClick={retry}>
              {text.retry}
            </Button>
          }
        >
          {failure.body}
        </Notice>
      )}
      {state === "pending" && skeleton}
      {state === "empty" && empty}
      {state === "ready" && data !== undefined && children(data)}
    </>
  );
}
