import { rootOf, deepContains } from "../provider/dom.ts";
import { hideWhileUnconfirmed } from "./hideComponents.ts";
import { innermostModal } from "./modalDialogs.ts";
import { maskedProps } from "./sessionReplay.ts";
import { hideFromSight } from "./spoken.ts";

/** Time in ms in which announcements are collected. They are then read out together. */
const gatheringMs = 150;
/** Between two announcements, so that a storm of news is a few sentences. */
const pauseMs = 500;
/** Time in ms for which an announcement stays in the page. Later a screen reader would find it with its cursor. */
const shownMs = 5000;

interface Announcer {
  polite: Region;
  assertive: Region;
  users: number;
}

type Home = Element | ShadowRoot;

const announcers = new Map<Home, Announcer>();

/**
 * The nearest open dialog, shadow root or the body: there the regions are styled as the component is, and are heard while
 * a modal dialog is open.
 */
function homeOf(place: Element): Home {
  const root = rootOf(place);
  return place.closest("dialog") ?? ("host" in root ? root : root.body);
}

/** The announcer for a place. While a dialog of the kit is open, all that is outside of it is inert: then the dialog's. */
function announcerFor(place: Element): Announcer | undefined {
  const modal = innermostModal(place.ownerDocument);
  return announcers.get(modal && !deepContains(modal, place) ? modal : homeOf(place));
}

/** Opens the two regions, empty, and keeps them until everybody who may speak has left. */
export function join(place: Element): () => void {
  const home = homeOf(place);
  const announcer = announcers.get(home) ?? {
    polite: openRegion(home, "polite"),
    assertive: openRegion(home, "assertive"),
    users: 0,
  };
  announcers.set(home, announcer);
  announcer.users += 1;
  const untrack = hideWhileUnconfirmed(place);
  return () => {
    untrack();
    announcer.users -= 1;
    queueMicrotask(() => {
      if (announcer.users || announcers.get(home) !== announcer) return;
      announcers.delete(home);
      announcer.polite.close();
      announcer.assertive.close();
    });
  };
}

/** Says a text once, in the language of the place it comes from. `urgent` interrupts whatever is being said. */
export function announce(place: Element, text: string, urgent?: boolean): void {
  const lang = place.closest<HTMLElement>("[lang]")?.lang ?? "";
  announcerFor(place)?.[urgent ? "assertive" : "polite"].say(text, lang);
}

interface Region {
  region: Element;
  say: (text: string, lang: string) => void;
  close: () => void;
}

function openRegion(home: Home, live: "polite" | "assertive"): Region {
  const region = home.ownerDocument.createElement("div");
  // Place of the next announcements after a dialog has closed.
  const outside = "host" in home ? home.host : home.parentElement;
  // Names are in it.
  const { className, ...marks } = maskedProps("coviu-spoken");
  region.className = className;
  hideFromSight(region);
  region.style.setProperty("inset-block-start", "0");
  for (const [name, value] of Object.entries(marks)) region.setAttribute(name, value);
  region.setAttribute("aria-live", live);
  if (live === "polite") region.setAttribute("role", "status");
  home.append(region);

  const waiting = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let free = 0;

  /** Hands over what waits, where another announcer is the one that is heard now. */
  function moveOn(place: Element | null): boolean {
    const other = place?.isConnected ? announcerFor(place)?.[live] : undefined;
    if (!other || other.region === region) return false;
    for (const [text, lang] of waiting) other.say(text, lang);
    waiting.clear();
    return true;
  }

  function speak(): void {
    if (moveOn(region)) return;
    const texts = [...waiting.keys()];
    const lines = texts
      .filter((text) => !texts.some((longer) => longer.endsWith(`. ${text}`)))
      .map((text) => {
        const line = home.ownerDocument.createElement("p");
        line.lang = waiting.get(text) ?? "";
        line.textContent = text;
        return line;
      });
    waiting.clear();
    region.replaceChildren(...lines);
    free = performance.now() + pauseMs;
    timer = setTimeout(() => region.replaceChildren(), shownMs);
  }

  return {
    region,
    say(text: string, lang: string): void {
      if (!waiting.size) {
        clearTimeout(timer);
        timer = setTimeout(speak, Math.max(gatheringMs, free - performance.now()));
      }
      waiting.set(text, lang);
    },
    close(): void {
      clearTimeout(timer);
      moveOn(outside);
      region.remove();
    },
  };
}
