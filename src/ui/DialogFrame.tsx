import type { ReactNode } from "react";

import { Button } from "./Button.tsx";

interface DialogFrameProps {
  title: ReactNode;
  description: ReactNode;
  closeLabel: string | undefined;
  onClose: () => void;
  footer: ReactNode;
  children: ReactNode;
}

/** Head, body and foot of a dialog. */
export function DialogFrame({ title, description, closeLabel, onClose, footer, children }: DialogFrameProps) {
  return (
    <>
      <div className="coviu-dialog-head">
        {title}
        {closeLabel && <Button variant="quiet" shape="icon" icon="close" aria-label={closeLabel} onClick={onClose} />}
      </div>
      <div className="coviu-dialog-body">
        {description}
        {children}
      </div>
      {footer && <div className="coviu-dialog-foot">{footer}</div>}
    </>
  );
}
