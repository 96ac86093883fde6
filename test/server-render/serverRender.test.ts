import { describe, expect, it } from "vitest";

import type { ScreenName } from "./screens.tsx";
import { serverRender } from "./serverRender.ts";

/** What stands in the markup of each screen before there is any data. */
const painted: Record<ScreenName, string[]> = {
  desk: ["Front desk", "Book a session", "Upcoming", "Choose a session"],
  parts: [
    "Loading session…",
    "Loading people",
    "Session name",
    "Change a session",
    "Entry link for Layla Haddad, guest",
  ],
  hooks: ["not hydrated", "no time", "no status", "all writes idle"],
  suspense: ["sessions", "pages", "session", "people", "person"].map((name) => `waiting for ${name}<`),
};
const names: ScreenName[] = ["desk", "parts", "hooks", "suspense"];

describe.each(["18", "19"] as const)("on a server with React %s", (react) => {
  const reports = serverRender(react);

  describe.each(["string", "stream"] as const)("as a %s", (way) => {
    const { react: version, timeZone, globals, screens } = reports[way];

    it("is rendered by this React, in another zone than the clinic's, where there is no browser", () => {
      expect(version.split(".")[0]).toBe(react);
      expect({ timeZone, globals }).toEqual({ timeZone: "UTC", globals: [] });
    });

    it.each(names)("paints the %s", (name) => {
      for (const text of painted[name]) expect(screens[name].html).toContain(text);
    });

    it.each(names)("asks for nothing to paint the %s", (name) => {
      expect(screens[name].requests).toBe(0);
    });

    it.each(names)("prints nothing while it paints the %s", (name) => {
      expect(screens[name].printed).toEqual([]);
    });

    it.each(names)("reads no clock and draws no random number while it paints the %s", (name) => {
      expect(screens[name].unstable).toEqual([]);
    });

    it.each(names.filter((name) => name !== "suspense"))("leaves dates and times out of the %s", (name) => {
      // The example beside the field for the time, and the zone that was given, are the same everywhere.
      const text = screens[name].html.replace(/<(svg|path)[^>]*>|9:30 pm|Sydney time/g, "");
      expect(text).not.toMatch(/20\d\d|\b\d?\d[:.]\d\d\b|\d\s?[ap]m\b|January|Monday|Sydney|UTC|AEDT/);
    });

    it.each(names)("puts no entry link into the %s", (name) => {
      expect(screens[name].html).not.toMatch(/https?:|coviu\.com/);
    });
  });

  it("streams the fallback of the boundary around each suspense hook and tells the host why", () => {
    const { desk, parts, hooks, suspense } = reports.stream.screens;
    expect(suspense.errors).toEqual(Array(5).fill("server_render"));
    expect([desk.errors, parts.errors, hooks.errors]).toEqual([[], [], []]);
  });
});
