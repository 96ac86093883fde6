import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { seededBugs } from "./seededBugs.mjs";

describe("seeded bugs", () => {
  it.each(seededBugs.map((bug) => [bug.name, bug] as const))("match their source: %s", (_, { file, find, replace }) => {
    expect(readFileSync(file, "utf8")).toContain(find);
    expect(replace).not.toBe(find);
  });
});
