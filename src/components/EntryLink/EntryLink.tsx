import { type ComponentPropsWithoutRef, forwardRef, useEffect, useRef, useState } from "react";

import type { Participant } from "../../api/schemas.ts";
import type { SessionTimes } from "../../domain/lifecycle.ts";
import { isHost, isolated, participantRole, shownName } from "../../domain/roles.ts";
import { useFormat } from "../../hooks/useFormat.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { Button } from "../../ui/Button.tsx";
import { unmanaged } from "../../ui/fieldMarks.ts";
import { Icon } from "../../ui/Icon.tsx";
import { LiveStatus } from "../../ui/LiveStatus.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { blockedProps, maskedProps } from "../../ui/sessionReplay.ts";
import { spoken } from "../../ui/spoken.ts";
import { InlineFailure } from "../Failure/FailureNotice.tsx";
import { roleLabel } from "../person/roleLabel.ts";
import { HostLinkQuestion } from "./HostLinkQuestion.tsx";
import { type EntryLinkMessages, entryLinkMessages } from "./messages.ts";
import { useEntryLink } from "./useEntryLink.ts";

export interface EntryLinkProps extends Omit<ComponentPropsWithoutRef<"div">, "children"> {
  /** Person whose entry link is shown. */
  participant: Participant;
  /** Name to show, if the display name is not unique in the list. */
  name?: string | undefined;
  /** Session of the entry link. *Join* is offered while it is active. After it the entry link no longer works. */
  session?: SessionTimes | undefined;
  /** Names of the guests. The question before a host's entry link is copied lists them. @default none */
  guestNames?: readonly string[] | undefined;
  /** Texts in place of those of the provider. @default the texts of the provider, else English ones */
  messages?: Partial<EntryLinkMessages> | undefined;
}

/**
 * Entry link of one participant. It is hidden until the user shows it. The result of a copy is always announced. Session
 * replay blocks it.
 */
export const EntryLink = forwardRef<HTMLDivElement, EntryLinkProps>(function EntryLink(
  { participant, name: given, session, guestNames = [], messages, className, ...props },
  ref,
) {
  const text = useMessages("entryLink", entryLinkMessages, messages);
  const format = useFormat();
  const { state, problem, error, url, byHand, joinUrl, opensAt, toggle, copy, stopCopy } = useEntryLink(
    participant,
    session,
  );
  const [isQuestionOpen, setIsQuestionOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const host = isHost(participant);
  const name = given ?? shownName(participant.display_name) ?? text.unnamed;
  const role = roleLabel(participantRole(participant), text);
  const shown = state === "revealed";
  const opens = opensAt && format.time(opensAt);

  useEffect(() => {
    if (byHand) field.current?.focus();
  }, [byHand]);

  async function copyHostLink(): Promise<void> {
    // The question stays open until the copy is done, so that it can be canceled.
    await copy();
    setIsQuestionOpen(false);
  }

  return (
    <div
      ref={ref}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset belongs to a form
      role="group"
      aria-label={text.label({ name, role })}
      {...maskedProps("coviu-entry-link", className)}
      {...props}
      data-state={state}
    >
      {problem ? (
        <p className="coviu-hint">{text[problem]}</p>
      ) : (
        <div className="coviu-entry-link-field">
          <Icon name="lock" />
          {byHand ? (
            <input
              ref={field}
              {...blockedProps("coviu-entry-link-text")}
              {...unmanaged}
              readOnly
              form=""
              value={url}
              aria-label={text.field(name)}
              onFocus={(event) => event.currentTarget.select()}
            />
          ) : (
            <span {...blockedProps("coviu-entry-link-text")} translate={shown ? "no" : undefined}>
              {shown ? url : <HiddenUrl text={text} />}
            </span>
          )}
          <Button
            variant="quiet"
            shape="icon"
            size="small"
            icon={shown ? "eye-off" : "eye"}
            aria-label={text.show(name)}
            aria-pressed={shown}
            onClick={toggle}
          />
          <Button
            variant="quiet"
            size="small"
            busy={state === "asking"}
            icon={state === "copied" ? "check" : "copy"}
            aria-label={host ? text.copyHostFor(name) : text.copyFor(name)}
            onClick={() => (host ? setIsQuestionOpen(true) : void copy())}
          >
            {host ? text.copyHost : text.copy}
          </Button>
        </div>
      )}
      <LiveStatus visible>
        {state === "copied" && (
          <Notice shape="line" tone="success">
            {text.copied({ name: isolated(name), role })}
          </Notice>
        )}
        {state === "refused" && (
          <Notice shape="line" tone="warning">
            {text.refused}
          </Notice>
        )}
        {byHand && <Notice shape="line">{text.selected}</Notice>}
      </LiveStatus>
      {error !== undefined && <InlineFailure error={error} />}
      {joinUrl && (
        <div className="coviu-row">
          <a
            {...blockedProps("coviu-button")}
            data-variant="primary"
            href={joinUrl}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={text.joinFor(name)}
          >
            <Icon name="video" />
            {text.join}
          </a>
        </div>
      )}
      {opens !== undefined && !problem && <p className="coviu-hint">{renderIsolated(text.joinFrom(opens), [opens])}</p>}
      {isQuestionOpen && !problem && (
        <HostLinkQuestion
          name={name}
          guestNames={guestNames}
          text={text}
          onCopy={() => void copyHostLink()}
          onClose={() => {
            stopCopy();
            setIsQuestionOpen(false);
          }}
        />
      )}
    </div>
  );
});

function HiddenUrl({ text }: { text: EntryLinkMessages }) {
  return (
    <>
      <span aria-hidden="true">{text.masked}</span>
      <span {...spoken}>{text.maskedSpoken}</span>
    </>
  );
}
