/** A browser with one page, driven the same way in every engine. */
export interface EnginePage {
  /** Version as the browser states it. */
  version: string;
  goto(url: string): Promise<void>;
  /** Sets the width of the open page and of later pages, in CSS pixels. */
  setWidth(width: number): Promise<void>;
  /** Runs a function in the page with JSON arguments. */
  evaluate<Args extends unknown[], Result>(run: (...args: Args) => Result, ...args: Args): Promise<Awaited<Result>>;
  /** Presses a key. */
  press(key: "Tab" | "Shift+Tab" | "Enter" | "Escape" | "ArrowDown" | "ArrowRight" | "Space"): Promise<void>;
  /** Clicks at a point of the page. */
  clickAt(x: number, y: number): Promise<void>;
  screenshot(): Promise<Buffer>;
  /** Prints A4 portrait. Absent if the engine's driver can't print. */
  pdf?(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface Engine {
  name: string;
  /** Names what is missing on this machine; `undefined` if the engine can run. */
  missing(): string | undefined;
  open(): Promise<EnginePage>;
}

export interface Finding {
  /** Rule of axe or of the probe. */
  rule: string;
  /** The element, described without ids that differ from run to run. */
  target: string;
}

/** Functions in the page of a story, see probe.js. */
export interface Probe {
  /** Errors of the page and of the play function, once the story is finished. */
  whenFinished(): Promise<string[]>;
  /** Sets theme and direction on the story's frame and the kit's dialogs. */
  show(appearance: { theme: string; direction: string }): void;
  audit(): Promise<Finding[]>;
  layout(): Finding[];
  /** Takes focus off an element outside of a dialog, so that Tab starts at the top of the page. */
  startWalk(): void;
  /** The element with focus as a stop of the Tab key; `undefined` outside of the page and on the second visit. */
  stop(): { target: string; operable: boolean; ring: boolean; group: boolean } | undefined;
}

declare global {
  interface Window {
    probe: Probe;
    axe: typeof import("axe-core");
    /** See clipboard.mjs: `written`, or the error. */
    copied: Promise<string>;
    /** See times.ts. */
    unreadable(): { locales: number; texts: number; wrong: string[] };
  }
}
