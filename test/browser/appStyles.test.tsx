import { render, screen, waitFor, within } from "@testing-library/react";
import type { ReactElement } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { cdp, page, userEvent } from "vitest/browser";

import * as kit from "../../src/index.ts";
import { clinic, renderedAt, sessionName } from "../server-render/clinic.ts";
import { appStyleSheets } from "./appStyleSheets.ts";

import sheet from "../../src/styles/index.css?inline";

const {
  ConnectionBanner,
  CoviuProvider,
  EntryLink,
  FailureNotice,
  FrontDesk,
  IdleLock,
  ParticipantList,
  PendingWrites,
  SessionDetails,
  SessionList,
  SessionScheduler,
  SessionSchedulerDialog,
} = kit;

const failure = new kit.CoviuError({ code: "server", operation: "getSessionPage", outcome: "not-sent" });

const layered = `@layer coviu { ${sheet} }`;

let added: HTMLStyleElement[] = [];

/** Replaces the style sheets in the page's head by these, in this order. */
function useSheets(...texts: string[]): void {
  const before = added;
  added = texts.map((text) => {
    const style = document.createElement("style");
    style.textContent = text;
    document.head.append(style);
    return style;
  });
  for (const style of before) style.remove();
  for (const animation of document.getAnimations()) if (animation instanceof CSSTransition) animation.finish();
}

/** Waits until Chromium has painted, which updates container queries. */
async function afterPaint(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
}

type Clinic = Awaited<ReturnType<typeof clinic>>;

/** Renders into an element with this inline style, which rules of the page do not override. */
async function renderIn(style: string, part: (fixture: Clinic) => ReactElement) {
  const fixture = await clinic();
  const now = () => new Date(renderedAt);
  const box = document.createElement("div");
  box.style.cssText = style;
  box.dataset["box"] = "";
  const view = render(
    <CoviuProvider client={fixture.client} timeZone="Australia/Sydney" locale="en-AU" now={now}>
      {part(fixture)}
    </CoviuProvider>,
    { container: document.body.appendChild(box) },
  );
  return { ...view, ...fixture, box };
}

afterEach(() => {
  sessionStorage.clear();
  useSheets();
  for (const box of document.querySelectorAll("[data-box]")) box.remove();
  document.documentElement.removeAttribute("style");
  document.body.removeAttribute("style");
});

const rootIn = (box: Element) =>
  box.querySelector<HTMLElement>(".coviu") ?? expect.fail("the kit has rendered nothing");

function first(found: readonly HTMLElement[]): HTMLElement {
  return found[0] ?? expect.fail("there is none");
}

/** Whether a colour is closer to white than to black. */
function isBright(color: string): boolean {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) return expect.fail("no canvas");
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return (context.getImageData(0, 0, 1, 1).data[0] ?? 0) > 127;
}

