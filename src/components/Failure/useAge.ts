import { useFormat } from "../../hooks/useFormat.ts";
import { useNow } from "../../hooks/useNow.ts";

/** How old an answer is by the clock that stamped it, the browser's, and when that was at the clinic. */
export function useAge(readAt: number | undefined): { minutes: number; time: string } | undefined {
  const format = useFormat();
  const now = useNow();
  if (!readAt || !now) return undefined;
  const minutes = minutesSince(readAt);
  return { minutes, time: format.time(new Date(now.getTime() - minutes * 60_000)) };
}

/** The clock may have been set back. */
function minutesSince(time: number): number {
  return Math.max(0, Math.floor((Date.now() - time) / 60_000));
}
