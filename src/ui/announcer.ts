import { masked } from "./recorders.ts";

/** What comes within this time is said together. */
const gathering = 150;
/** Between two announcements, so that a storm of news is a few sentences. */
const pause = 500;
/** A screen reader has taken it up by then, and nobody should come upon it with the cursor later. */
const kept = 5000;

interface Announcer {
  polite: Region;
  assertive: Region;
  users: number;
}

const announcers = new Map<Element, Announcer>();

/** A page has one announcer, and a modal dialog of the host's, behind which the page is silent, one of its own. */
function homeOf(place: Element): Element {
  return place.closest("dialog") ?? place.ownerDocument.body;
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
  return () => {
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
  announcers.get(homeOf(place))?.[urgent ? "assertive" : "polite"].say(text, lang);
}

type Region = ReturnType<typeof openRegion>;

/** With `aria-live` written out it is also heard while a modal dialog hides the rest of the page. */
function openRegion(home: Element, live: "polite" | "assertive") {
  const region = home.ownerDocument.createElement("div");
  // Names are in it.
  const { className, ...marks } = masked("coviu-spoken");
  region.className = className;
  for (const [name, value] of Object.entries(marks)) region.setAttribute(name, value);
  region.setAttribute("aria-live", live);
  if (live === "polite") region.setAttribute("role", "status");
  home.append(region);

  const waiting = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let free = 0;

  function speak(): void {
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
    free = performance.now() + pause;
    timer = setTimeout(() => region.replaceChildren(), kept);
  }

  return {
    say(text: string, lang: string): void {
      if (!waiting.size) {
        clearTimeout(timer);
        timer = setTimeout(speak, Math.max(gathering, free - performance.now()));
      }
      waiting.set(text, lang);
    },
    close(): void {
      clearTimeout(timer);
      region.remove();
    },
  };
}
