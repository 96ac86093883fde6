import type { ReactNode } from "react";

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

/** The word for what a query shows, for `data-state`. Data comes first: a failed refresh does not hide it. */
export function viewState<Data>({
  query: { data, error },
  hydrated,
  isEmpty,
}: Pick<QueryViewProps<Data>, "query" | "hydrated" | "isEmpty">): ViewState {
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
  const state = viewState({ query, hydrated, isEmpty });
  if (state === "pending") {
    return (
      <>
        <p className="coviu-spoken" role="status">
          {text.pending}
        </p>
        {skeleton}
      </>
    );
  }
  const failure = query.error ? errorText(query.error) : undefined;
  const retry = (
    <Button size="small" icon="refresh" busy={query.isFetching} onClick={() => void query.refetch()}>
      {text.retry}
    </Button>
  );
  return (
    <>
      {failure && (
        <Notice
          role="alert"
          tone={query.data === undefined ? "danger" : "warning"}
          title={failure.title}
          actions={retry}
        >
          {failure.body}
        </Notice>
      )}
      {state === "empty" && empty}
      {state === "ready" && query.data !== undefined && children(query.data)}
    </>
  );
}
