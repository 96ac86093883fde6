import { rootOf, deepContains } from "../provider/dom.ts";
import { hideWhileUnconfirmed } from "./hideComponents.ts";
import { innermostModal } from "./modalDialogs.ts";
import { maskedProps } from "./sessionReplay.ts";
import { hideFromSight } from "./spoken.ts";

/** Time in ms in which announcements are collected. They are then announced together. */
const collectingMs = 150;
/** Minimum time in ms between two announcements, so that many changes in a row are not read one by one. */
const pauseMs = 500;
/** Time in ms for which an announcement stays in the page, so that users do not find it there later. */
const shownMs = 5000;

interface Announcer {
  polite: Region;
  assertive: Region;
  users: number;
}

type RegionParent = Element | ShadowRoot;

const announcers = new Map<RegionParent, Announcer>();

/**
 * Parent of the live regions for a component: the nearest dialog, else the shadow root or the body. The style sheet of the
 * component applies there, and regions inside of a modal dialog are read while it is open.
 */
function regionParentOf(place: Element): RegionParent {
  const root = rootOf(place);
  return place.closest("dialog") ?? ("host" in root ? root : root.body);
}

/** Announcer for a place. While a dialog of the kit is open, it is that of the dialog, because the page is inert. */
function announcerFor(place: Element): Announcer | undefined {
  const modal = innermostModal(place.ownerDocument);
  return announcers.get(modal && !deepContains(modal, place) ? modal : regionParentOf(place));
}

/** Adds the two empty regions to the page, and removes them when all users have called the returned function. */
export function joinAnnouncer(place: Element): () => void {
  const parent = regionParentOf(place);
  const announcer = announcers.get(parent) ?? {
    polite: openRegion(parent, "polite"),
    assertive: openRegion(parent, "assertive"),
    users: 0,
  };
  announcers.set(parent, announcer);
  announcer.users += 1;
  const untrack = hideWhileUnconfirmed(place);
  return () => {
    untrack();
    announcer.users -= 1;
    queueMicrotask(() => {
      if (announcer.users || announcers.get(parent) !== announcer) return;
      announcers.delete(parent);
      announcer.polite.close();
      announcer.assertive.close();
    });
  };
}

/** Announces a text once, in the language of its place. `urgent` interrupts the screen reader. */
export function announce(place: Element, text: string, urgent?: boolean): void {
  const lang = place.closest<HTMLElement>("[lang]")?.lang ?? "";
  announcerFor(place)?.[urgent ? "assertive" : "polite"].enqueue(text, lang);
}

interface Region {
  region: Element;
  enqueue: (text: string, lang: string) => void;
  close: () => void;
}

function openRegion(parent: RegionParent, live: "polite" | "assertive"): Region {
  const region = parent.ownerDocument.createElement("div");
  // Announcements that are left when a dialog closes move to the announcer of this element.
  const outside = "host" in parent ? parent.host : parent.parentElement;
  // Session replay masks announcements, because they contain names.
  const { className, ...marks } = maskedProps("coviu-spoken");
  region.className = className;
  hideFromSight(region);
  region.style.setProperty("inset-block-start", "0");
  for (const [name, value] of Object.entries(marks)) region.setAttribute(name, value);
  region.setAttribute("aria-live", live);
  if (live === "polite") region.setAttribute("role", "status");
  parent.append(region);

  const queue = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Earliest time of the next announcement, in ms of `performance.now()`. */
  let nextAllowedMs = 0;

  /** Moves the queue to another announcer, if that is now the one for this place. Returns whether it was moved. */
  function moveQueue(place: Element | null): boolean {
    const other = place?.isConnected ? announcerFor(place)?.[live] : undefined;
    if (!other || other.region === region) return false;
    for (const [text, lang] of queue) other.enqueue(text, lang);
    queue.clear();
    return true;
  }

  function announceQueue(): void {
    if (moveQueue(region)) return;
    const texts = [...queue.keys()];
    const lines = texts
      .filter((text) => !texts.some((longer) => longer.endsWith(`. ${text}`)))
      .map((text) => {
        const line = parent.ownerDocument.createElement("p");
        line.lang = queue.get(text) ?? "";
        line.textContent = text;
        return line;
      });
    queue.clear();
    region.replaceChildren(...lines);
    nextAllowedMs = performance.now() + pauseMs;
    timer = setTimeout(() => region.replaceChildren(), shownMs);
  }

  return {
    region,
    enqueue(text: string, lang: string): void {
      if (!queue.size) {
        clearTimeout(timer);
        timer = setTimeout(announceQueue, Math.max(collectingMs, nextAllowedMs - performance.now()));
      }
      queue.set(text, lang);
    },
    close(): void {
      clearTimeout(timer);
      moveQueue(outside);
      region.remove();
    },
  };
}
