import { useEffect, useRef, useState } from "react";

import type { Participant } from "../../api/schemas.ts";
import type { SessionTimes } from "../../domain/lifecycle.ts";
import { trustedEntryUrl } from "../../domain/links.ts";
import { useEntryUrls } from "../../hooks/useEntryUrls.ts";
import { useSessionStatus } from "../../hooks/useSessionStatus.ts";
import { useCoviuSettings } from "../../provider/CoviuProvider.tsx";

/** State of an entry link on the screen. `refused`: the browser did not allow the copy. */
export type EntryLinkState = "masked" | "asking" | "revealed" | "copied" | "refused" | "unavailable";

interface Reading {
  key: string;
  state: Exclude<EntryLinkState, "unavailable">;
  /** Entry link that did not come with the participant. */
  url?: string | undefined;
  error?: unknown;
  /** Whether the entry link is shown to be copied by hand. */
  byHand?: boolean | undefined;
}

/** Time in ms that the clipboard may take. The browser may ask the user first. */
const clipboardTimeoutMs = 5000;

/** The last copy of any entry link. An earlier one must neither write to the clipboard nor report success. */
let lastCopy: AbortController | undefined;

/** Reason why an entry link can't be shown or copied. `untrusted`: its host is not one of `entryUrlHosts`. */
export type EntryLinkProblem = "ended" | "canceled" | "untrusted" | "missing";

/** Result of `useEntryLink`. */
export interface UseEntryLinkResult {
  /** Whether the link is hidden, shown, copied, or can’t be shown. */
  state: EntryLinkState;
  /** Reason why there is no entry link. `undefined` if there is one. */
  problem: EntryLinkProblem | undefined;
  /** Error of the request for the entry link. */
  error: unknown;
  /** The checked entry link. Show it only while `state` is `revealed`. */
  url: string | undefined;
  /** Whether the entry link is shown to be copied by hand, because the browser did not allow the copy. */
  byHand: boolean;
  /** Address of *Join*. Set only while the session is active. */
  joinUrl: string | undefined;
  /** Start of the session. Set only before the start. */
  opensAt: string | undefined;
  /** Shows the entry link, or hides it. */
  toggle: () => void;
  /** Copies the entry link. Call it in a click handler, because browsers require one. */
  copy: () => Promise<void>;
  /** Cancels an unfinished copy, so that it does not write to the clipboard. */
  stopCopy: () => void;
}

/**
 * State of `EntryLink`: the entry link of one participant, hidden until it is shown, and copying it.
 *
 * @param session Session that the entry link leads to. Without it there is no `joinUrl` and no `opensAt`.
 *
 * @example
 *   function CopyButton({ participant }: { participant: Participant }) {
 *     const { state, copy } = useEntryLink(participant);
 *     return <button onClick={() => void copy()}>{state === "copied" ? "Copied" : "Copy link"}</button>;
 *   }
 */
