import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

import packageJson from "../../package.json" with { type: "json" };
import * as server from "../../src/server/index.ts";

it("refuses to load in a browser bundle, and says what to do instead", async () => {
  await expect(import("../../src/server/browser.ts")).rejects.toThrow(/key and secret.*server only.*getAccessToken/);
});

it("stands in for every name of the server entry, so that a bundle links and the sentence is seen", () => {
  const source = readFileSync("src/server/browser.ts", "utf8");
  const names = [...source.matchAll(/^export function (\w+)/gm)].map(([, name]) => name);
  expect(new Set(names)).toEqual(new Set(Object.keys(server)));
});

it("is what browsers get, before anything else is looked at", () => {
  const { "./server": entry } = packageJson.exports;
  expect(Object.keys(entry)).toEqual(["types", "browser", "default"]);
  expect(entry.browser).toBe("./dist/server/browser.js");
});
