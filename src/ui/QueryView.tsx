import { type ReactNode, useRef } from "react";

import { Button } from "./Button.tsx";
import { Notice } from "./Notice.tsx";
import { useRetry } from "./useRetry.ts";

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
  const place = useRef<HTMLParagraphElement>(null);
  const { error, retry } = useRetry(query, place);
  const state = viewState({ query: { data, error }, hydrated, isEmpty });
  const failure = error && hydrated ? errorText(error) : undefined;

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
