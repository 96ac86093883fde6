/** Clock changes, found by bisection in the offsets of `Intl`. Nothing is imported from `src`. */

export const minute = 60_000;
export const hour = 60 * minute;
const day = 24 * hour;

export const first = Date.UTC(2020, 0);
export const last = Date.UTC(2036, 0);

export interface ClockChange {
  zone: string;
  /** First moment of the new offset. */
  instant: number;
  /** Offsets in ms. */
  before: number;
  after: number;
}

/** Returns the offset of a zone in ms, read from a name such as "GMT+11:00". */
export function offsets(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  return (instant) => {
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(instant)) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * hour + Number(minutes ?? 0) * minute);
  };
}

/** All clock changes of a zone. No two are closer together than four weeks. */
export function changesOf(zone: string, from = first, to = last, step = 7 * day): ClockChange[] {
  const offsetAt = offsets(zone);
  const changes: ClockChange[] = [];
  let before = offsetAt(from);
  for (let time = from + step; time < to; time += step) {
    const after = offsetAt(time);
    if (after === before) continue;
    let [low, high] = [time - step, time];
    while (high - low > minute) {
      const middle = low + Math.floor((high - low) / 2 / minute) * minute;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    if (offsetAt(high) !== after) throw new Error(`More than one change within ${step / day} days in ${zone}`);
    changes.push({ zone, instant: high, before, after });
    before = after;
  }
  return changes;
}

export function isGap({ before, after }: ClockChange): boolean {
  return after > before;
}

/** First wall clock that is skipped or shown twice, in ms of UTC. */
export function edgeOf({ instant, before, after }: ClockChange): number {
  return instant + Math.min(before, after);
}

export function jumpOf({ before, after }: ClockChange): number {
  return Math.abs(after - before);
}

/** Instants at which clocks show a time near a change: none, one or two. */
export function instantsOf(wall: number, { instant, before, after }: ClockChange): string[] {
  const readings = [
    ...(wall - before < instant ? [wall - before] : []),
    ...(wall - after >= instant ? [wall - after] : []),
  ];
  return readings.map(iso);
}

export function iso(instant: number): string {
  return new Date(instant).toISOString();
}

/** Texts for the fields of the form. */
export function typed(wall: number): { date: { day: string; month: string; year: string }; time: string } {
  const at = new Date(wall);
  return {
    date: {
      day: String(at.getUTCDate()),
      month: String(at.getUTCMonth() + 1),
      year: String(at.getUTCFullYear()),
    },
    time: `${at.getUTCHours()}:${String(at.getUTCMinutes()).padStart(2, "0")}`,
  };
}

export function oneOf<T>(random: () => number, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error("The list is empty");
  return found;
}
