import { act, render, screen } from "@testing-library/react";
import { StrictMode } from "react";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Button } from "../../src/ui/Button.tsx";
import { LiveStatus } from "../../src/ui/LiveStatus.tsx";
import { Notice } from "../../src/ui/Notice.tsx";
import { react18 } from "../tags.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const polite = () => screen.getByRole("status");
const assertive = () => document.querySelector("[aria-live=assertive]");
const pass = (time: number) => act(() => void vi.advanceTimersByTime(time));

/** What a screen reader is given to say, one announcement after the other. */
function listen() {
  const announcements: string[] = [];
  for (const region of document.querySelectorAll("[aria-live]")) {
    const replace = region.replaceChildren.bind(region);
    region.replaceChildren = (...lines) => {
      replace(...lines);
      if (lines.length > 0) announcements.push([...region.children].map((line) => line.textContent).join(" | "));
    };
  }
  return announcements;
}

function Voices({ texts }: { texts: readonly string[] }) {
  return (
    <StrictMode>
      {texts.map((text, index) => (
        <LiveStatus key={index}>{text}</LiveStatus>
      ))}
    </StrictMode>
  );
}

describe("LiveStatus", () => {
  it("renders two empty regions before any announcement, and removes them with the last component", () => {
    const { unmount } = render(<Voices texts={["", ""]} />);
    expect(polite()).toBeEmptyDOMElement();
    expect(polite()).toHaveAttribute("aria-live", "polite");
    expect(assertive()).toBeEmptyDOMElement();
    expect(document.querySelectorAll("[aria-live]")).toHaveLength(2);
    unmount();
    return Promise.resolve().then(() => expect(document.querySelector("[aria-live]")).toBeNull());
  });

  it("says a text once, in StrictMode too, and leaves nothing behind for the cursor to come upon", react18, () => {
    const { rerender } = render(<Voices texts={[""]} />);
    const announcements = listen();
    rerender(<Voices texts={["Ana Lee added"]} />);
    rerender(<Voices texts={["Ana Lee added"]} />);
    pass(200);
    expect(polite()).toHaveTextContent(/^Ana Lee added$/);
    pass(6000);
    expect(announcements).toEqual(["Ana Lee added"]);
    expect(polite()).toBeEmptyDOMElement();
  });

  it("makes at most three announcements of twenty events in a second, and loses none", () => {
    const names = Array.from({ length: 20 }, (_, index) => `Person ${index + 1} added`);
    const { rerender } = render(<Voices texts={names.map(() => "")} />);
    const announcements = listen();
    for (const [index] of names.entries()) {
      rerender(<Voices texts={names.map((name, other) => (other <= index ? name : ""))} />);
      pass(50);
    }
    pass(2000);
    expect(announcements.length).toBeLessThanOrEqual(3);
    expect(announcements.flatMap((lines) => lines.split(" | "))).toEqual(names);
  });

  it("merges repeats, also where one text is the end of another", () => {
    const { rerender } = render(<Voices texts={["", "", ""]} />);
    const announcements = listen();
    const failure = "The service had a problem. Try again in a moment.";
    rerender(<Voices texts={[failure, failure, `People could not be loaded. ${failure}`]} />);
    pass(6000);
    expect(announcements).toEqual([`People could not be loaded. ${failure}`]);
  });

  it("says the same again when it happens again", () => {
    const { rerender } = render(<Voices texts={["Link copied"]} />);
    const announcements = listen();
    pass(1000);
    rerender(<Voices texts={[""]} />);
    rerender(<Voices texts={["Link copied"]} />);
    pass(1000);
    expect(announcements).toEqual(["Link copied", "Link copied"]);
  });

  it("interrupts only where it is urgent", () => {
    render(<LiveStatus urgent>You’re not signed in</LiveStatus>);
    pass(200);
    expect(assertive()).toHaveTextContent("You’re not signed in");
    expect(polite()).toBeEmptyDOMElement();
  });

  it("does not say what has passed before it was worth a word", () => {
    const view = (text: string) => <LiveStatus after={1000}>{text}</LiveStatus>;
    const { rerender } = render(view("Loading people"));
    const announcements = listen();
    pass(900);
    rerender(view(""));
    pass(2000);
    rerender(view("Loading people"));
    pass(1200);
    expect(announcements).toEqual(["Loading people"]);
  });

  it("shows a notice and reads out its title and its sentence, not its buttons", () => {
    render(
      <LiveStatus visible>
        <Notice title="Session booked" actions={<Button>Show links</Button>}>
          3 links are ready to send.
        </Notice>
      </LiveStatus>,
    );
    pass(200);
    expect(screen.getByText("Session booked")).toBeVisible();
    expect(polite()).toHaveTextContent(/^Session booked\. 3 links are ready to send\.$/);
  });

  it("speaks the language of the place it stands in", () => {
    render(
      <div lang="de">
        <LiveStatus>Verbunden</LiveStatus>
      </div>,
    );
    pass(200);
    expect(polite().firstElementChild).toHaveAttribute("lang", "de");
  });

  it("is announced inside a modal dialog of the app, behind which the page is inert", () => {
    render(
      <dialog open>
        <LiveStatus>Changes saved</LiveStatus>
      </dialog>,
    );
    pass(200);
    expect(screen.getByRole("dialog")).toContainElement(polite());
    expect(polite()).toHaveTextContent("Changes saved");
  });

  it("is nothing on a server but what is seen", () => {
    expect(renderToString(<LiveStatus visible>Saved</LiveStatus>)).toBe('<div class="coviu-live">Saved</div>');
    expect(renderToString(<LiveStatus>Saved</LiveStatus>)).toBe('<div hidden=""></div>');
  });
});
