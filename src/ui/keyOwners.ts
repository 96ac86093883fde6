import { isElement, surrounds } from "../provider/dom.ts";

/**
 * Esc and Enter have one owner. Other libraries close their dialogs on any Esc of the page, and apps listen for both
 * keys on their forms and on the document. So one listener on the window comes before all of them: it gives the key to
 * the innermost part of the kit that owns it, and no other part gets it.
 */

/** A part of the page that owns a key while it is registered: an open dialog, a form, a search field with text in it. */
export interface KeyOwner {
  element: HTMLElement;
  /** A modal dialog that is open also owns the keys that are pressed while nothing has the focus. */
  isModal?: boolean | undefined;
  /** Called for Esc. */
  onEscape?: (() => void) | undefined;
  /** Called for Enter in an `input`. */
  onEnter?: (() => void) | undefined;
}

type KeyListener = (event: KeyboardEvent) => void;

/** In the order in which they were registered: the innermost is the last. */
const owners: KeyOwner[] = [];
const observers = new Set<KeyListener>();
/** Keys that were owned when they were pressed, by `code`, with the element that they were pressed on. */
const held = new Map<string, EventTarget | undefined>();
const watched = new Map<Window, { users: number; stop: () => void }>();
/** Time of the last `compositionend`, until another key was let go. */
let composedAt = -Infinity;
/** Safari dispatches the key that ends a composition after it, within this time in milliseconds. */
const compositionMs = 100;

/**
 * Listens to the keys of a window. Called by the provider, so that the listener is there before those of dialogs that
 * the app opens later.
 */
export function watchKeys(view: Window): () => void {
  const entry = watched.get(view) ?? { users: 0, stop: listen(view) };
  watched.set(view, entry);
  entry.users += 1;
  return () => {
    entry.users -= 1;
    if (entry.users) return;
    entry.stop();
    watched.delete(view);
  };
}

/** Registers an owner until the returned function is called. */
export function ownKeys(owner: KeyOwner): () => void {
  const view = owner.element.ownerDocument.defaultView;
  const unwatch = view && watchKeys(view);
  owners.push(owner);
  return () => {
    owners.splice(owners.indexOf(owner), 1);
    unwatch?.();
  };
}

/** Calls a listener before any owner, for every key. A key whose default it prevents has no other owner. */
export function observeKeys(view: Window, listener: KeyListener): () => void {
  const unwatch = watchKeys(view);
  observers.add(listener);
  return () => {
    observers.delete(listener);
    unwatch();
  };
}

function listen(view: Window): () => void {
  const leaving = new AbortController();
  const settings = { capture: true, signal: leaving.signal };
  for (const type of ["keydown", "keypress", "keyup"] as const) view.addEventListener(type, handle, settings);
  view.addEventListener("compositionend", ({ timeStamp }) => void (composedAt = timeStamp), settings);
  return () => leaving.abort();
}

function handle(event: KeyboardEvent): void {
  for (const observer of observers) observer(event);
  const isOwned = !event.defaultPrevented && (event.key === "Escape" || event.key === "Enter") && isOurs(event);
  if (isOwned || (event.defaultPrevented && held.has(event.code))) event.stopImmediatePropagation();
  if (event.type === "keyup") {
    composedAt = -Infinity;
    held.delete(event.code);
  }
}

/** Whether a key belongs to the kit. What it does is done here. */
function isOurs(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  const { code, type } = event;
  if (type === "keyup" && held.has(code)) return true;
  // A key that is held down goes on repeating after its dialog has closed: those events are dropped.
  if (event.repeat && held.has(code) && held.get(code) !== target) {
    event.preventDefault();
    return true;
  }
  const isEscape = event.key === "Escape";
  const owner = owners.findLast(
    ({ element, isModal, onEscape, onEnter }) =>
      (isEscape ? onEscape : onEnter) &&
      (holds(element, target) || (isModal && element.hasAttribute("open") && isNowhere(target))),
  );
  if (type !== "keydown") return owner !== undefined || (!isEscape && isInKit(event));
  const isComposing = endsComposition(event);
  if (!owner && !isInKit(event)) return false;
  if (isEscape && !owner && !isComposing) return false;
  held.set(code, target);
  if (isComposing) {
    // Safari would close a modal `<dialog>` all the same.
    if (isEscape) event.preventDefault();
  } else if (isEscape) {
    event.preventDefault();
    if (!event.repeat) owner?.onEscape?.();
  } else if (owner && isField(target)) {
    event.preventDefault();
    if (!event.repeat) owner.onEnter?.();
  }
  return true;
}

/** Whether the key belongs to an input method. Safari dispatches it when the composition has ended, with code 229. */
function endsComposition(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229 || event.timeStamp - composedAt < compositionMs;
}

/** Whether an element holds the target of an event, which may be the host of a closed shadow root around it. */
function holds(element: HTMLElement, target: EventTarget | undefined): boolean {
  if (!isElement(target)) return false;
  return element.contains(target) || (!target.contains(element) && surrounds(target, element));
}

/** Enter on a control of the kit is for that control alone. */
function isInKit(event: KeyboardEvent): boolean {
  return event.composedPath().some((node) => isElement(node) && node.classList.contains("coviu"));
}

/** Whether a key was pressed while nothing had the focus. */
function isNowhere(target: EventTarget | undefined): boolean {
  return !isElement(target) || target.localName === "body" || target.localName === "html";
}

function isField(target: EventTarget | undefined): boolean {
  return isElement(target) && target.localName === "input";
}
