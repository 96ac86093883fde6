import { useMessages } from "../../hooks/useMessages.ts";
import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { failureText } from "./failureText.ts";
import { failureMessages } from "./messages.ts";

interface FailureNoticeProps {
  error: unknown;
  kind?: "read" | "write";
  /** Sends the same request again. */
  onRetry?: (() => void) | undefined;
  retrying?: boolean | undefined;
}

/** What went wrong and what to do, announced at once. */
export function FailureNotice({ error, kind = "read", onRetry, retrying }: FailureNoticeProps) {
  const text = useMessages("failure", failureMessages, undefined);
  const { title, body } = failureText(error, text, kind);
  const retry = onRetry && (
    <Button size="small" icon="refresh" busy={retrying} onClick={onRetry}>
      {text.retry}
    </Button>
  );
  return (
    <Notice role="alert" tone="danger" title={title} actions={retry}>
      {body}
    </Notice>
  );
}