describe("the kit beside styles of the app", () => {
  const fixed = [
    "all: revert",
    "position: fixed",
    "left: 0",
    "top: 0",
    "width: 1200px",
    "height: 800px",
    "overflow: hidden",
  ]
    .map((rule) => `${rule} !important`)
    .join(";");
  /** Properties that are inherited on purpose, have no effect, or are a logical name of another one. */
  const ignored = /^(--|color-scheme|-webkit-font-smoothing|-webkit-locale)|-(inline|block)(-|$)/;
  const shapeProperties = /^(fill|stroke|opacity|transform|display)/;
  const paintProperties = /^(fill|stroke)/;

  /** Computed properties of one element of each kind in the kit, and of its pseudo-elements. */
  function computedStyles(): Map<string, string> {
    const found = new Map<string, string>();
    const kinds = new Set<string>();
    for (const element of document.querySelectorAll("[data-box] *, .coviu-overlay, .coviu-overlay *")) {
      if (element instanceof HTMLElement && element.hidden && !element.matches(".coviu-spoken")) continue;
      const marks = [...element.attributes].filter(({ name }) => /^(class|type|data-|aria-(d|c|s))/.test(name));
      const kind = [element.parentElement?.className, element.tagName, ...marks.map(({ value }) => value)].join(" ");
      if (kinds.has(kind)) continue;
      kinds.add(kind);
      const isShape = element instanceof SVGElement && element.tagName !== "svg";
      for (const pseudo of ["", "::before", "::after", ...(element.tagName === "INPUT" ? ["::placeholder"] : [])]) {
        const style = getComputedStyle(element, pseudo || null);
        if (/before|after/.test(pseudo) && style.content === "none") continue;
        for (const property of style) {
          if (ignored.test(property) || (isShape ? !shapeProperties.test(property) : paintProperties.test(property)))
            continue;
          found.set(`${kind}${pseudo} ${property}`, style.getPropertyValue(property));
        }
      }
    }
    return found;
  }

  it("looks the same with any rules on elements and inherited values, before or after the app's style sheet", async () => {
    await page.viewport(1280, 800);
    useSheets(sheet);
    await renderIn(fixed, () => <FrontDesk />);
    await userEvent.click(await screen.findByRole("button", { name: sessionName }));
    await screen.findByRole("region", { name: sessionName });
    await userEvent.click(screen.getByRole("button", { name: "Book a session" }));
    expect(await screen.findByRole("button", { name: "Book session" })).toBeVisible();
    useSheets(sheet);
    await afterPaint();
    const clean = computedStyles();
    expect(clean.size).toBeGreaterThan(20_000);

    const differences = (title: string) => {
      const now = computedStyles();
      return [...clean].flatMap(([name, value]) =>
        now.get(name) === value ? [] : [`${title}: ${name}: ${value} -> ${now.get(name)}`],
      );
    };
    const found: string[] = [];
    for (const [name, appSheet] of Object.entries(appStyleSheets)) {
      useSheets(appSheet, sheet);
      await afterPaint();
      found.push(...differences(`${name}, the kit`));
      useSheets(sheet, appSheet);
      await afterPaint();
      found.push(...differences(`the kit, ${name}`));
    }
    expect(found.slice(0, 40)).toEqual([]);
  });

  const preflight =
    "* { margin: 0; padding: 0; border: 0 solid; } h1 { font-size: inherit; } button { background: none; }";
  const tailwind = `@layer theme, base, coviu, components, utilities;
    @layer base { ${preflight} } @layer utilities { .p-8 { padding: 32px; } }`;
  const appClasses = ".app-desk { padding: 32px; } .coviu-button { border-radius: 0; }";
  const stateRules = "button:hover, button:not(:disabled) { border-top-left-radius: 13px; }";

  it.each([
    ["styles.css wins over element rules before it", [preflight, sheet], "0px", "5.6px"],
    ["styles.css wins over element rules after it", [sheet, preflight], "0px", "5.6px"],
    ["styles.css wins over classes before it", [appClasses, sheet], "0px", "5.6px"],
    ["styles.css loses against classes after it", [sheet, appClasses], "32px", "0px"],
    ["styles.css wins over rules in a layer", [sheet, `@layer app { ${appClasses} ${stateRules} }`], "0px", "5.6px"],
    ["styles.css loses against element rules with a state", [stateRules, sheet], "0px", "13px"],
    [
      "styles.layer.css wins over Tailwind's base and loses against its utilities",
      [tailwind, layered],
      "32px",
      "5.6px",
    ],
    ["styles.layer.css loses against rules outside of layers", [preflight + appClasses, layered], "32px", "0px"],
  ])("%s", async (_, sheets, padding, corner) => {
    await page.viewport(1280, 800);
    useSheets(...sheets);
    const { box } = await renderIn("", () => <FrontDesk className="p-8 app-desk" />);
    expect(getComputedStyle(rootIn(box)).paddingTop).toBe(padding);
    const button = await screen.findByRole("button", { name: "Book a session" });
    expect(getComputedStyle(button).borderTopLeftRadius).toBe(corner);
  });
});

