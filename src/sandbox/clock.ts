export interface SandboxClock {
  now: () => Date;
  /** Stops the clock at a time. */
  set: (time: Date | string) => void;
  /** Moves it on by milliseconds. */
  advance: (milliseconds: number) => void;
}

/** A clock that can be set; the real one until then. */
export function createClock(start: Date | string | (() => Date) = () => new Date()): SandboxClock {
  let read = typeof start === "function" ? start : stopped(new Date(start));
  return {
    now: () => read(),
    set: (time) => {
      read = stopped(new Date(time));
    },
    advance: (milliseconds) => {
      const before = read;
      read = () => new Date(before().getTime() + milliseconds);
    },
  };
}

function stopped(time: Date): () => Date {
  return () => new Date(time);
}
