import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

/** A docstring begins with a verb or a noun. */
const vague = /^(What|Whoever|Whatever|Somebody|Someone|Nobody|Of|Where|Who|That)\b/;

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));

function vagueDocstrings(path: string): string[] {
  const source = readFileSync(join("src", path), "utf8");
  return [...source.matchAll(/\/\*\*\s*(?:\*\s*)?((?:(?!\*\/)[^])*)/g)]
    .map(([, text = ""]) => text.trim().split("\n")[0] ?? "")
    .filter((line) => vague.test(line));
}

describe("docstrings in src", () => {
  it.each(files)("%s: begin with a verb or a noun", (path) => {
    expect(vagueDocstrings(path)).toEqual([]);
  });
});
