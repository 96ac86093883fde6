import { useCallback, useSyncExternalStore } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";

const minuteMs = 60_000;
/** Delay in ms that is added to timers. They may fire early, and a status must not change before its time. */
const marginMs = 20;
/** Minimum time in ms between two timers, in case the clock is stopped or was set back. */
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
  const instantsKey = instants.join();
  const subscribe = useCallback(
    (notify: () => void) => {
      let timer: ReturnType<typeof setTimeout>;
      function startTimer(leastMs: number) {
        const time = now().getTime();
        const delaysMs = instantsKey.split(",").map((instant) => Math.ceil(Date.parse(instant) / 1000) * 1000 - time);
        const delayMs = Math.min(minuteMs - (time % minuteMs), ...delaysMs.filter((delay) => delay > 0));
        const tick = () => update(now().getTime() < time + delayMs ? minDelayMs : 0);
        timer = setTimeout(tick, Math.max(delayMs + marginMs, leastMs));
      }
      function update(leastMs: number) {
        clearTimeout(timer);
        notify();
        startTimer(leastMs);
      }
      const updateNow = () => update(0);
      startTimer(0);
      // The first response may show that the clock of this computer is wrong.
      const unsubscribe = client.connection.subscribe(updateNow);
      document.addEventListener("visibilitychange", updateNow);
      return () => {
        unsubscribe();
        clearTimeout(timer);
        document.removeEventListener("visibilitychange", updateNow);
      };
    },
    [client, now, instantsKey],
  );
  const second = useSyncExternalStore<number | undefined>(
    subscribe,
    () => Math.floor(now().getTime() / 1000),
    () => undefined,
  );
  return second === undefined ? undefined : new Date(second * 1000);
}
