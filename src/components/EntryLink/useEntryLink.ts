import { useEffect, useRef, useState } from "react";

import type { Participant } from "../../api/schemas.ts";
import type { SessionTimes } from "../../domain/lifecycle.ts";
import { trustedEntryUrl } from "../../domain/links.ts";
import { useEntryUrls } from "../../hooks/useEntryUrls.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";

export type EntryLinkState = "masked" | "asking" | "revealed" | "copied" | "refused" | "unavailable";

interface Asked {
  key: string;
  state: Exclude<EntryLinkState, "unavailable">;
  /** Where it did not come with the person. */
  url?: string | undefined;
  error?: unknown;
  /** Whether it is shown to be copied by hand, after a refusal. */
  byHand?: boolean | undefined;
}

/** Time in ms that a browser may take to answer: it may ask its user first. */
const patience = 5000;

/** The copy that was asked for last, of any link: none before it may reach the clipboard, or say that it did. */
let lastCopy: AbortController | undefined;

/** Why there is no link to show or copy. */
export type EntryLinkProblem = "ended" | "canceled" | "untrusted" | "missing";

/** One person's entry link: hidden until asked for, and what came of copying it. */
export function useEntryLink(participant: Participant, session?: SessionTimes) {
  const entryUrls = useEntryUrls();
  const { entryUrlHosts } = useCoviuSettings();
  const status = useSessionStatus(session)?.status;
  const asking = useRef(false);
  const copying = useRef<AbortController>(undefined);
  // Whoever has left this link copies another one.
  useEffect(() => () => copying.current?.abort(), []);
  const { participant_id: id, entry_url: given } = participant;
  const onDemand = entryUrls.onDemand && given === undefined;
  // Tied to what it was asked for: another person or a new link starts hidden.
  const key = given ?? id;
  const [asked, setAsked] = useState<Asked>();

  const current = asked?.key === key ? asked : undefined;
  const url = trustedEntryUrl(given ?? current?.url, entryUrlHosts);
  const isKnown = !onDemand || current?.url !== undefined;
  const problem =
    status === "ended" || status === "canceled"
      ? status
      : isKnown
        ? problemWith(given ?? current?.url, url)
        : undefined;
  const state: EntryLinkState = problem ? "unavailable" : (current?.state ?? "masked");

  /** Asks the clinic's server for a link that did not come with the person. */
  async function reveal(signal?: AbortSignal): Promise<string | undefined> {
    setAsked({ key, state: "asking" });
    try {
      const revealed = await entryUrls.reveal(id, signal);
      if (signal?.aborted) return undefined;
      const trusted = trustedEntryUrl(revealed, entryUrlHosts);
      if (!trusted) setAsked({ key, state: "masked", url: revealed });
      return trusted;
    } catch (error) {
      if (!signal?.aborted) setAsked({ key, state: "masked", error });
      return undefined;
    }
  }

  async function show(): Promise<void> {
    asking.current = true;
    const revealed = url ?? (await reveal());
    if (revealed) setAsked({ key, state: "revealed", url: revealed, byHand: state === "refused" });
    asking.current = false;
  }

  function toggle(): void {
    if (state === "revealed") setAsked(undefined);
    else if (!problem && !asking.current) void show();
  }

  async function copy(): Promise<void> {
    if (problem || asking.current) return;
    asking.current = true;
    lastCopy?.abort();
    const { signal } = (lastCopy = copying.current = new AbortController());
    // Cleared first, so that a second copy is announced again.
    setAsked(undefined);
    signal.addEventListener("abort", () => setAsked(undefined));
    // Written in the very turn of the click, known or not: later WebKit no longer allows it.
    const link = url ?? reveal(signal);
    const isCopied = await written(link, signal);
    // A link that nobody sees is not kept.
    if ((await link) && !signal.aborted) setAsked({ key, state: isCopied ? "copied" : "refused" });
    asking.current = false;
  }

  /** Gives up a copy that is still on its way: nothing reaches the clipboard any more. */
  function stopCopy(): void {
    if (asking.current) copying.current?.abort();
  }

  return {
    state,
    problem,
    /** Why the clinic's server did not give the link. */
    error: current?.error,
    /** The checked link, for showing it where `state` says so. */
    url: problem ? undefined : url,
    /** Whether the link is shown to be copied by hand, after the browser refused to. */
    byHand: state === "revealed" && current?.byHand === true,
    /** Where *Join* leads: only while the session is active. */
    joinUrl: status !== "active" ? undefined : onDemand ? entryUrls.joinUrl(id) : url,
    /** Set while the session has not started. */
    opensAt: status === "scheduled" ? session?.start_time : undefined,
    /** Shows the link, or hides it again. */
    toggle,
    copy,
    stopCopy,
  };
}

function problemWith(given: string | undefined, trusted: string | undefined): EntryLinkProblem | undefined {
  if (trusted) return undefined;
  return given ? "untrusted" : "missing";
}

/**
 * Writes a link, or one that is still asked for, to the clipboard. `false` where the browser has no clipboard for this
 * page, refuses it, or gives no answer.
 */
async function written(link: string | Promise<string | undefined>, signal: AbortSignal): Promise<boolean> {
  try {
    if (typeof link === "string") return await answered(navigator.clipboard.writeText(link));
    const pending = wanted(link, signal);
    const writing = writeLater(pending);
    // Until the link is there, the browser can have no answer.
    const text = await pending;
    return await answered(
      writing ? writing.catch(() => navigator.clipboard.writeText(text)) : navigator.clipboard.writeText(text),
    );
  } catch {
    return false;
  }
}

/** Rejects where there is no link, or where it is no longer wanted: then nothing may be written. */
async function wanted(link: Promise<string | undefined>, signal: AbortSignal): Promise<string> {
  const text = await link;
  signal.throwIfAborted();
  if (text === undefined) throw new TypeError("There is no link.");
  return text;
}

/** Hands a text to the clipboard that is not there yet. `undefined` in browsers that take none. */
function writeLater(text: Promise<string>): Promise<void> | undefined {
  try {
    const blob = text.then((given) => new Blob([given], { type: "text/plain" }));
    // Not every browser listens to it.
    blob.catch(() => {});
    const writing = navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    writing.catch(() => {});
    return writing;
  } catch {
    return undefined;
  }
}

/** Whether it was written, `false` after a silence. */
async function answered(writing: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, patience, false);
  });
  try {
    return await Promise.race([writing.then(() => true), silence]);
  } finally {
    clearTimeout(timer);
  }
}
