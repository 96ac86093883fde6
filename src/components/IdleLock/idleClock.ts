import { observeKeys } from "../../ui/keyOwners.ts";
import { addCoverSheet } from "./coverSheet.ts";

/** The page is covered after a warning of so long, or of half the time where that is under two minutes. */
const warning = 60_000;
/** A computer that wakes shows the page as it was left and tells of it by no event: the clock is looked at instead. */
const look = 1000;
/** What somebody does who is there. Voice control and screen readers may send the last two alone. */
const signs = ["pointerdown", "pointermove", "wheel", "touchstart", "touchmove", "click", "input"];
/** What happens when a page is seen again. */
const returns = ["pageshow", "focus", "visibilitychange", "resume"];

/** Counts for how long nobody has used the page, whatever becomes of the computer and its clock meanwhile. */
export function createIdleClock() {
  let after = Infinity;
  /** Last use; `undefined` until the clock is first watched, since a server creates clocks, too. */
  let used: ReturnType<typeof readClocks> | undefined;
  /** Seconds until it is covered, from the warning on. */
  let left: number | undefined;
  let tell: (() => void) | undefined;
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
    tell?.();
  }
  function check(): void {
    clearTimeout(timer);
    // Time alone uncovers nothing, even if a clock is set back.
    if (left === 0) return;
    const remains = Math.max(0, after - idle());
    const open = remains - Math.min(warning, after / 2);
    if (remains) timer = setTimeout(check, open > 0 ? Math.min(open, look) : remains % look || look);
    become(open > 0 ? undefined : Math.ceil(remains / look));
  }
  function start(): void {
    // An answer may come when the screens have gone.
    if (!tell) return;
    used = readClocks();
    if (left === undefined) return;
    become(undefined);
    check();
  }
  function stay(): void {
    // Whoever comes back too late finds it covered.
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
    /** Says that somebody is there; nothing once it is covered. */
    stay,
    /** Uncovers, and counts anew. */
    start,
    /** Counts until the function it gives is called; what was covered before is covered again. */
    watch(limit: number, notify: () => void): () => void {
      after = limit;
      tell = notify;
      const leaving = new AbortController();
      const { signal } = leaving;
      for (const type of signs) addEventListener(type, see, { capture: true, passive: isPassive(type), signal });
      for (const type of returns) addEventListener(type, check, { capture: true, signal });
      const unobserve = observeKeys(window, seeKey);
      cover(Number(left === 0));
      check();
      return () => {
        leaving.abort();
        unobserve();
        clearTimeout(timer);
        tell = undefined;
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

/** How many cover the page: there may be several providers on it. */
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
