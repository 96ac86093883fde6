import { type ComponentPropsWithoutRef, forwardRef, useEffect, useImperativeHandle, useRef } from "react";

import { rootOf } from "../provider/dom.ts";
import { registerKeyHandler } from "./keyboardHandlers.ts";
import { stopChangePropagation } from "./stopPropagation.ts";

export interface FormProps extends ComponentPropsWithoutRef<"div"> {
  /** Id of the button that Enter in a field presses. */
  submitId: string;
}

/**
 * Fields that are sent together. It is not a `<form>`, because it may be inside a form of the app, and HTML allows no nested
 * forms. The fields have `form=""`, so that they do not submit that form.
 */
export const Form = forwardRef<HTMLDivElement, FormProps>(function Form({ submitId, ...props }, ref) {
  const root = useRef<HTMLDivElement>(null);
  useImperativeHandle<HTMLDivElement | null, HTMLDivElement | null>(ref, () => root.current);
  useEffect(() => {
    const { current: element } = root;
    if (!element) return undefined;
    return registerKeyHandler({ element, onEnter: () => rootOf(element).getElementById(submitId)?.click() });
  }, [submitId]);
  return <div ref={root} {...stopChangePropagation} {...props} />;
});
