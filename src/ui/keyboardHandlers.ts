import { isElement, deepContains } from "../provider/dom.ts";

/**
 * Esc and Enter have one handler. Other libraries close their dialogs on any Esc of the page, and apps listen for both
 * keys on their forms and on the document. So one listener on the window runs before all of them. It calls the innermost
 * handler of the kit, and stops the event.
 */

/** Handler of a part of the page: an open dialog, a form, a search field with text in it. */
export interface KeyHandler {
  element: HTMLElement;
  /** An open modal dialog also handles keys that are pressed while no element has the focus. */
  isModal?: boolean | undefined;
  /** Called for Esc. */
  onEscape?: (() => void) | undefined;
  /** Called for Enter in an `input`. */
  onEnter?: (() => void) | undefined;
}

type KeyListener = (event: KeyboardEvent) => void;

/** Handlers in the order of registration. The innermost is the last. */
const handlers: KeyHandler[] = [];
const observers = new Set<KeyListener>();
/** Handled keys that are still pressed, by `code`, with the element they were pressed on. */
const held = new Map<string, EventTarget | undefined>();
const watched = new Map<Window, { users: number; stop: () => void }>();
/** Time of the last `compositionend`, until another key was released. */
let composedAt = -Infinity;
/** Safari dispatches the key that ends a composition after it, within this time in milliseconds. */
const compositionMs = 100;

/**
 * Listens to the keys of a window. Called by the provider, so that the listener is there before those of dialogs that
 * the app opens later.
 */
export function listenToKeys(view: Window): () => void {
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

/** Registers a handler until the returned function is called. */
export function registerKeyHandler(handler: KeyHandler): () => void {
  const view = handler.element.ownerDocument.defaultView;
  const unwatch = view && listenToKeys(view);
  handlers.push(handler);
  return () => {
    handlers.splice(handlers.indexOf(handler), 1);
    unwatch?.();
  };
}

/** Calls a listener before any handler, for every key. A key whose default it prevents reaches no handler. */
export function observeKeys(view: Window, listener: KeyListener): () => void {
  const unwatch = listenToKeys(view);
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
  const isHandled = !event.defaultPrevented && (event.key === "Escape" || event.key === "Enter") && handleKey(event);
  if (isHandled || (event.defaultPrevented && held.has(event.code))) event.stopImmediatePropagation();
  if (event.type === "keyup") {
    composedAt = -Infinity;
    held.delete(event.code);
  }
}

/** Calls the handler of a key. Returns whether the key belongs to the kit. */
function handleKey(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  const { code, type } = event;
  if (type === "keyup" && held.has(code)) return true;
  // A pressed key repeats after its dialog has closed. Those events are dropped.
  if (event.repeat && held.has(code) && held.get(code) !== target) {
    event.preventDefault();
    return true;
  }
  const isEscape = event.key === "Escape";
  const handler = handlers.findLast(
    ({ element, isModal, onEscape, onEnter }) =>
      (isEscape ? onEscape : onEnter) &&
      (containsTarget(element, target) || (isModal && element.hasAttribute("open") && isOutsideElements(target))),
  );
  if (type !== "keydown") return handler !== undefined || (!isEscape && isInKit(event));
  const isComposing = endsComposition(event);
  if (!handler && !isInKit(event)) return false;
  if (isEscape && !handler && !isComposing) return false;
  held.set(code, target);
  if (isComposing) {
    // Safari closes a modal `<dialog>` unless the default is prevented.
    if (isEscape) event.preventDefault();
  } else if (isEscape) {
    event.preventDefault();
    if (!event.repeat) handler?.onEscape?.();
  } else if (handler && isField(target)) {
    event.preventDefault();
    if (!event.repeat) handler.onEnter?.();
  }
  return true;
}

/** Whether the key belongs to an input method. Safari dispatches it when the composition has ended, with code 229. */
function endsComposition(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229 || event.timeStamp - composedAt < compositionMs;
}

/** Whether an element contains the target of an event, which may be the host of a closed shadow root around it. */
function containsTarget(element: HTMLElement, target: EventTarget | undefined): boolean {
  if (!isElement(target)) return false;
  return element.contains(target) || (!target.contains(element) && deepContains(target, element));
}

/** Whether the key was pressed in the kit. Enter on a control of the kit is for that control only. */
function isInKit(event: KeyboardEvent): boolean {
  return event.composedPath().some((node) => isElement(node) && node.classList.contains("coviu"));
}

/** Whether a key was pressed while no element had the focus. */
function isOutsideElements(target: EventTarget | undefined): boolean {
  return !isElement(target) || target.localName === "body" || target.localName === "html";
}

function isField(target: EventTarget | undefined): boolean {
  return isElement(target) && target.localName === "input";
}
