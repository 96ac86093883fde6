import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from "react";

import { classes } from "./classes.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { words } from "./words.tsx";

export interface NoticeProps extends Omit<ComponentPropsWithoutRef<"div">, "title"> {
  tone?: "success" | "warning" | "danger" | "neutral" | undefined;
  shape?: "line" | undefined;
  icon?: IconName | undefined;
  title?: ReactNode;
  actions?: ReactNode;
}

/** What happened, then what to do. */
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
  return (
    <div ref={ref} data-tone={tone} data-shape={shape} {...props} className={classes("coviu-notice", className)}>
      <Icon name={icon} />
      <div>
        {title !== undefined && <p className="coviu-strong">{words(title)}</p>}
        {children !== undefined && <div className="coviu-text">{words(children)}</div>}
        {actions && <div className="coviu-row">{actions}</div>}
      </div>
    </div>
  );
});
