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

/** Folders of components, from the lowest to the highest. A folder imports only from lower ones. */
const componentFolders = [
  "time",
  "person",
  "connection",
  "EditConflict",
  "Failure",
  "ConnectionBanner",
  "IdleLock",
  "EntryLink",
  "duplicates",
  "cancelSession",
  "ParticipantList",
  "SessionList",
  "SessionScheduler",
  "SessionDetails",
  "PendingWrites",
  "FrontDesk",
];

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));

function importsOf(path: string): { from: string; types: boolean }[] {
  const text = readFileSync(join("src", path), "utf8");
  return [...text.matchAll(/^(import|export)\s(type\s)?[^;]*?from\s"([^"]+)";/gms)].map((found) => ({
    from: found[3] ?? "",
    types: found[2] !== undefined,
  }));
}

/** Files of src that a file imports, types included. */
function importedFiles(path: string): string[] {
  return importsOf(path)
    .filter(({ from }) => from.startsWith("."))
    .map(({ from }) => normalize(join(dirname(path), from)));
}

/** Follows imports from a file, and returns the first circle back to it. */
function circleFrom(start: string): string[] | undefined {
  const visited = new Set<string>();
  const paths = importedFiles(start).map((path) => [start, path]);
  for (let trail = paths.pop(); trail; trail = paths.pop()) {
    const path = trail.at(-1) ?? "";
    if (path === start) return trail;
    if (visited.has(path) || !files.includes(path)) continue;
    visited.add(path);
    paths.push(...importedFiles(path).map((next) => [...(trail ?? []), next]));
  }
  return undefined;
}

/** Folders of src, at any depth. */
const folders = [...new Set(files.flatMap(foldersAbove))];

/** Gives the folders that contain a file, the nearest first. `.` is src. */
function foldersAbove(path: string): string[] {
  const folder = dirname(path);
  return folder === "." ? [folder] : [folder, ...foldersAbove(folder)];
}

/** Names the part of a folder that holds a file: a folder in it with all below, or `.` for the files directly in it. */
function partOf(folder: string, path: string): string | undefined {
  if (folder !== "." && !path.startsWith(`${folder}/`)) return undefined;
  const rest = folder === "." ? path : path.slice(folder.length + 1);
  return rest.includes("/") ? rest.split("/")[0] : ".";
}

/** Gives pairs of parts of a folder that import each other, over any number of other parts. */
function circlesBetweenParts(folder: string): string[] {
  const inside = files.filter((path) => partOf(folder, path) !== undefined);
  const imports = new Map<string, Set<string>>();
  for (const path of inside) {
    const part = partOf(folder, path) ?? "";
    const others = importedFiles(path).map((imported) => partOf(folder, imported) ?? part);
    imports.set(part, new Set([...(imports.get(part) ?? []), ...others.filter((other) => other !== part)]));
  }
  const reachable = (start: string, seen = new Set<string>()): Set<string> => {
    for (const next of imports.get(start) ?? []) if (!seen.has(next)) reachable(next, seen.add(next));
    return seen;
  };
  return [...imports.keys()].filter((part) => reachable(part).has(part));
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

  it.each(files.filter((path) => path.startsWith("components/")))("%s uses hooks, not the api or the cache", (path) => {
    const direct = importsOf(path).filter(
      ({ from, types }) =>
        !types && (/\/queries\//.test(from) || (/\/api\//.test(from) && !from.endsWith("/api/errors.ts"))),
    );
    expect(direct).toEqual([]);
  });

  it("names every folder of components in the order of its imports", () => {
    const folders = files.filter((path) => /^components\/.*\//.test(path)).map((path) => path.split("/")[1] ?? "");
    expect([...new Set(folders)].toSorted()).toEqual(componentFolders.toSorted());
  });

  it.each(componentFolders)("components/%s imports only from lower folders of components", (folder) => {
    const lower = componentFolders.slice(0, componentFolders.indexOf(folder) + 1);
    const higher = files
      .filter((path) => path.startsWith(`components/${folder}/`))
      .flatMap((path) => importedFiles(path).map((imported) => `${path} imports ${imported}`))
      .filter((line) => line.includes(" imports components/"))
      .filter((line) => !lower.some((name) => line.includes(` imports components/${name}/`)));
    expect(higher).toEqual([]);
  });

  it.each(files)("%s is in no circle of imports, types included", (path) => {
    expect(circleFrom(path)).toBeUndefined();
  });

  it.each(folders)("folders in %s and the files beside them form no circle of imports", (folder) => {
    expect(circlesBetweenParts(folder)).toEqual([]);
  });

  it("have three entries named index.ts, and no other index", () => {
    expect(files.filter((path) => path.endsWith("index.ts"))).toEqual(
      expect.arrayContaining(["index.ts", "sandbox/index.ts", "server/index.ts"]),
    );
    expect(files.filter((path) => path.endsWith("index.ts"))).toHaveLength(3);
  });
});
