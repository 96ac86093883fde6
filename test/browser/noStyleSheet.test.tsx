// Imports no style sheet: the app has forgotten it, or adds it to a shadow root only.
import { act, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { page, userEvent } from "vitest/browser";

import { FrontDesk, IdleLock, SessionList } from "../../src/index.ts";
import { addStyles, renderInFrame, renderInShadow } from "../harness/renderElsewhere.tsx";
import { withCoviu } from "../render.tsx";
import { react18 } from "../tags.ts";

import styles from "../../src/styles/index.css?inline";

beforeEach(() => page.viewport(1280, 800));
afterEach(() => {
  vi.restoreAllMocks();
});

// Runs first: the missing style sheet is reported once per page, and the tests below have none.
describe("the report of a missing style sheet", () => {
  /** Collects the delayed checks for a style sheet. The returned function runs them and returns their number. */
  function collectChecks(): () => number {
    const collected: (() => void)[] = [];
    const { setTimeout: original } = globalThis;
    // Assigned without a mock, which Testing Library would take for fake timers.
    const collect = (run: () => void, ms?: number) => (ms === 2000 ? collected.push(run) : original(run, ms));
    Object.assign(window, { setTimeout: collect });
    onTestFinished(() => void Object.assign(window, { setTimeout: original }));
    return () => {
      const checks = collected.splice(0);
      for (const check of checks) check();
      return checks.length;
    };
  }
  const reports = (warn: { mock: { calls: unknown[][] } }) =>
    warn.mock.calls.filter(([text]) => String(text).includes("The style sheet is missing"));

  // The test with a report runs last, because each page gets one report.
  it.each([
    ["styles.css", styles],
    ["styles.layer.css", `@layer coviu { ${styles} }`],
  ])("is not logged in a shadow root with %s in adoptedStyleSheets", async (_, css) => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const runChecks = collectChecks();
    const shadow = renderInShadow(<SessionList />, css);
    await waitFor(() => expect(shadow.querySelector(".coviu-session-list")).not.toBeNull());
    expect(runChecks()).toBeGreaterThan(0);
    expect(reports(warn)).toEqual([]);
  });

  it.each([
    ["styles.css", styles],
    ["styles.layer.css", `@layer coviu { ${styles} }`],
  ])("is not logged in a page where a script adds %s late", async (_, css) => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const runChecks = collectChecks();
    const inner = renderInFrame(<SessionList />, ({ defaultView }) => {
      Object.assign(defaultView ?? expect.fail(), { setTimeout: window.setTimeout });
    });
    await waitFor(() => expect(inner.querySelector(".coviu-session-list")).not.toBeNull());
    addStyles(inner, css);
    expect(runChecks()).toBeGreaterThan(0);
    expect(reports(warn)).toEqual([]);
  });

  it("is logged once for several components and shadow roots without it", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const runChecks = collectChecks();
    const shadow = renderInShadow(<SessionList />);
    const other = renderInShadow(
      <>
        <SessionList />
        <SessionList />
      </>,
    );
    await waitFor(() => expect(shadow.querySelector(".coviu-session-list")).not.toBeNull());
    await waitFor(() => expect(other.querySelectorAll(".coviu-session-list")).toHaveLength(2));
    expect(runChecks()).toBeGreaterThan(1);
    expect(reports(warn)).toHaveLength(1);
    expect(String(reports(warn)[0])).toContain('import "coviu-react/styles.css"');
  });
});

describe("the idle lock", () => {
  const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });

  async function expectCovered(find: () => HTMLElement | null | undefined, page: readonly Element[]): Promise<void> {
    const cover = await waitFor(() => {
      const found = find();
      if (!found) throw new Error("The page is not covered.");
      return found;
    });
    const { x, y, width, height } = cover.getBoundingClientRect();
    expect([x, y, width, height]).toEqual([0, 0, innerWidth, innerHeight]);
    expect(getComputedStyle(cover).backgroundColor).not.toMatch(/rgba|\/|transparent/);
    expect(isSeen(cover)).toBe(true);
    for (const element of page) expect([element.textContent, isSeen(element)]).toEqual([element.textContent, false]);
    const button = cover.querySelector("button");
    expect(button?.textContent).toBe("Continue");
    expect(button && isSeen(button)).toBe(true);
    act(() => button?.click());
    await waitFor(() => expect(find()).toBeFalsy());
    for (const element of page) expect(isSeen(element)).toBe(true);
  }

  it("hides a page without a style sheet", async () => {
    render(
      withCoviu(
        <IdleLock afterMs={600_000}>
          <p style={{ visibility: "visible" }}>Ana Lee</p>
        </IdleLock>,
      ),
    );
    const time = Date.now() + 600_000;
    vi.spyOn(Date, "now").mockReturnValue(time);
    await expectCovered(
      () => document.querySelector<HTMLElement>("dialog[data-state=covered]"),
      [screen.getByText("Ana Lee")],
    );
    expect(document.adoptedStyleSheets).toEqual([]);
  });

  it.each([
    ["with the style sheet in it", styles],
    ["without a style sheet", undefined],
  ])("hides the content of a shadow root and the page around it, %s", async (_, css) => {
    const { container } = render(<p>Notes of Ana Lee</p>);
    const shadow = renderInShadow(
      <IdleLock afterMs={600_000}>
        <p id="inside" style={{ visibility: "visible" }}>
          Knee rehab
        </p>
      </IdleLock>,
      css,
    );
    const inside = await waitFor(() => shadow.querySelector("#inside") ?? expect.fail());
    const time = Date.now() + 600_000;
    vi.spyOn(Date, "now").mockReturnValue(time);
    const find = () => shadow.querySelector<HTMLElement>("dialog[data-state=covered]");
    await expectCovered(find, [inside, ...container.children]);
    expect(shadow.adoptedStyleSheets).toHaveLength(css === undefined ? 0 : 1);
  });
});

