/** Returns a function that restores the clock after a story that skips time. */
export function saveClock(): () => void {
  const { now } = Date;
  return () => {
    Date.now = now;
  };
}

/** Advances the clock by this time in ms, as after a computer’s sleep. */
export function skipTime(durationMs: number): void {
  const ahead = Date.now() + durationMs - performance.now();
  // Whole milliseconds, since test runners use the time in addresses.
  Date.now = () => Math.floor(ahead + performance.now());
}
