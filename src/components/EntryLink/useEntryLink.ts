import { useRef, useState } from "react";

import type { Participant } from "../../api/schemas.ts";
import type { SessionTimes } from "../../domain/lifecycle.ts";
import { trustedEntryUrl } from "../../domain/links.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";

export type EntryLinkState = "masked" | "revealed" | "copied" | "refused" | "unavailable";

/** One person's entry link: hidden until asked for, and what came of copying it. */
export function useEntryLink(participant: Participant, session?: SessionTimes) {
  const { entryUrlHosts } = useCoviuSettings();
  const status = useSessionStatus(session)?.status;
  const copying = useRef(false);
  // Tied to the link it was asked for: another person or a new link starts hidden.
  const [shown, setShown] = useState<{ url: string; state: Exclude<EntryLinkState, "unavailable"> }>();

  const over = status === "ended" || status === "canceled" ? status : undefined;
  const url = trustedEntryUrl(participant.entry_url, entryUrlHosts);
  const problem = over ?? (url ? undefined : participant.entry_url ? "untrusted" : "missing");
  const asked = url !== undefined && shown?.url === url ? shown.state : "masked";
  const state: EntryLinkState = problem ? "unavailable" : asked;

  function toggle(): void {
    if (url) setShown({ url, state: state === "revealed" || state === "refused" ? "masked" : "revealed" });
  }

  async function copy(): Promise<void> {
    if (!url || problem || copying.current) return;
    copying.current = true;
    // Cleared first, so that a second copy is announced again.
    setShown(undefined);
    setShown({ url, state: (await written(url)) ? "copied" : "refused" });
    copying.current = false;
  }

  return {
    state,
    /** Why there is no link to show or copy. */
    problem,
    /** The checked link, for showing it where `state` says so. */
    url: problem ? undefined : url,
    /** Where *Join* leads: only while the session is active. */
    joinUrl: status === "active" ? url : undefined,
    /** Set while the session has not started. */
    opensAt: status === "scheduled" ? session?.start_time : undefined,
    /** Shows the link, or hides it again. */
    toggle,
    copy,
  };
}

/** `false` where the browser has no clipboard for this page, or refuses it. */
async function written(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
