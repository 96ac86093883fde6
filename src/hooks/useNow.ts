import { useCallback, useSyncExternalStore } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";

const minute = 60_000;
/** Timers may fire a little early; a status must not be read before its time. */
const margin = 20;
/** The least between two timers where the clock stands still or was set back: one would chase the other. */
const pause = 1000;

/**
 * The provider's time, to the second: new every minute, at the given instants, when a hidden page is shown again, and
 * when the server's time shows that the clock is wrong.
 * `undefined` until hydrated.
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
        const wait = Math.min(minute - (time % minute), ...waits.filter((wait) => wait > 0));
        const tick = () => renew(now().getTime() < time + wait ? pause : 0);
        timer = setTimeout(tick, Math.max(wait + margin, least));
      }
      function renew(least: number) {
        clearTimeout(timer);
        notify();
        arm(least);
      }
      const show = () => renew(0);
      arm(0);
      // The first answer may tell that this computer's clock is wrong.
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
