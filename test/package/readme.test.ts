import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

const readme = readFileSync("README.md", "utf8");
const { repository, homepage, bugs }: { repository: { url: string }; homepage: string; bugs: string } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const site = repository.url.replace(/^git\+|\.git$/g, "");
const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);

describe("README in the package", () => {
  it("has no relative link or picture that the package does not contain", () => {
    const pack = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { encoding: "utf8" });
    const [{ files }]: [{ files: { path: string }[] }] = JSON.parse(pack);
    const packed = new Set(files.map(({ path }) => path));
    const relative = links.filter((link) => !/^(https:|#)/.test(link));
    expect(relative).not.toEqual([]);
    expect(relative.filter((link) => !packed.has(link))).toEqual([]);
  });

  it("links to files of the repository that exist", () => {
    expect(site).toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w-]+$/);
    expect([homepage, bugs]).toEqual([`${site}#readme`, `${site}/issues`]);
    const own = links.filter((link) => link.startsWith(`${site}/`));
    expect(own).not.toEqual([]);
    const paths = own.map((link) => /\/(?:tree|blob)\/main\/(.+)$/.exec(link)?.[1] ?? link);
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it("links to headings that exist", () => {
    const headings = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    const anchors = links.filter((link) => link.startsWith("#")).map((link) => link.slice(1));
    expect(anchors.filter((anchor) => !headings.includes(anchor))).toEqual([]);
  });
});
