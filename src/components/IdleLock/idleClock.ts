import { observeKeys } from "../../ui/keyboardHandlers.ts";
import { addCoverSheet } from "./coverSheet.ts";

/** Length of the warning in ms. Half of `afterMs` if that is under two minutes. */
const warningMs = 60_000;
/** Interval in ms at which the clock is read. No event tells that a computer has slept. */
const tickMs = 1000;
/** Events of use. Voice control and screen readers may send only the last two. */
const useEvents = ["pointerdown", "pointermove", "wheel", "touchstart", "touchmove", "click", "input"];
/** Events after which a page is visible again. */
const returnEvents = ["pageshow", "focus", "visibilitychange", "resume"];

/** Measures for how long the page has not been used, also while the computer sleeps and when its clock is set. */
export function createIdleClock() {
  let afterMs = Infinity;
  /** Last use; `undefined` until the clock is first watched, since a server creates clocks, too. */
  let used: ReturnType<typeof readClocks> | undefined;
  /** Seconds until it is covered, from the warning on. */
  let secondsLeft: number | undefined;
  let notifyListener: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Code of the key that ended the warning. Until it is released, its repeats do not reach the page. */
  let held: string | undefined;

  /** The steady clock may stop while a computer sleeps, the other one can be set. */
  function idle(): number {
    used ??= readClocks();
    const { wall, steady } = readClocks();
    return Math.max(wall - used.wall, steady - used.steady);
  }
  function become(next: number | undefined): void {
    if (secondsLeft === next) return;
    const turn = Number(next === 0) - Number(secondsLeft === 0);
    secondsLeft = next;
    // At once, before a component has painted anything.
    cover(turn);
    notifyListener?.();
  }
  function check(): void {
    clearTimeout(timer);
    // Time alone uncovers nothing, even if a clock is set back.
    if (secondsLeft === 0) return;
    const remains = Math.max(0, afterMs - idle());
    const open = remains - Math.min(warningMs, afterMs / 2);
    if (remains) timer = setTimeout(check, open > 0 ? Math.min(open, tickMs) : remains % tickMs || tickMs);
    become(open > 0 ? undefined : Math.ceil(remains / tickMs));
  }
  function start(): void {
    // A response may arrive after the screens were unmounted.
    if (!notifyListener) return;
    used = readClocks();
    if (secondsLeft === undefined) return;
    become(undefined);
    check();
  }
  function stay(): void {
    // Too late: the page has to be covered.
    if (idle() >= afterMs) check();
    if (secondsLeft !== 0) start();
  }
  function handleUse(event: Event): void {
    const before = secondsLeft;
    const key = event instanceof KeyboardEvent ? event : undefined;
    // During the warning only keys count: a mouse moves with the table.
    if (before === 0 || (before && !key)) return;
    const repeated = key?.repeat && key.code === held;
    stay();
    // An event that ended the warning, or came when the page should have been covered, does not reach the page.
    if (before || secondsLeft === 0 || repeated) {
      held = key?.code;
      swallow(event);
    } else held = undefined;
  }
  function handleKey(event: KeyboardEvent): void {
    if (event.type === "keydown") handleUse(event);
    else if (event.type === "keyup") releaseKey(event);
  }
  function releaseKey(event: KeyboardEvent): void {
    if (event.code === held) swallow(event);
    held = undefined;
  }

  return {
    secondsLeft: () => secondsLeft,
    /** Counts as use. Does nothing once the page is covered. */
    stay,
    /** Uncovers the page and starts again. */
    start,
    /** Measures until the returned function is called. A page that was covered before is covered again. */
    watch(limit: number, notify: () => void): () => void {
      afterMs = limit;
      notifyListener = notify;
      const leaving = new AbortController();
      const { signal } = leaving;
      for (const type of useEvents)
        addEventListener(type, handleUse, { capture: true, passive: isPassive(type), signal });
      for (const type of returnEvents) addEventListener(type, check, { capture: true, signal });
      const unobserve = observeKeys(window, handleKey);
      cover(Number(secondsLeft === 0));
      check();
      return () => {
        leaving.abort();
        unobserve();
        clearTimeout(timer);
        notifyListener = undefined;
        cover(-Number(secondsLeft === 0));
      };
    },
  };
}

function readClocks() {
  return { wall: Date.now(), steady: performance.now() };
}

/** Whether a listener is passive, so that it does not delay scrolling. */
function isPassive(type: string): boolean {
  return /^(wheel|touch)/.test(type);
}

function swallow(event: Event): void {
  event.stopPropagation();
  // Shortcuts of the browser keep their default.
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
