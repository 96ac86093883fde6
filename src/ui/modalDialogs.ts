import { focusedNear, isElement } from "../provider/dom.ts";
import { lockScroll } from "./scrollLock.ts";

/** Open modal dialogs of the kit. The innermost is the last. */
const modals: HTMLDialogElement[] = [];
const covers = new WeakSet<HTMLDialogElement>();

/** The innermost open dialog of the kit in a document. The rest of the page is inert. */
export function innermostModal(document: Document): HTMLDialogElement | undefined {
  return modals.findLast(({ ownerDocument }) => ownerDocument === document);
}

/**
 * Opens a native modal dialog until the returned function is called. It is above all elements, and the rest of the page is
 * inert. It is closed while its portal is not rendered, for example in a popover that the app has closed, because an
 * invisible modal dialog would block the page. A cover stays above dialogs that open later.
 */
export function openModal(dialog: HTMLDialogElement, isCover = false): () => void {
  let leave: (() => void) | undefined;
  /** Element that had the focus last. It may be in the dialog, because StrictMode opens the dialog twice. */
  let focused = focusedNear(dialog);
  const unobserve = observeRendering(dialog.parentElement ?? dialog.ownerDocument.body, (isRendered) => {
    if (isRendered && !leave) {
      const before = focused;
      leave = enterTopLayer(dialog, isCover);
      if (isElement(before) && dialog.contains(before)) before.focus();
    } else if (!isRendered) {
      leave?.();
      leave = undefined;
      closeModal(dialog);
    }
  });
  const rememberFocus = ({ target }: Event) => void (focused = isElement(target) ? target : null);
  dialog.addEventListener("focusin", rememberFocus);
  return () => {
    dialog.removeEventListener("focusin", rememberFocus);
    unobserve();
    leave?.();
  };
}

/** Calls a listener now and after each change, with whether an element is rendered. */
function observeRendering(element: Element, listener: (isRendered: boolean) => void): () => void {
  const view = element.ownerDocument.defaultView;
  // jsdom has no layout.
  if (!view || !("ResizeObserver" in view)) {
    listener(true);
    return () => {};
  }
  const check = () => listener(element.getClientRects().length > 0);
  const observer = new view.ResizeObserver(check);
  observer.observe(element);
  check();
  return () => observer.disconnect();
}

function enterTopLayer(dialog: HTMLDialogElement, isCover: boolean): () => void {
  const { ownerDocument: document } = dialog;
  const controller = new AbortController();
  const { signal } = controller;
  const cover = modals.findIndex((modal) => covers.has(modal));
  if (isCover) covers.add(dialog);
  modals.splice(cover < 0 || isCover ? modals.length : cover, 0, dialog);
  const unlock = lockScroll(document);
  show(dialog);
  if (innermostModal(document) !== dialog) raiseAll(document);
  const reveal = isSupported(dialog) ? undefined : hideOthers(dialog);
  // An element that becomes full screen later is above open dialogs.
  document.addEventListener("fullscreenchange", raiseOverFullScreen, { signal });
  // Browsers may close it, for instance for Android's back gesture.
  dialog.addEventListener("close", () => show(dialog), { signal });
  function raiseOverFullScreen(): void {
    if (document.fullscreenElement && innermostModal(document) === dialog) raiseAll(document);
  }
  return () => {
    controller.abort();
    modals.splice(modals.indexOf(dialog), 1);
    reveal?.();
    unlock();
  };
}

/** Closes a dialog that stays in the page. */
export function closeModal(dialog: HTMLDialogElement): void {
  if (isSupported(dialog)) dialog.close();
  else dialog.open = false;
}

/** Moves the open dialogs to the top again in their order, and restores the focus. */
export function raiseAll(document: Document): void {
  const innermost = innermostModal(document);
  if (!innermost || !isSupported(innermost)) return;
  const focused = focusedNear(innermost);
  for (const modal of modals) {
    modal.close();
    show(modal);
  }
  if (isElement(focused) && innermost.contains(focused)) focused.focus();
}

function show(dialog: HTMLDialogElement): void {
  if (dialog.open || !dialog.isConnected) return;
  if (isSupported(dialog)) dialog.showModal();
  else dialog.open = true;
}

/** Whether the browser has modal dialogs. jsdom has none. */
function isSupported(dialog: HTMLDialogElement): boolean {
  return "showModal" in dialog;
}

/** Whether an element is a dialog of the kit that is open. */
export function isModal(dialog: HTMLDialogElement): boolean {
  return modals.includes(dialog);
}

/** Sets `aria-hidden` on everything beside a dialog. */
function hideOthers(dialog: HTMLElement): () => void {
  const hidden: Element[] = [];
  for (let element: Element = dialog; element.parentNode && element !== dialog.ownerDocument.body;) {
    const { parentNode } = element;
    for (const other of parentNode.children) {
      if (other === element || other.hasAttribute("aria-hidden") || other.hasAttribute("aria-live")) continue;
      other.setAttribute("aria-hidden", "true");
      hidden.push(other);
    }
    if (!isElement(parentNode)) break;
    element = parentNode;
  }
  return () => {
    for (const element of hidden) element.removeAttribute("aria-hidden");
  };
}