describe("the width in a parent of the app", () => {
  const parents = {
    "a block": "",
    "a row": "display: flex",
    "a centred row": "display: flex; place-items: center; justify-content: center",
    "a column": "display: flex; flex-direction: column",
    "a centred column": "display: flex; flex-direction: column; align-items: center",
    "a grid": "display: grid",
    "a grid that centres items": "display: grid; place-items: center",
    "an inline element": "display: inline",
    "centred text": "text-align: center",
    // These take the width of their content.
    "a grid that centres tracks": "display: grid; place-content: center",
    "an inline block": "display: inline-block",
    "an inline row": "display: inline-flex",
    "an inline grid": "display: inline-grid",
    "a float": "float: left",
    "an absolute box": "position: absolute",
    "a fitting box": "width: fit-content",
    "a table cell": "display: table-cell",
  };
  const firstFitting = Object.keys(parents).indexOf("a grid that centres tracks");
  const parts: Record<string, { width: number; fails?: boolean; part: (fixture: Clinic) => ReactElement }> = {
    FrontDesk: { width: 1000, part: () => <FrontDesk /> },
    SessionList: { width: 600, part: () => <SessionList /> },
    SessionDetails: { width: 600, part: ({ session }) => <SessionDetails sessionId={session.session_id} /> },
    ParticipantList: { width: 600, part: ({ session }) => <ParticipantList sessionId={session.session_id} /> },
    SessionScheduler: { width: 600, part: () => <SessionScheduler /> },
    ConnectionBanner: {
      width: 600,
      fails: true,
      part: ({ client, sandbox }) => {
        sandbox.faults.next({ status: 401, times: Infinity });
        void kit.listSessions(client).catch(() => {});
        return <ConnectionBanner onSignIn={() => {}} />;
      },
    },
    "a SessionList that failed": {
      width: 600,
      fails: true,
      part: ({ sandbox }) => {
        sandbox.faults.next({ status: 403, times: Infinity });
        return <SessionList />;
      },
    },
    FailureNotice: {
      width: 200,
      fails: true,
      part: () => <FailureNotice error={failure} />,
    },
    PendingWrites: {
      width: 200,
      fails: true,
      part: () => {
        sessionStorage.setItem("coviu-react booking test", renderedAt);
        return <PendingWrites />;
      },
    },
    EntryLink: {
      width: 150,
      part: ({ session }) => (
        <>
          {session.participants?.slice(0, 1).map((p) => (
            <EntryLink key="0" participant={p} session={session} />
          ))}
        </>
      ),
    },
  };

  it.each(Object.entries(parts))(
    "%s is as wide as a block in each parent, and fits a window of 320 px",
    async (_, { width, fails, part }) => {
      useSheets("body { margin: 0 }", sheet);
      await page.viewport(1280, 800);
      const { box } = await renderIn("", part);
      const root = rootIn(box);
      if (fails) await waitFor(() => expect(box.querySelector(".coviu-notice")).toBeVisible());
      const tooNarrow: string[] = [];
      const scrolling: string[] = [];
      for (const [index, [name, style]] of Object.entries(parents).entries()) {
        box.style.cssText = style;
        const minWidth = index < firstFitting ? 1280 : width;
        if (root.getBoundingClientRect().width < minWidth)
          tooNarrow.push(`${name}: ${root.getBoundingClientRect().width}`);
      }
      await page.viewport(320, 800);
      for (const [name, style] of Object.entries(parents)) {
        box.style.cssText = style;
        if (root.getBoundingClientRect().width < Math.min(width, 240)) tooNarrow.push(`${name} at 320 px`);
        if (document.documentElement.scrollWidth > 320)
          scrolling.push(`${name}: ${document.documentElement.scrollWidth}`);
      }
      expect({ tooNarrow, scrolling }).toEqual({ tooNarrow: [], scrolling: [] });
    },
  );

  /** Components that cover the page. The parent has no effect on them. */
  const overlays: Record<string, { panel: string; width: number; part: () => ReactElement }> = {
    SessionSchedulerDialog: {
      panel: ".coviu-dialog",
      width: 500,
      part: () => <SessionSchedulerDialog open onOpenChange={() => {}} />,
    },
    IdleLock: { panel: ".coviu-idle-lock", width: 1280, part: () => <IdleLock afterMs={1}>…</IdleLock> },
  };

  it.each(Object.entries(overlays))("%s has the same width in each parent", async (_, { panel, width, part }) => {
    useSheets("body { margin: 0 }", sheet);
    await page.viewport(1280, 800);
    const { box } = await renderIn("", part);
    const shown = await waitFor(() => document.querySelector<HTMLElement>(panel) ?? expect.fail(`no ${panel}`));
    const tooNarrow = (minWidth: number) =>
      Object.entries(parents).flatMap(([name, style]) => {
        box.style.cssText = style;
        const found = shown.getBoundingClientRect().width;
        return found >= minWidth && shown.scrollWidth <= innerWidth ? [] : [`${name}: ${found}`];
      });
    expect(tooNarrow(width)).toEqual([]);
    await page.viewport(320, 800);
    expect(tooNarrow(280)).toEqual([]);
  });

  it("includes all public components", () => {
    const components = Object.entries(kit)
      .filter(([name, value]) => /^[A-Z]/.test(name) && typeof value === "object" && "$$typeof" in value)
      .map(([name]) => name);
    expect(components.length).toBeGreaterThan(8);
    expect(components.filter((name) => !(name in parts || name in overlays))).toEqual([]);
  });

  it("does not change the width of a neighbour in a row", async () => {
    useSheets("body { margin: 0 }", sheet);
    await page.viewport(1280, 800);
    const { box } = await renderIn("display: flex", () => (
      <>
        <nav style={{ width: 240 }}>Menu</nav>
        <SessionList />
      </>
    ));
    expect(box.querySelector("nav")?.offsetWidth).toBe(240);
    expect(rootIn(box).offsetWidth).toBe(1040);
  });
});

