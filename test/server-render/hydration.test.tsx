import { act, screen, waitFor, within } from "@testing-library/react";
import { version } from "react";
import * as dom from "react-dom";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";

import { react18 } from "../tags.ts";
import { clinic, sessionName } from "./clinic.ts";
import { type ScreenName, screenOf } from "./screens.tsx";
import { serverRender } from "./serverRender.ts";

const react = version.startsWith("18") ? "18" : "19";
const { screens } = serverRender(react).string;

/** What happened while the markup of a server was taken over. */
async function hydrate(name: ScreenName) {
  const here = await clinic();
  const tree = screenOf(name, here.client, here.session);
  const container = document.createElement("div");
  container.innerHTML = screens[name].html;
  document.body.append(container);
  const recovered: unknown[] = [];
  const [node] = container.querySelectorAll("section, main, ul");
  const root = await act(async () =>
    hydrateRoot(container, tree, { onRecoverableError: (error) => recovered.push(error) }),
  );
  leave = () => {
    act(() => root.unmount());
    container.remove();
  };
  return { ...here, container, recovered, tree, kept: container.contains(node ?? null) };
}

let leave = () => {};
const printed = vi.spyOn(console, "error").mockReturnValue();
const warned = vi.spyOn(console, "warn").mockReturnValue();

beforeAll(() => {
  // The server was in UTC.
  process.env.TZ = "America/Los_Angeles";
});

afterEach(() => {
  leave();
  leave = () => {};
  const calls = [...printed.mock.calls, ...warned.mock.calls];
  printed.mockClear();
  warned.mockClear();
  // oxlint-disable-next-line vitest/no-standalone-expect -- holds for every test
  expect(calls).toEqual([]);
});

describe("hydration", react18, () => {
  it("is tried with the React that the project is named after, in a zone of its own", ({ task }) => {
    expect(version).toMatch(task.file.projectName?.includes("react18") ? /^18\.3\./ : /^19\./);
    expect(dom.version).toBe(version);
    expect(serverRender(react).string.react).toBe(version);
    expect(new Date(0).getHours()).toBe(16);
  });

  it.each(["desk", "parts", "hooks"] as const)("paints the %s first as the server did", async (name) => {
    const { client, session, sandbox } = await clinic();
    expect(renderToString(screenOf(name, client, session))).toBe(screens[name].html);
    expect(sandbox.log.entries()).toEqual([]);
    // React 18 warns of layout effects where it paints a server's markup in a browser, which only this test does.
    expect(printed.mock.calls.filter(([text]) => !String(text).includes("useLayoutEffect"))).toEqual([]);
    printed.mockClear();
  });

  it("takes over the front desk without a mismatch, then shows the day and its sessions", async () => {
    const { recovered, kept, sandbox } = await hydrate("desk");
    expect(await screen.findByRole("heading", { level: 1, name: "Monday 12 January 2026" })).toBeVisible();
    expect(await screen.findByRole("button", { name: sessionName })).toBeVisible();
    expect({ recovered, kept }).toEqual({ recovered: [], kept: true });
    expect(sandbox.log.count({ operation: "getSessionPage" })).toBe(sandbox.log.count());
  });

  it("takes over every other component without a mismatch, then fills them", async () => {
    const { recovered, kept, container } = await hydrate("parts");
    const main = await screen.findByRole("main", { hidden: true });
    expect(container).toContainElement(main);
    await waitFor(() => {
      for (const name of ["session-list", "session-details", "participant-list"]) {
        expect(container.querySelector(`.coviu-${name}`)).not.toHaveAttribute("data-state", "pending");
      }
    });
    expect({ recovered, kept }).toEqual({ recovered: [], kept: true });
  });

  it("takes over every hook without a mismatch, then tells the time, the status and the answers", async () => {
    const { recovered, kept } = await hydrate("hooks");
    const list = within(screen.getByRole("list", { name: "Hooks" }));
    for (const text of ["hydrated", "at 2026-01-11T22:52:00.000Z", "is scheduled", "all writes idle"]) {
      expect(list.getByText(text)).toBeVisible();
    }
    for (const name of ["sessions", "pages", "session", "people", "person"]) {
      expect(await list.findByText(`${name} success`)).toBeVisible();
    }
    expect({ recovered, kept }).toEqual({ recovered: [], kept: true });
  });

  it("lets suspense hooks ask in the browser, where the server had streamed fallbacks", async () => {
    const { recovered, kept, session } = await hydrate("suspense");
    const list = within(screen.getByRole("list", { name: "Suspense" }));
    expect(await list.findByText(`session ${sessionName}`)).toBeVisible();
    expect(await list.findByText(`${session.participants?.length} people`)).toBeVisible();
    expect(await list.findByText(/^\d+ sessions$/)).toBeVisible();
    expect(await list.findByText("1 page")).toBeVisible();
    expect(await list.findByText(/^person \w/)).toBeVisible();
    // React tells of each boundary that the server left to the browser, and of nothing else.
    expect(recovered).toHaveLength(5);
    expect(kept).toBe(true);
  });
});
