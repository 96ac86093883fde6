import { type ReactNode, useCallback, useSyncExternalStore } from "react";

import { useCoviu } from "../../src/index.ts";
import type { SandboxLog } from "../../src/sandbox/index.ts";

interface ExampleProps {
  log: SandboxLog;
  children: ReactNode;
}

/** Card with a live example and its requests. */
export function Example({ log, children }: ExampleProps) {
  const { queryClient } = useCoviu();
  // The log has no subscription. Each request changes one of the two caches.
  const subscribe = useCallback(
    (notify: () => void) => {
      const stops = [queryClient.getQueryCache().subscribe(notify), queryClient.getMutationCache().subscribe(notify)];
      return () => stops.forEach((stop) => stop());
    },
    [queryClient],
  );
  const count = useSyncExternalStore(subscribe, () => log.count());
  const requests = log.entries().filter(({ operation }) => operation !== "token");

  return (
    <div className="coviu" style={{ padding: "var(--coviu-5)" }}>
      {children}
      <section
        aria-label="Requests"
        className="coviu-stack"
        style={{
          marginBlockStart: "var(--coviu-5)",
          paddingBlockStart: "var(--coviu-4)",
          borderBlockStart: "1px solid var(--coviu-line)",
        }}
      >
        <h2 className="coviu-label">Requests that reached the sandbox: {count}</h2>
        <ol className="coviu-stack">
          {requests.slice(-6).map(({ method, path, query, status }, index) => (
            <li key={index} className="coviu-row coviu-hint" dir="ltr">
              <code style={{ overflowWrap: "anywhere" }}>
                {method} {path.replace(/[0-9a-f-]{36}/g, "{id}")}
                {Object.keys(query).length > 0 && `?${Object.keys(query).join("&")}`}
              </code>
              <span>{status}</span>
            </li>
          ))}
        </ol>
      </section>
    </div>
  );
}
