import type { DOMAttributes, SyntheticEvent } from "react";

type Handlers = DOMAttributes<HTMLElement>;

function stop(event: SyntheticEvent): void {
  event.stopPropagation();
}

/** Stops changes of the kit's fields, so that they do not reach a form of the app around them. */
export const stopChangePropagation: Handlers = { onInput: stop, onChange: stop };

/**
 * Stops events of a portal. React passes them to the components around the portal: a click or a booking in a dialog would
 * reach the form, the card or the shortcuts of the app in which the dialog was opened.
 */
export const stopEventPropagation: Handlers = {
  onClick: stop,
  onMouseDown: stop,
  onMouseUp: stop,
  onPointerDown: stop,
  onPointerUp: stop,
  onTouchStart: stop,
  onTouchEnd: stop,
  onDragStart: stop,
  onKeyDown: stop,
  onKeyUp: stop,
  onPaste: stop,
  onInput: stop,
  onChange: stop,
  onSubmit: stop,
  onReset: stop,
};
