import { useRef } from "react";

import { nameList } from "../../domain/nameList.ts";
import { isolated } from "../../domain/roles.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import type { EntryLinkMessages } from "./messages.ts";

export interface HostLinkQuestionProps {
  name: string;
  guestNames: readonly string[];
  text: EntryLinkMessages;
  onCopy: () => void;
  onClose: () => void;
}

/** Question before a host's entry link is copied, because it must not reach a guest. */
export function HostLinkQuestion({ name, guestNames, text, onCopy, onClose }: HostLinkQuestionProps) {
  const { locale } = useFormat();
  const backButton = useRef<HTMLButtonElement>(null);
  const guests = guestNames.length;
  return (
    <Dialog
      open
      role="alertdialog"
      size="small"
      title={text.hostTitle}
      description={
        <div className="coviu-stack">
          <p className="coviu-text">{renderIsolated(text.hostBody({ name: isolated(name), guests }))}</p>
          {guests > 0 && (
            <p className="coviu-text">
              {renderIsolated(text.hostOthers({ names: nameList(guestNames, locale, text.others), guests }))}
            </p>
          )}
        </div>
      }
      onClose={onClose}
      initialFocus={backButton}
      footer={
        <>
          <Button ref={backButton} onClick={onClose}>
            {text.goBack}
          </Button>
          <Button variant="primary" icon="copy" aria-label={text.copyHostFor(name)} onClick={onCopy}>
            {text.copyHost}
          </Button>
        </>
      }
    />
  );
}