describe("the kit with settings of the app", () => {
  it.each([
    ["light on a page without a color scheme", "", {}, true],
    ["dark on a dark page", "color-scheme: dark", {}, false],
    ["light with data-coviu-theme=light on a dark page", "color-scheme: dark", { "data-coviu-theme": "light" }, true],
    ["dark with data-coviu-theme=dark", "", { "data-coviu-theme": "dark" }, false],
  ])("is %s", async (_, style, attributes, isLight) => {
    useSheets(sheet);
    document.documentElement.style.cssText = style;
    const { box } = await renderIn("", () => (
      <div {...attributes}>
        <FrontDesk />
      </div>
    ));
    const { backgroundColor, color } = getComputedStyle(rootIn(box));
    expect([isBright(backgroundColor), isBright(color)]).toEqual([isLight, !isLight]);
    await userEvent.click(await screen.findByRole("button", { name: "Book a session" }));
    const dialog = (await screen.findByRole("dialog")).querySelector(".coviu-dialog");
    expect(dialog && isBright(getComputedStyle(dialog).backgroundColor)).toBe(isLight);
  });

  it("is dark in a dialog if only the element around the component is dark", async () => {
    useSheets(sheet);
    await renderIn("color-scheme: dark", () => <FrontDesk />);
    await userEvent.click(await screen.findByRole("button", { name: "Book a session" }));
    const dialog = (await screen.findByRole("dialog")).querySelector(".coviu-dialog");
    expect(dialog && isBright(getComputedStyle(dialog).backgroundColor)).toBe(false);
  });

  it("has the theme of the nearest data-coviu-theme", async () => {
    useSheets(sheet);
    const { box } = await renderIn("", () => (
      <div data-coviu-theme="dark">
        <div data-coviu-theme="light">
          <FrontDesk />
        </div>
      </div>
    ));
    expect(isBright(getComputedStyle(rootIn(box)).backgroundColor)).toBe(true);
  });

  it("is dark on a dark page in browsers without light-dark() and relative colours", async () => {
    useSheets(sheet.replaceAll("@supports", "@supports (x: y) and "));
    document.documentElement.style.cssText = "color-scheme: dark";
    const { box } = await renderIn("", () => <FrontDesk />);
    const title = await within(box).findByRole("heading", { level: 1 });
    expect(isBright(getComputedStyle(title).color)).toBe(true);
    expect(isBright(getComputedStyle(rootIn(box)).backgroundColor)).toBe(false);
  });

  it("keeps day headings and details below a bar of --coviu-top", async () => {
    await page.viewport(1280, 800);
    useSheets(sheet);
    const { box } = await renderIn("--coviu-top: 64px", () => <FrontDesk />);
    await userEvent.click(await screen.findByRole("button", { name: sessionName }));
    await screen.findByRole("region", { name: sessionName });
    const top = (selector: string) => {
      const element = box.querySelector(selector);
      return element && getComputedStyle(element).top;
    };
    expect(top(".coviu-day-heading")).toBe("64px");
    expect(top(".coviu-session-details")).toBe("64px");
  });

  it("lets names, times and links be selected on a page with user-select: none", async () => {
    await page.viewport(1280, 800);
    useSheets("html { user-select: none; -webkit-user-drag: none } * { user-select: none }", sheet);
    const { box } = await renderIn("", () => <FrontDesk />);
    await userEvent.click(await screen.findByRole("button", { name: sessionName }));
    const details = await screen.findByRole("region", { name: sessionName });
    const person = await within(details).findByText("Siobhán O’Neill");
    await userEvent.click(first(within(details).getAllByRole("button", { name: /^Show link/ })));
    const link = await within(details).findByText(/^https:/);
    const time = details.querySelector(".coviu-fact bdi") ?? expect.fail("no time");
    const heading = within(details).getByRole("heading", { name: sessionName });
    const selection = getSelection();
    for (const element of [person, link, time, heading]) {
      selection?.removeAllRanges();
      // Three clicks select a whole line if selection is allowed.
      await userEvent.tripleClick(element);
      expect(selection?.toString()).toContain(element.textContent?.slice(0, 20));
    }
    expect(box).toContainElement(heading);
    // Every part of a dialog is laid out.
    await userEvent.click(screen.getByRole("button", { name: "Book a session" }));
    const dialog = await screen.findByRole("dialog", { name: "Book a session" });
    const parts = [...dialog.querySelectorAll(".coviu-dialog > *")];
    expect(parts).toHaveLength(3);
    for (const part of parts) expect(part.clientHeight).toBeGreaterThan(20);
    await userEvent.tripleClick(within(dialog).getByRole("heading", { name: "Book a session" }));
    expect(selection?.toString()).toContain("Book a session");
  });

  it("isolates its z-indexes", async () => {
    useSheets(sheet);
    const { box } = await renderIn("", () => <SessionList />);
    expect(getComputedStyle(rootIn(box)).isolation).toBe("isolate");
  });

  it("scales with --coviu-size, independent of the font size of html", async () => {
    useSheets("html { font-size: 62.5%; }", sheet);
    const { box } = await renderIn("", () => <FrontDesk />);
    const button = await screen.findByRole("button", { name: "Book a session" });
    expect(getComputedStyle(button).fontSize).toBe("14px");
    box.style.setProperty("--coviu-size", "20px");
    expect(getComputedStyle(button).fontSize).toBe("17.5px");
    await userEvent.click(button);
    const field = await within(await screen.findByRole("dialog")).findByRole("textbox", { name: "Session name" });
    expect(getComputedStyle(field).fontSize).toBe("17.5px");
  });
});

