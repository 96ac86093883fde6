import { type ComponentPropsWithoutRef, forwardRef, type MouseEvent } from "react";

import { focusClicked } from "../provider/dom.ts";
import { classes } from "./classes.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { renderIsolated } from "./renderIsolated.tsx";

export interface ButtonProps extends ComponentPropsWithoutRef<"button"> {
  variant?: "primary" | "danger" | "quiet" | undefined;
  tone?: "danger" | undefined;
  size?: "small" | undefined;
  shape?: "icon" | undefined;
  icon?: IconName | undefined;
  /** Id of the sentence with the reason why the button is disabled. The button stays focusable. */
  reason?: string | undefined;
  /** Whether the action is in progress. Further clicks do nothing, and the focus stays. */
  busy?: boolean | undefined;
}

/** Button that is never disabled natively, because it would lose the focus and could not give a reason. */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant, tone, size, shape, icon, reason, busy, className, children, onClick, ...props },
  ref,
) {
  function click(event: MouseEvent<HTMLButtonElement>) {
    focusClicked(event);
    if (reason === undefined && !busy) onClick?.(event);
    else event.preventDefault();
  }
  return (
    <button
      ref={ref}
      type="button"
      data-variant={variant}
      data-tone={tone}
      data-size={size}
      data-shape={shape}
      {...props}
      aria-describedby={classes(reason, props["aria-describedby"]) || undefined}
      aria-disabled={reason === undefined ? props["aria-disabled"] : true}
      aria-busy={busy || undefined}
      className={classes("coviu-button", className)}
      onClick={click}
    >
      {(busy || icon) && (
        <Icon
          name={busy ? "spinner" : (icon ?? "spinner")}
          state={busy ? "pending" : undefined}
          flip={icon === "back" || icon === "next"}
        />
      )}
      {children !== undefined && <span>{renderIsolated(children)}</span>}
    </button>
  );
});
