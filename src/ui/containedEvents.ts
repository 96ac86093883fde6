import type { DOMAttributes, SyntheticEvent } from "react";

type Handlers = DOMAttributes<HTMLElement>;

function stop(event: SyntheticEvent): void {
  event.stopPropagation();
}

/** Changes of the kit's fields are not for a form of the app around them. */
export const containedChanges: Handlers = { onInput: stop, onChange: stop };

/**
 * React hands events on from a portal to the components around it: a click or a booking in a dialog would reach the
 * form, the card or the shortcuts of the app that the dialog was opened in.
 */
export const containedEvents: Handlers = {
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
