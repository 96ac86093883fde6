/** Before a story that skips time; gives what sets the clock right after it. */
export function keepTime(): () => void {
  const { now } = Date;
  return () => {
    Date.now = now;
  };
}

/** The clock goes on as if so many milliseconds had passed, as after a computer’s sleep. */
export function skipTime(milliseconds: number): void {
  const ahead = Date.now() + milliseconds - performance.now();
  // Whole ones, as everybody expects: test runners put them into addresses.
  Date.now = () => Math.floor(ahead + performance.now());
}
