import { useRef, useState } from "react";

import type { Participant } from "../../api/schemas.ts";
import type { SessionTimes } from "../../domain/lifecycle.ts";
import { trustedEntryUrl } from "../../domain/links.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";

export type EntryLinkState = "masked" | "revealed" | "copied" | "refused" | "unavailable";

/** A browser that asks its user first may take as long. */
const patience = 5000;

/** Why there is no link to show or copy. */
export type EntryLinkProblem = "ended" | "canceled" | "untrusted" | "missing";

/** One person's entry link: hidden until asked for, and what came of copying it. */
export function useEntryLink(participant: Participant, session?: SessionTimes) {
  const { entryUrlHosts } = useCoviuSettings();
  const status = useSessionStatus(session)?.status;
  const copying = useRef(false);
  // Tied to the link it was asked for: another person or a new link starts hidden.
  const [shown, setShown] = useState<{ url: string; state: Exclude<EntryLinkState, "unavailable"> }>();

  const url = trustedEntryUrl(participant.entry_url, entryUrlHosts);
  const problem = status === "ended" || status === "canceled" ? status : problemWith(participant.entry_url, url);
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

function problemWith(given: string | undefined, trusted: string | undefined): EntryLinkProblem | undefined {
  if (trusted) return undefined;
  return given ? "untrusted" : "missing";
}

/** `false` where the browser has no clipboard for this page, refuses it, or gives no answer. */
async function written(text: string): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, patience, false);
  });
  try {
    return await Promise.race([navigator.clipboard.writeText(text).then(() => true), silence]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
