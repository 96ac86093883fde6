import { useCallback, useSyncExternalStore } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";

const minuteMs = 60_000;
/** Timers may fire a little early, and a status must not change before its time. */
const marginMs = 20;
/** Minimum time between two timers, for a clock that stands still or was set back. */
const minDelayMs = 1000;

/**
 * The time of the provider, in whole seconds. It changes every minute, at the given instants (ISO 8601), when a hidden page
 * is shown again, and when the server's time shows that the clock is wrong. `undefined` until hydrated.
 *
 * @example
 * const now = useNow(session.start_time, session.end_time);
 */
export function useNow(...instants: (string | undefined)[]): Date | undefined {
  const { client, now } = useCoviu();
  const awaited = instants.join();
  const subscribe = useCallback(
    (notify: () => void) => {
      let timer: ReturnType<typeof setTimeout>;
      function arm(least: number) {
        const time = now().getTime();
        const waits = awaited.split(",").map((instant) => Math.ceil(Date.parse(instant) / 1000) * 1000 - time);
        const wait = Math.min(minuteMs - (time % minuteMs), ...waits.filter((wait) => wait > 0));
        const tick = () => renew(now().getTime() < time + wait ? minDelayMs : 0);
        timer = setTimeout(tick, Math.max(wait + marginMs, least));
      }
      function renew(least: number) {
        clearTimeout(timer);
        notify();
        arm(least);
      }
      const show = () => renew(0);
      arm(0);
      // The first response may show that the clock of this computer is wrong.
      const leave = client.connection.subscribe(show);
      document.addEventListener("visibilitychange", show);
      return () => {
        leave();
        clearTimeout(timer);
        document.removeEventListener("visibilitychange", show);
      };
    },
    [client, now, awaited],
  );
  const second = useSyncExternalStore<number | undefined>(
    subscribe,
    () => Math.floor(now().getTime() / 1000),
    () => undefined,
  );
  return second === undefined ? undefined : new Date(second * 1000);
}
