import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

import { describe, expect, it } from "vitest";

const mayImport: Record<string, readonly string[]> = {
  api: [],
  domain: ["api"],
  queries: ["api", "domain"],
  provider: ["api", "domain", "queries"],
  hooks: ["api", "domain", "queries", "provider"],
  ui: ["api", "domain", "provider"],
  components: ["api", "domain", "provider", "hooks", "ui"],
  server: ["api", "domain"],
  sandbox: ["api", "domain"],
};

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));

function importsOf(path: string): { from: string; types: boolean }[] {
  const text = readFileSync(join("src", path), "utf8");
  return [...text.matchAll(/^(import|export)\s(type\s)?[^;]*?from\s"([^"]+)";/gms)].map((found) => ({
    from: found[3] ?? "",
    types: found[2] !== undefined,
  }));
}

describe("layers", () => {
  it.each(files.filter((path) => path.includes("/")))("%s imports downward only", (path) => {
    const layer = path.split("/")[0] ?? "";
    const upward = importsOf(path)
      .filter(({ from }) => from.startsWith("."))
      .map(({ from }) => normalize(join(dirname(path), from)).split("/")[0] ?? "")
      .filter((target) => target !== layer && !mayImport[layer]?.includes(target));
    expect(upward).toEqual([]);
  });

  it.each(files.filter((path) => /^(api|domain|queries|server|sandbox)\//.test(path)))(
    "%s runs without React and TanStack Query",
    (path) => {
      const runtime = importsOf(path).filter(({ from, types }) => !types && /^(react|@tanstack|@radix-ui)/.test(from));
      expect(runtime).toEqual([]);
    },
  );

  it.each(files.filter((path) => path.startsWith("components/")))("%s asks hooks, not the api or the cache", (path) => {
    const direct = importsOf(path).filter(
      ({ from, types }) =>
        !types && (/\/queries\//.test(from) || (/\/api\//.test(from) && !from.endsWith("/api/errors.ts"))),
    );
    expect(direct).toEqual([]);
  });

  it("has one entry per folder that is one, and no other index", () => {
    expect(files.filter((path) => path.endsWith("index.ts"))).toEqual(
      expect.arrayContaining(["index.ts", "sandbox/index.ts", "server/index.ts"]),
    );
    expect(files.filter((path) => path.endsWith("index.ts"))).toHaveLength(3);
  });
});
