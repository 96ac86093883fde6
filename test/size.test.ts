import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { describe, expect, it } from "vitest";

import { bundle, parts } from "./scripts/bundles.mjs";

describe("download size", () => {
  it.each(parts.map((part) => [part.name, part] as const))("%s stays within its budget", async (_, part) => {
    const { bytes } = await bundle(part);
    expect(bytes).toBeLessThanOrEqual(part.budget);
    // A bundle without its content would be small as well.
    expect(bytes).toBeGreaterThan(part.aim / 2);
  });

  it("of one hook contains no component and no Radix", async () => {
    const { inputs } = await bundle({
      code: 'export { useSession } from "coviu-react";',
      external: [/^react/],
    });
    expect(inputs.filter((path) => /dist\/(components|ui|sandbox|server)\/|@radix-ui|hono/.test(path))).toEqual([]);
    expect(inputs.some((path) => path.endsWith("dist/hooks/useSession.js"))).toBe(true);
  });

  it("of the main entry starts with the client directive", async () => {
    const { readFile } = await import("node:fs/promises");
    expect(await readFile("dist/index.js", "utf8")).toMatch(/^"use client";/);
  });

  it("of core needs neither React nor TanStack Query", () => {
    const folder = mkdtempSync(join(tmpdir(), "coviu-core-"));
    try {
      const modules = join(folder, "node_modules");
      cpSync("dist", join(modules, "coviu-react/dist"), { recursive: true });
      cpSync("package.json", join(modules, "coviu-react/package.json"));
      for (const name of ["ky", "valibot"]) {
        const from = resolve("node_modules", name);
        const to = join(modules, name);
        try {
          cpSync(from, to, { recursive: true });
        } catch {
          symlinkSync(from, to);
        }
      }
      const script = `
        const core = await import("coviu-react/core");
        await import("react").then(() => { throw new Error("React is here"); }, () => {});
        const client = core.createCoviuClient({ baseUrl: "https://clinic.example", fetch: async () => Response.json({ content: [], more: false }) });
        const page = await core.listSessions(client);
        console.log(page.more, typeof core.sessionsQueryOptions(client).queryFn);`;
      const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(printed.trim()).toBe("false function");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
