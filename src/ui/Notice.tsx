import { type ComponentPropsWithoutRef, forwardRef, type ReactNode, useId } from "react";

import { classes } from "./classes.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { renderIsolated } from "./renderIsolated.tsx";

export interface NoticeProps extends Omit<ComponentPropsWithoutRef<"div">, "title"> {
  tone?: "success" | "warning" | "danger" | "neutral" | undefined;
  shape?: "line" | undefined;
  icon?: IconName | undefined;
  title?: ReactNode;
  actions?: ReactNode;
}

/**
 * Notice with an icon, the event and the next step. A notice that gets the focus is a `role="group"`, named by its title and described by
 * the rest. With `role="alert"` screen readers would read it twice: as an announcement, and because it has the focus.
 */
export const Notice = forwardRef<HTMLDivElement, NoticeProps>(function Notice(
  {
    tone = "neutral",
    shape,
    icon = tone === "success" ? "check" : "warning",
    title,
    actions,
    className,
    children,
    ...props
  },
  ref,
) {
  const id = useId();
  const isGroup = props.role === "group";
  return (
    <div
      ref={ref}
      aria-labelledby={isGroup ? `${id}-title` : undefined}
      aria-describedby={isGroup ? `${id}-text` : undefined}
      data-tone={tone}
      data-shape={shape}
      {...props}
      className={classes("coviu-notice", className)}
    >
      <Icon name={icon} />
      <div>
        {title !== undefined && (
          <p id={isGroup ? `${id}-title` : undefined} className="coviu-strong">
            {renderIsolated(title)}
          </p>
        )}
        {children !== undefined && (
          <div id={isGroup ? `${id}-text` : undefined} className="coviu-text">
            {renderIsolated(children)}
          </div>
        )}
        {actions && <div className="coviu-row">{actions}</div>}
      </div>
    </div>
  );
});
