import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { plants } from "./plants.mjs";

describe("known bugs", () => {
  it.each(plants.map((plant) => [plant.name, plant] as const))("can be planted: %s", (_, { file, find, replace }) => {
    expect(readFileSync(file, "utf8")).toContain(find);
    expect(replace).not.toBe(find);
  });
});
