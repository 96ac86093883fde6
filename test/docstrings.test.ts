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

/** A default that stands in the sentence does not appear in the tables of the documentation. */
const defaultInProse =
  /\bby default\b|\bif left out\b|\bwithout (it|this option)\b[^.]*\b(none|no|hidden|sufficient)\b/i;

function optionalMembersWithDefaultInProse(path: string): string[] {
  const source = readFileSync(join("src", path), "utf8");
  return [...source.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s*(\w+)\?:/g)]
    .filter(([, text = ""]) => defaultInProse.test(text.split("@default")[0] ?? ""))
    .map(([, , name = ""]) => name);
}

describe("docstrings in src", () => {
  it.each(files)("%s: begin with a verb or a noun", (path) => {
    expect(vagueDocstrings(path)).toEqual([]);
  });

  it.each(files)("%s: give defaults of optional members with @default", (path) => {
    expect(optionalMembersWithDefaultInProse(path)).toEqual([]);
  });
});
