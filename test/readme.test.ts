import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import * as core from "../src/core.ts";
import * as kit from "../src/index.ts";

const readme = readFileSync("README.md", "utf8");
const blocks = [...readme.matchAll(/^```(tsx?|sh)\n(.*?)^```$/gms)].map(([, language = "", code = ""]) => ({
  language,
  code,
}));
const snippets = blocks.filter(({ language }) => language !== "sh");
const twice = (file: string) => [file, file];
const lines = (code: string) => code.split("\n").filter((line) => line.trim());

describe("README", () => {
  it("has snippets that compile against the package", { timeout: 60_000 }, () => {
    const folder = ".out/readme";
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const given = `import { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";
import { createSandbox, watchCanaries } from "coviu-react/sandbox";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import "@testing-library/jest-dom/vitest";
`;
    // What the reader's own app has: a server, and who is signed in.
    writeFileSync(
      `${folder}/app.ts`,
      `import { Hono } from "hono";
export interface User { id: string; role: string }
export const app = new Hono();
export const userOf = (request: Request): User | undefined => request.headers.has("cookie") ? { id: "a", role: "b" } : undefined;
`,
    );
    snippets.forEach(({ language, code }, index) => {
      // The snippets of tests show the test alone; the others are whole files.
      writeFileSync(`${folder}/snippet${index}.${language}`, code.includes("import ") ? code : given + code);
    });
    const config = {
      extends: "../../tsconfig.json",
      include: ["."],
      exclude: [],
      compilerOptions: { noUnusedLocals: false },
    };
    writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
    expect(() =>
      execFileSync("npx", ["--no-install", "tsc", "-p", folder], { encoding: "utf8", stdio: "pipe" }),
    ).not.toThrow();
    expect(snippets.length).toBeGreaterThanOrEqual(6);
  });

  it("says of every error code when it comes", () => {
    const type = /type CoviuErrorCode =(.*?);/s.exec(readFileSync("src/api/errors.ts", "utf8"))?.[1] ?? "";
    const codes = new Set([...type.matchAll(/"(\w+)"/g)].map(([, code]) => code));
    const table = /^\| code \|.*?\n\n/ms.exec(readme)?.[0] ?? "";
    const described = [...table.matchAll(/\| `(\w+)` \| [^|]+ (?=\|)/g)].map(([, code]) => code);
    expect(codes.size).toBeGreaterThan(10);
    expect(described).toHaveLength(codes.size);
    expect(new Set(described)).toEqual(codes);
  });

  it("puts it into an app in at most six lines of the server's and twelve of the page's", () => {
    const [, server, page] = snippets;
    expect(server?.code).toContain("createCoviuProxy(");
    expect(lines(server?.code ?? "").length).toBeLessThanOrEqual(6);
    expect(page?.code).toContain("<FrontDesk joinAs");
    expect(lines(page?.code ?? "").length).toBeLessThanOrEqual(12);
  });

  it("mounts the proxy as the recipes do", () => {
    const chapter = readme.slice(readme.indexOf("## Put it"), readme.indexOf("## A first test"));
    const folder = "test/server/adapters";
    const said = [...chapter.matchAll(/`((?:const|app|export)\b[^`]+;)`|^(app\..+)$/gm)].map(
      ([, a, b]) => a ?? b ?? "",
    );
    const next = "next/app/api/coviu/[...path]/route.ts";
    const recipes = ["hono.ts", "node.ts", "express.ts", next, ...twice("reactRouter.ts"), ...twice("astro.ts")];
    expect(said).toHaveLength(recipes.length);
    said.forEach((line, index) => expect(readFileSync(`${folder}/${recipes[index]}`, "utf8")).toContain(line));
  });

  it("has the first screen that test/apps tries in the templates of Vite and Next.js", () => {
    const [screen] = snippets;
    for (const file of ["vite/src/Sessions.tsx", "next/app/Sessions.tsx"]) {
      expect(readFileSync(`test/apps/${file}`, "utf8")).toBe(screen?.code);
    }
    for (const file of ["vite/src/App.tsx", "next/app/page.tsx"]) {
      expect(readme).toContain(readFileSync(`test/apps/${file}`, "utf8").trim());
    }
    const steps = /## The first screen(.*?)\n## /s.exec(readme)?.[1]?.match(/^\d\. /gm);
    expect(steps?.length).toBeLessThanOrEqual(5);
  });

  it("has the proxy that test/apps puts behind these screens", () => {
    const [, server = { code: "" }] = snippets;
    const parts = server.code.split("\n").filter((line) => /^const (rule|keys|coviu)/.test(line));
    expect(parts).toHaveLength(3);
    const plain = (code: string) => code.replace(/: User\b|export |, baseUrl: process\.env\["COVIU_API"\]/g, "");
    for (const file of ["vite/server/hono.mjs", "vite/server/express.mjs", "next/app/coviu.ts"]) {
      const code = plain(readFileSync(`test/apps/${file}`, "utf8"));
      for (const part of parts) expect(code).toContain(plain(part));
    }
  });

  it("names the policy of the example", () => {
    const policy = readFileSync("test/e2e/clinic/pages.mjs", "utf8");
    const rules = /^default-src.+$/m.exec(readme)?.[0].split("; ") ?? [];
    expect(rules.length).toBe([...policy.matchAll(/^ {6}["`].+["`],$/gm)].length);
    for (const rule of rules) expect(policy).toContain(rule.replace("…", "${nonce}"));
  });

  it("shows a first screen in at most eleven lines, a first test in at most six and a drill in at most twelve", () => {
    const [screen, , , test, drill] = snippets;
    expect(lines(screen?.code ?? "")).not.toHaveLength(0);
    expect(lines(screen?.code ?? "").length).toBeLessThanOrEqual(11);
    expect(lines(test?.code ?? "").length).toBeLessThanOrEqual(6);
    expect(readFileSync("test/components/FirstTest.test.tsx", "utf8")).toContain(test?.code);
    expect(lines(drill?.code ?? "").length).toBeLessThanOrEqual(12);
    expect(readFileSync("test/components/OwnDrill.test.tsx", "utf8")).toContain(drill?.code);
  });

  it("names the two commands, every hook and every component, and a picture that is there", () => {
    expect(readme).toContain("npm ci && npm start");
    expect(readme).toContain("npm test");
    const named = Object.keys(kit).filter(
      (name) => /^use[A-Z]|^[A-Z]/.test(name) && !(name in core) && !name.startsWith("useSuspense"),
    );
    expect(named.filter((name) => !readme.includes(`\`${name}`) && !readme.includes(name))).toEqual([]);
    for (const [, path = ""] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) expect(existsSync(path)).toBe(true);
  });
});
