import { type ComponentPropsWithoutRef, forwardRef, useEffect, useId, useRef, useState } from "react";

import type { Participant } from "../../api/schemas.ts";
import { formatTime } from "../../domain/formatTime.ts";
import type { SessionTimes } from "../../domain/lifecycle.ts";
import { isHost, participantRole } from "../../domain/roles.ts";
import { useMessages } from "../../hooks/useMessages.ts";
import { useCoviu } from "../../provider/CoviuProvider.tsx";
import { Button } from "../../ui/Button.tsx";
import { classes } from "../../ui/classes.ts";
import { Icon } from "../../ui/Icon.tsx";
import { HostLinkQuestion } from "./HostLinkQuestion.tsx";
import { type EntryLinkMessages, entryLinkMessages } from "./messages.ts";
import { useEntryLink } from "./useEntryLink.ts";

export interface EntryLinkProps extends Omit<ComponentPropsWithoutRef<"div">, "children"> {
  participant: Participant;
  /** The session it leads to: offers *Join* while it is active, and says so when the link has stopped working. */
  session?: SessionTimes | undefined;
  /** Names of the session's guests, told to whoever is about to copy a host's link. */
  guestNames?: readonly string[] | undefined;
  messages?: Partial<EntryLinkMessages> | undefined;
}

/**
 * One person's entry link: named by person and role, hidden until asked for, and copying always answers. What recorders
 * of the screen must not see carries `data-private`.
 */
export const EntryLink = forwardRef<HTMLDivElement, EntryLinkProps>(function EntryLink(
  { participant, session, guestNames, messages, className, ...props },
  ref,
) {
  const text = useMessages("entryLink", entryLinkMessages, messages);
  const coviu = useCoviu();
  const { state, problem, url, joinUrl, opensAt, toggle, copy } = useEntryLink(participant, session);
  const [asking, setAsking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const copyButton = useRef<HTMLButtonElement>(null);
  const hostsLink = isHost(participant);
  const name = participant.display_name || text.unnamed;
  const role = wordFor(participantRole(participant), text);
  const shown = state === "revealed" || state === "refused";

  useEffect(() => {
    if (state !== "refused") return;
    field.current?.focus();
    field.current?.select();
  }, [state]);

  return (
    <div
      ref={ref}
      role="group"
      aria-label={text.label({ name, role })}
      {...props}
      className={classes("coviu coviu-entry-link", className)}
      data-state={state}
    >
      {problem ? (
        <p className="coviu-hint">{text[problem]}</p>
      ) : (
        <div className="coviu-entry-link-field">
          <Icon name="lock" />
          {state === "refused" ? (
            <input
              ref={field}
              className="coviu-entry-link-text"
              data-private=""
              readOnly
              value={url}
              aria-label={text.field(name)}
              onFocus={(event) => event.currentTarget.select()}
            />
          ) : state === "revealed" ? (
            <span className="coviu-entry-link-text" data-private="">
              {url}
            </span>
          ) : (
            <span className="coviu-entry-link-text">
              <span aria-hidden="true">{text.masked}</span>
              <span className="coviu-spoken">{text.maskedSpoken}</span>
            </span>
          )}
          <Button
            variant="quiet"
            shape="icon"
            size="small"
            aria-label={text.show(name)}
            aria-pressed={shown}
            icon={shown ? "eye-off" : "eye"}
            onClick={toggle}
          />
          <Button
            ref={copyButton}
            variant="quiet"
            size="small"
            icon={state === "copied" ? "check" : "copy"}
            aria-label={hostsLink ? text.copyHostFor(name) : text.copyFor(name)}
            onClick={() => (hostsLink ? setAsking(true) : void copy())}
          >
            {hostsLink ? text.copyHost : text.copy}
          </Button>
        </div>
      )}
    </div>
  );
});

function wordFor(role: string, text: EntryLinkMessages): string {
  return role === "HOST" ? text.host : role === "GUEST" ? text.guest : role.toLowerCase();
}
