import { useCallback, useSyncExternalStore } from "react";

import { useCoviu } from "../provider/CoviuProvider.tsx";

const minute = 60_000;
/** Timers may fire a little early; a status must not be read before its time. */
const margin = 20;

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
      function arm() {
        const time = now().getTime();
        const waits = awaited.split(",").map((instant) => Math.ceil(Date.parse(instant) / 1000) * 1000 - time);
        timer = setTimeout(tick, Math.min(minute - (time % minute), ...waits.filter((wait) => wait > 0)) + margin);
      }
      function tick() {
        clearTimeout(timer);
        notify();
        arm();
      }
      arm();
      // The first answer may tell that this computer's clock is wrong.
      const leave = client.connection.subscribe(tick);
      document.addEventListener("visibilitychange", tick);
      return () => {
        leave();
        clearTimeout(timer);
        document.removeEventListener("visibilitychange", tick);
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