describe("a page shown again by the back button", () => {
  const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true });

  /** Leaves the page and returns. Expects the kit to be hidden until the sign-in is confirmed. */
  async function expectHiddenUntilConfirmed(roots: readonly (Document | ShadowRoot)[]): Promise<void> {
    const all = () => roots.flatMap((root) => [...root.querySelectorAll(".coviu, .coviu *")]);
    const before = all().filter(isSeen);
    expect(before.length).toBeGreaterThan(50);
    const announced = all().filter((element) => element.matches("[aria-live]"));
    expect(announced.length).toBeGreaterThan(0);
    window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    // Apps can use the attribute. A rule of the app that sets visibility has no effect.
    expect(document.documentElement).toHaveAttribute("data-coviu-away");
    for (const element of all()) element.classList.add("app-rule");
    expect(all().filter(isSeen)).toEqual([]);
    for (const region of announced) expect(getComputedStyle(region).visibility).toBe("hidden");
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    expect(all().filter(isSeen)).toEqual([]);
    await waitFor(() => expect(before.filter((element) => element.isConnected && !isSeen(element))).toEqual([]));
    expect(document.documentElement).not.toHaveAttribute("data-coviu-away");
  }

  const appRules = ".app-rule { visibility: visible; transition: all 10s }";

  it("hides FrontDesk with an open dialog without a style sheet", async () => {
    const style = addStyles(document, appRules);
    onTestFinished(() => style.remove());
    render(withCoviu(<FrontDesk />));
    await screen.findAllByText("Dr Amara Okafor");
    await userEvent.click(await screen.findByRole("button", { name: "Book a session" }));
    const dialog = await screen.findByRole("dialog", { name: "Book a session" });
    await userEvent.fill(within(dialog).getByRole("textbox", { name: "Session name" }), "Half a draft");
    await expectHiddenUntilConfirmed([document]);
    expect(within(dialog).getByRole("textbox", { name: "Session name" })).toHaveValue("Half a draft");
    expect(document.adoptedStyleSheets).toEqual([]);
  });

  it.each([
    ["with the style sheet in it", styles],
    ["without a style sheet", ""],
  ])("hides a list in a shadow root %s", async (_, css) => {
    const shadow = renderInShadow(<SessionList />, css + appRules);
    await waitFor(() => expect(shadow.querySelectorAll(".coviu-session-row").length).toBeGreaterThan(2));
    await expectHiddenUntilConfirmed([shadow]);
    expect(shadow.adoptedStyleSheets).toHaveLength(1);
  });

  it("hides a list in the document of an iframe, and in a shadow root that is added later", async () => {
    const inner = renderInFrame(<SessionList />);
    await waitFor(() => expect(inner.querySelectorAll(".coviu-session-row").length).toBeGreaterThan(2));
    await expectHiddenUntilConfirmed([inner]);

    window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    const later = renderInShadow(<SessionList />, styles);
    await waitFor(() => expect(later.querySelector(".coviu")).not.toBeNull());
    expect([...later.querySelectorAll(".coviu")].filter(isSeen)).toEqual([]);
    window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await waitFor(() =>
      expect([...later.querySelectorAll(".coviu-session-row")].filter(isSeen).length).toBeGreaterThan(2),
    );
  });
});

describe("FrontDesk without a style sheet", () => {
  it("shows no text for screen readers, keeps icons small, and books", react18, async () => {
    render(withCoviu(<FrontDesk />));
    await userEvent.click(await screen.findByRole("button", { name: "Book a session" }));
    const dialog = await screen.findByRole("dialog", { name: "Book a session" });
    const name = within(dialog).getByRole("textbox", { name: "Session name" });
    await waitFor(() => expect(name).toHaveFocus());

    const screenReaderTexts = [
      ...document.querySelectorAll<HTMLElement>(".coviu-spoken, [aria-live], [data-coviu-announcer]"),
    ];
    expect(screenReaderTexts.length).toBeGreaterThan(3);
    // Hidden elements are clipped or not laid out.
    const isSeen = (element: HTMLElement) =>
      element.checkVisibility() && getComputedStyle(element).clipPath !== "inset(50%)";
    expect(screenReaderTexts.filter(isSeen).map((element) => element.outerHTML)).toEqual([]);
    const icons = [...document.querySelectorAll("svg")].filter((icon) => icon.checkVisibility());
    expect(icons.length).toBeGreaterThan(5);
    for (const icon of icons) {
      const { width, height } = icon.getBoundingClientRect();
      expect(Math.max(width, height)).toBeLessThanOrEqual(32);
    }

    await userEvent.fill(name, "Knee rehab");
    await userEvent.fill(within(dialog).getByRole("textbox", { name: "Name of person 1" }), "Dr Amara Okafor");
    await userEvent.keyboard("{Enter}");
    await waitFor(() => expect(dialog).not.toBeInTheDocument());
    expect(await screen.findByRole("heading", { name: "Knee rehab" })).toBeVisible();
  });
});