describe("the kit in print", () => {
  afterEach(() => cdp().send("Emulation.setEmulatedMedia", { media: "" }));

  it("shows list and details below each other in dark text, without buttons and links", async () => {
    await page.viewport(700, 900);
    useSheets(sheet);
    document.documentElement.style.cssText = "color-scheme: dark";
    const { box } = await renderIn("", () => <FrontDesk />);
    await userEvent.click(await screen.findByRole("button", { name: sessionName }));
    const details = await screen.findByRole("region", { name: sessionName });
    await within(details).findByText("Siobhán O’Neill");
    await cdp().send("Emulation.setEmulatedMedia", { media: "print" });
    await afterPaint();
    const isShown = (element: Element) => element.getClientRects().length > 0;
    const list = box.querySelector(".coviu-session-list") ?? expect.fail("no list");
    expect([list, details].map(isShown)).toEqual([true, true]);
    expect(details.getBoundingClientRect().top).toBeGreaterThanOrEqual(list.getBoundingClientRect().bottom);
    const others = box.querySelectorAll(".coviu-button, .coviu-tab, .coviu-input, .coviu-entry-link, a");
    expect([...others].filter(isShown)).toEqual([]);
    const sized = [box, ...box.querySelectorAll(".coviu")].map((root) => getComputedStyle(root).containerType);
    expect(new Set(sized)).toEqual(new Set(["normal"]));
    expect(isBright(getComputedStyle(details).color)).toBe(false);
  });
});