export function useEntryLink(participant: Participant, session?: SessionTimes): UseEntryLinkResult {
  const entryUrls = useEntryUrls();
  const { entryUrlHosts } = useCoviuSettings();
  const status = useSessionStatus(session)?.status;
  const isBusy = useRef(false);
  const currentCopy = useRef<AbortController>(undefined);
  // An unmounted component cancels its copy.
  useEffect(() => () => currentCopy.current?.abort(), []);
  const { participant_id: id, entry_url: given } = participant;
  const onDemand = entryUrls.onDemand && given === undefined;
  // The link is hidden again if the participant or the link changes.
  const key = given ?? id;
  const [reading, setReading] = useState<Reading>();

  const current = reading?.key === key ? reading : undefined;
  const url = trustedEntryUrl(given ?? current?.url, entryUrlHosts);
  const isLoaded = !onDemand || current?.url !== undefined;
  const problem =
    status === "ended" || status === "canceled"
      ? status
      : isLoaded
        ? problemWith(given ?? current?.url, url)
        : undefined;
  const state: EntryLinkState = problem ? "unavailable" : (current?.state ?? "masked");

  /** Requests an entry link that did not come with the participant. */
  async function reveal(signal?: AbortSignal): Promise<string | undefined> {
    setReading({ key, state: "asking" });
    try {
      const revealed = await entryUrls.reveal(id, signal);
      if (signal?.aborted) return undefined;
      const trusted = trustedEntryUrl(revealed, entryUrlHosts);
      if (!trusted) setReading({ key, state: "masked", url: revealed });
      return trusted;
    } catch (error) {
      if (!signal?.aborted) setReading({ key, state: "masked", error });
      return undefined;
    }
  }

  async function show(): Promise<void> {
    isBusy.current = true;
    const revealed = url ?? (await reveal());
    if (revealed) setReading({ key, state: "revealed", url: revealed, byHand: state === "refused" });
    isBusy.current = false;
  }

  function toggle(): void {
    if (state === "revealed") setReading(undefined);
    else if (!problem && !isBusy.current) void show();
  }

  async function copy(): Promise<void> {
    if (problem || isBusy.current) return;
    isBusy.current = true;
    lastCopy?.abort();
    const { signal } = (lastCopy = currentCopy.current = new AbortController());
    // The state is cleared first, so that a second copy is announced too.
    setReading(undefined);
    signal.addEventListener("abort", () => setReading(undefined));
    // WebKit allows writing only in the task of the click, so the clipboard is called before the link is known.
    const link = url ?? reveal(signal);
    const isCopied = await writeToClipboard(link, signal);
    // The entry link is kept out of the state while it is not shown.
    if ((await link) && !signal.aborted) setReading({ key, state: isCopied ? "copied" : "refused" });
    isBusy.current = false;
  }

  function stopCopy(): void {
    if (isBusy.current) currentCopy.current?.abort();
  }

  return {
    state,
    problem,
    error: current?.error,
    url: problem ? undefined : url,
    byHand: state === "revealed" && current?.byHand === true,
    joinUrl: status !== "active" ? undefined : onDemand ? entryUrls.joinUrl(id) : url,
    opensAt: status === "scheduled" ? session?.start_time : undefined,
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
 * Writes an entry link, or a promise of one, to the clipboard. Resolves to `false` if the browser has no clipboard for
 * this page, refuses, or does not respond in time.
 */
async function writeToClipboard(link: string | Promise<string | undefined>, signal: AbortSignal): Promise<boolean> {
  try {
    if (typeof link === "string") return await wasWritten(navigator.clipboard.writeText(link));
    const pending = requireLink(link, signal);
    const writing = writeLater(pending);
    // The timeout starts when the link has arrived, because the browser can't finish before.
    const text = await pending;
    return await wasWritten(
      writing ? writing.catch(() => navigator.clipboard.writeText(text)) : navigator.clipboard.writeText(text),
    );
  } catch {
    return false;
  }
}

/** Resolves to the entry link. Rejects without one and after an abort, so that nothing is written. */
async function requireLink(link: Promise<string | undefined>, signal: AbortSignal): Promise<string> {
  const text = await link;
  signal.throwIfAborted();
  if (text === undefined) throw new TypeError("There is no link.");
  return text;
}

/** Writes the promise of a text to the clipboard. `undefined` in browsers that do not support it. */
function writeLater(text: Promise<string>): Promise<void> | undefined {
  try {
    const blob = text.then((given) => new Blob([given], { type: "text/plain" }));
    // Not every browser handles the rejection.
    blob.catch(() => {});
    const writing = navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    writing.catch(() => {});
    return writing;
  } catch {
    return undefined;
  }
}

/** Resolves to whether the text was written, `false` after the timeout. */
async function wasWritten(writing: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, clipboardTimeoutMs, false);
  });
  try {
    return await Promise.race([writing.then(() => true), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
