import { describe, expect, it } from "vitest";

import type { ScreenName } from "./screens.tsx";
import { serverRender } from "./serverRender.ts";

/** Texts in the markup of each screen before data is loaded. */
const expectedTexts: Record<ScreenName, string[]> = {
  desk: ["Front desk", "Book a session", "Upcoming", "Choose a session"],
  parts: [
    "Loading session…",
    "Loading people",
    "Session name",
    "Change a session",
    "Entry link for Layla Haddad, guest",
  ],
  hooks: ["not hydrated", "no time", "no status", "all writes idle"],
  suspense: ["sessions", "pages", "session", "participants", "participant"].map((name) => `waiting for ${name}<`),
};
const names: ScreenName[] = ["desk", "parts", "hooks", "suspense"];

describe.each(["18", "19"] as const)("on a server with React %s", (react) => {
  const reports = serverRender(react);

  describe.each(["string", "stream"] as const)("as a %s", (mode) => {
    const { react: version, timeZone, globals, screens } = reports[mode];

    it("is rendered by this React, in another zone than the clinic's, without browser globals", () => {
      expect(version.split(".")[0]).toBe(react);
      expect({ timeZone, globals }).toEqual({ timeZone: "UTC", globals: [] });
    });

    it.each(names)("renders the %s", (name) => {
      for (const text of expectedTexts[name]) expect(screens[name].html).toContain(text);
    });

    it.each(names)("sends no request while it renders the %s", (name) => {
      expect(screens[name].requests).toBe(0);
    });

    it.each(names)("prints nothing while it renders the %s", (name) => {
      expect(screens[name].printed).toEqual([]);
    });

    it.each(names)("reads no clock and no random number while it renders the %s", (name) => {
      expect(screens[name].unstable).toEqual([]);
    });

    it.each(names.filter((name) => name !== "suspense"))("renders no date and no time in the %s", (name) => {
      // The example beside the time field, and the zone of the provider, are the same on server and in browser.
      const text = screens[name].html.replace(/<(svg|path)[^>]*>|9:30 pm|Sydney time/g, "");
      expect(text).not.toMatch(/20\d\d|\b\d?\d[:.]\d\d\b|\d\s?[ap]m\b|January|Monday|Sydney|UTC|AEDT/);
    });

    it.each(names)("renders no entry link in the %s", (name) => {
      expect(screens[name].html).not.toMatch(/https?:|coviu\.com/);
    });
  });

  it("streams the fallback of the boundary around each suspense hook and reports server_render to onError", () => {
    const { desk, parts, hooks, suspense } = reports.stream.screens;
    expect(suspense.errors).toEqual(Array(5).fill("server_render"));
    expect([desk.errors, parts.errors, hooks.errors]).toEqual([[], [], []]);
  });
});
