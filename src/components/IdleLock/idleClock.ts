import { observeKeys } from "../../ui/keyOwners.ts";
import { addCoverSheet } from "./coverSheet.ts";

/** Length of the warning in ms. Half of `after` if that is under two minutes. */
const warningMs = 60_000;
/** Interval in ms at which the clock is read. No event tells that a computer has slept. */
const tickMs = 1000;
/** Events of use. Voice control and screen readers may send only the last two. */
const useEvents = ["pointerdown", "pointermove", "wheel", "touchstart", "touchmove", "click", "input"];
/** Events after which a page is visible again. */
const returnEvents = ["pageshow", "focus", "visibilitychange", "resume"];

/** Measures for how long the page has not been used, also while the computer sleeps and when its clock is set. */
export function createIdleClock() {
  let after = Infinity;
  /** Last use; `undefined` until the clock is first watched, since a server creates clocks, too. */
  let used: ReturnType<typeof readClocks> | undefined;
  /** Seconds until it is covered, from the warning on. */
  let left: number | undefined;
  let notifyListener: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The key that said "stay": until it is let go, its repeats are not for the page. */
  let held: string | undefined;

  /** The steady clock may stop while a computer sleeps, the other one can be set. */
  function idle(): number {
    used ??= readClocks();
    const { wall, steady } = readClocks();
    return Math.max(wall - used.wall, steady - used.steady);
  }
  function become(next: number | undefined): void {
    if (left === next) return;
    const turn = Number(next === 0) - Number(left === 0);
    left = next;
    // At once, before a component has painted anything.
    cover(turn);
    notifyListener?.();
  }
  function check(): void {
    clearTimeout(timer);
    // Time alone uncovers nothing, even if a clock is set back.
    if (left === 0) return;
    const remains = Math.max(0, after - idle());
    const open = remains - Math.min(warningMs, after / 2);
    if (remains) timer = setTimeout(check, open > 0 ? Math.min(open, tickMs) : remains % tickMs || tickMs);
    become(open > 0 ? undefined : Math.ceil(remains / tickMs));
  }
  function start(): void {
    // An answer may come when the screens have gone.
    if (!notifyListener) return;
    used = readClocks();
    if (left === undefined) return;
    become(undefined);
    check();
  }
  function stay(): void {
    // Too late: the page has to be covered.
    if (idle() >= after) check();
    if (left !== 0) start();
  }
  function see(event: Event): void {
    const before = left;
    const key = event instanceof KeyboardEvent ? event : undefined;
    // In the warning only what is meant counts: a mouse moves with the table.
    if (before === 0 || (before && !key)) return;
    const repeated = key?.repeat && key.code === held;
    stay();
    // What answered the warning, or came while it should have been covered, is not for the page.
    if (before || left === 0 || repeated) {
      held = key?.code;
      swallow(event);
    } else held = undefined;
  }
  function seeKey(event: KeyboardEvent): void {
    if (event.type === "keydown") see(event);
    else if (event.type === "keyup") letGo(event);
  }
  function letGo(event: KeyboardEvent): void {
    if (event.code === held) swallow(event);
    held = undefined;
  }

  return {
    left: () => left,
    /** Counts as use. Does nothing once the page is covered. */
    stay,
    /** Uncovers the page and starts again. */
    start,
    /** Measures until the returned function is called. A page that was covered before is covered again. */
    watch(limit: number, notify: () => void): () => void {
      after = limit;
      notifyListener = notify;
      const leaving = new AbortController();
      const { signal } = leaving;
      for (const type of useEvents) addEventListener(type, see, { capture: true, passive: isPassive(type), signal });
      for (const type of returnEvents) addEventListener(type, check, { capture: true, signal });
      const unobserve = observeKeys(window, seeKey);
      cover(Number(left === 0));
      check();
      return () => {
        leaving.abort();
        unobserve();
        clearTimeout(timer);
        notifyListener = undefined;
        cover(-Number(left === 0));
      };
    },
  };
}

function readClocks() {
  return { wall: Date.now(), steady: performance.now() };
}

/** Scrolling does not wait for us. */
function isPassive(type: string): boolean {
  return /^(wheel|touch)/.test(type);
}

function swallow(event: Event): void {
  event.stopPropagation();
  // The browser's own shortcuts stay the browser's.
  const shortcut = event instanceof KeyboardEvent && (event.ctrlKey || event.metaKey || event.altKey);
  if (!shortcut && !isPassive(event.type)) event.preventDefault();
}

/** Number of locks that cover the page. There may be several providers. */
let covers = 0;
let removeSheet: (() => void) | undefined;
function cover(more: number): void {
  covers += more;
  document.documentElement.toggleAttribute("data-coviu-covered", covers > 0);
  if (covers > 0) removeSheet ??= addCoverSheet(document.documentElement);
  else {
    removeSheet?.();
    removeSheet = undefined;
  }
}
