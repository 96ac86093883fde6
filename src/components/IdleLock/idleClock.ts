import { observeKeys } from "../../ui/keyboardHandlers.ts";
import { addCoverSheet } from "./coverSheet.ts";

/** Length of the warning in ms. Half of `afterMs` if that is under two minutes. */
const warningMs = 60_000;
/** Interval in ms at which the clock is read. No event tells that a computer has slept. */
const tickMs = 1000;
/** Events that count as use. Voice control and screen readers may send only the last two. */
const useEvents = ["pointerdown", "pointermove", "wheel", "touchstart", "touchmove", "click", "input"];
/** Events after which a page is visible again. */
const returnEvents = ["pageshow", "focus", "visibilitychange", "resume"];

/** Measures how long the page has not been used. Sleep of the computer and changes of its clock are allowed for. */
export function createIdleClock() {
  let afterMs = Infinity;
  /** Time of the last use. `undefined` until `watch` is called, because clocks are also created on a server. */
  let lastUse: ReturnType<typeof readClocks> | undefined;
  /** Seconds until the page is covered, during the warning. 0 while it is covered, `undefined` before the warning. */
  let secondsLeft: number | undefined;
  let notifyListener: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Code of the key that ended the warning. Its repeated events do not reach the page until it is released. */
  let suppressedKey: string | undefined;

  /** The larger of two measures: the monotonic clock may stop during sleep, and the system clock may be changed. */
  function idleMs(): number {
    lastUse ??= readClocks();
    const { systemMs, monotonicMs } = readClocks();
    return Math.max(systemMs - lastUse.systemMs, monotonicMs - lastUse.monotonicMs);
  }
  function setSecondsLeft(next: number | undefined): void {
    if (secondsLeft === next) return;
    const coverChange = Number(next === 0) - Number(secondsLeft === 0);
    secondsLeft = next;
    // The page is covered here, because components render later.
    changeCoverCount(coverChange);
    notifyListener?.();
  }
  function check(): void {
    clearTimeout(timer);
    // A covered page stays covered, even if the system clock is set back.
    if (secondsLeft === 0) return;
    const remainingMs = Math.max(0, afterMs - idleMs());
    const untilWarningMs = remainingMs - Math.min(warningMs, afterMs / 2);
    if (remainingMs) {
      const delayMs = untilWarningMs > 0 ? Math.min(untilWarningMs, tickMs) : remainingMs % tickMs || tickMs;
      timer = setTimeout(check, delayMs);
    }
    setSecondsLeft(untilWarningMs > 0 ? undefined : Math.ceil(remainingMs / tickMs));
  }
  function start(): void {
    // A sign-in may be confirmed after the component was removed.
    if (!notifyListener) return;
    lastUse = readClocks();
    if (secondsLeft === undefined) return;
    setSecondsLeft(undefined);
    check();
  }
  function stay(): void {
    // Timers can be late: an overdue page is covered before the use is counted.
    if (idleMs() >= afterMs) check();
    if (secondsLeft !== 0) start();
  }
  function handleUse(event: Event): void {
    const secondsBefore = secondsLeft;
    const key = event instanceof KeyboardEvent ? event : undefined;
    // Only a key ends the warning. The pointer also moves when the desk is bumped.
    if (secondsBefore === 0 || (secondsBefore && !key)) return;
    const isRepeated = key?.repeat && key.code === suppressedKey;
    stay();
    // The page does not receive a key that ended the warning, or an event after the limit.
    if (secondsBefore || secondsLeft === 0 || isRepeated) {
      suppressedKey = key?.code;
      suppress(event);
    } else suppressedKey = undefined;
  }
  function handleKey(event: KeyboardEvent): void {
    if (event.type === "keydown") handleUse(event);
    else if (event.type === "keyup") handleKeyUp(event);
  }
  function handleKeyUp(event: KeyboardEvent): void {
    if (event.code === suppressedKey) suppress(event);
    suppressedKey = undefined;
  }

  return {
    secondsLeft: () => secondsLeft,
    /** Counts as use. Does nothing once the page is covered. */
    stay,
    /** Uncovers the page and starts again. */
    start,
    /** Measures until the returned function is called. A page that was covered before is covered again. */
    watch(newAfterMs: number, notify: () => void): () => void {
      afterMs = newAfterMs;
      notifyListener = notify;
      const controller = new AbortController();
      const { signal } = controller;
      for (const type of useEvents) {
        addEventListener(type, handleUse, { capture: true, passive: isPassive(type), signal });
      }
      for (const type of returnEvents) addEventListener(type, check, { capture: true, signal });
      const unobserve = observeKeys(window, handleKey);
      changeCoverCount(Number(secondsLeft === 0));
      check();
      return () => {
        controller.abort();
        unobserve();
        clearTimeout(timer);
        notifyListener = undefined;
        changeCoverCount(-Number(secondsLeft === 0));
      };
    },
  };
}

function readClocks() {
  return { systemMs: Date.now(), monotonicMs: performance.now() };
}

/** Scrolling does not wait for a passive listener. */
function isPassive(type: string): boolean {
  return /^(wheel|touch)/.test(type);
}

/** Keeps an event from the page. Keyboard shortcuts of the browser still work. */
function suppress(event: Event): void {
  event.stopPropagation();
  const isShortcut = event instanceof KeyboardEvent && (event.ctrlKey || event.metaKey || event.altKey);
  if (!isShortcut && !isPassive(event.type)) event.preventDefault();
}

/** Number of locks that cover the page. A page may have several providers. */
let coverCount = 0;
let removeSheet: (() => void) | undefined;
function changeCoverCount(change: number): void {
  coverCount += change;
  document.documentElement.toggleAttribute("data-coviu-covered", coverCount > 0);
  if (coverCount > 0) removeSheet ??= addCoverSheet(document.documentElement);
  else {
    removeSheet?.();
    removeSheet = undefined;
  }
}
