import { type ReactNode, useCallback, useRef } from "react";

import { LiveStatus } from "./LiveStatus.tsx";
import { spoken } from "./spoken.ts";
import { useRetry } from "./useRetry.ts";

export interface QueryViewProps<Data> {
  query: {
    data: Data | undefined;
    dataUpdatedAt: number;
    error: unknown;
    isFetching: boolean;
    refetch: () => unknown;
  };
  /** Whether the page is hydrated. Until then the state is `pending`, so that server and browser render the same. */
  hydrated: boolean;
  pending: string;
  renderFailure: (failed: FailedRead) => ReactNode;
  skeleton: ReactNode;
  isEmpty?: ((data: Data) => boolean) | undefined;
  empty?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** A failed read, as the props of `FailureNotice`. */
export interface FailedRead {
  error: unknown;
  /** Time in ms since 1970 at which the shown data was read. */
  readAt: number | undefined;
  onRetry: (() => void) | undefined;
  retrying: boolean;
}

export type ViewState = "pending" | "error" | "empty" | "ready";

interface Viewed<Data> extends Pick<QueryViewProps<Data>, "hydrated" | "isEmpty"> {
  query: Pick<QueryViewProps<Data>["query"], "data" | "error">;
}

/** State of a query for `data-state`. `ready` with data even after a failed refresh, which does not hide it. */
export function viewState<Data>({ query: { data, error }, hydrated, isEmpty }: Viewed<Data>): ViewState {
  if (!hydrated) return "pending";
  if (data !== undefined) return isEmpty?.(data) ? "empty" : "ready";
  return error ? "error" : "pending";
}

/** Renders a query: pending, failed, empty or ready. */
export function QueryView<Data>({
  query,
  hydrated,
  pending,
  renderFailure,
  skeleton,
  isEmpty,
  empty,
  children,
}: QueryViewProps<Data>) {
  const { data, dataUpdatedAt, isFetching } = query;
  const place = useRef<HTMLParagraphElement | null>(null);
  const setPlace = useCallback((element: HTMLParagraphElement | null) => {
    place.current = element;
    spoken.ref(element);
  }, []);
  const { error, retry } = useRetry(query, place);
  const state = viewState({ query: { data, error }, hydrated, isEmpty });

  return (
    <>
      <LiveStatus after={1000}>{state === "pending" ? pending : ""}</LiveStatus>
      <p {...spoken} ref={setPlace} tabIndex={-1}>
        {state === "pending" && pending}
      </p>
      {error !== undefined &&
        hydrated &&
        renderFailure({
          error,
          readAt: data === undefined ? undefined : dataUpdatedAt,
          onRetry: retry,
          retrying: isFetching,
        })}
      {state === "pending" && skeleton}
      {state === "empty" && empty}
      {state === "ready" && data !== undefined && children(data)}
    </>
  );
}
