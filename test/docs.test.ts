import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";

import { describe, expect, it } from "vitest";

import { apiTables } from "../.storybook/apiTables.ts";
import * as core from "../src/core.ts";
import * as kit from "../src/index.ts";
import * as sandbox from "../src/sandbox/index.ts";
import * as server from "../src/server/index.ts";

const folder = "stories/docs";
const readme = readFileSync("README.md", "utf8");
/** Pages in Storybook by file name. */
const pages: Record<string, string> = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => extname(path) === ".mdx")
    .map((path) => [basename(path, ".mdx"), readFileSync(`${folder}/${path}`, "utf8")]),
);
const docs = [readme, ...Object.values(pages)].join("\n");
const putItInYourApp = pages["PutItInYourApp"] ?? "";
const testingYourScreens = pages["TestingYourScreens"] ?? "";

const twice = (file: string) => [file, file];
const lines = (code: string) => code.split("\n").filter((line) => line.trim());

function snippetsOf(text: string): { language: string; code: string }[] {
  return [...text.matchAll(/^```(tsx?)\n(.*?)^```$/gms)].map(([, language = "", code = ""]) => ({ language, code }));
}

describe("the snippets of README and pages", () => {
  it("compile against the package", { timeout: 60_000 }, () => {
    const out = ".out/docs";
    rmSync(out, { recursive: true, force: true });
    mkdirSync(out, { recursive: true });
    // Snippets of tests contain only the test. All others are whole files.
    const imports = `import { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";
import { createSandbox, watchCanaries } from "coviu-react/sandbox";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import "@testing-library/jest-dom/vitest";
`;
    // Example of an app's server and its sign-ins.
    writeFileSync(
      `${out}/app.ts`,
      `import { Hono } from "hono";
export interface User { id: string; role: string }
export const app = new Hono();
export const userOf = (request: Request): User | undefined => request.headers.has("cookie") ? { id: "a", role: "b" } : undefined;
export const auth = { getToken: async (_: { forceRefresh: boolean }): Promise<string> => "token" };
`,
    );
    const all = Object.entries({ README: readme, ...pages }).flatMap(([page, text]) =>
      snippetsOf(text).map(({ language, code }, index) => ({ file: `${page}${index}.${language}`, code })),
    );
    for (const { file, code } of all) {
      writeFileSync(`${out}/${file}`, code.includes("import ") ? code : imports + code);
    }
    const config = {
      extends: "../../tsconfig.json",
      include: ["."],
      exclude: [],
      compilerOptions: { noUnusedLocals: false },
    };
    writeFileSync(`${out}/tsconfig.json`, JSON.stringify(config));
    expect(() =>
      execFileSync("npx", ["--no-install", "tsc", "-p", out], { encoding: "utf8", stdio: "pipe" }),
    ).not.toThrow();
    expect(all.length).toBeGreaterThanOrEqual(14);
  });

  it("show a first screen of at most eleven lines, which test/apps runs in the templates of Vite and Next.js", () => {
    const [screen] = snippetsOf(readme);
    expect(lines(screen?.code ?? "")).not.toHaveLength(0);
    expect(lines(screen?.code ?? "").length).toBeLessThanOrEqual(11);
    expect(snippetsOf(pages["StartHere"] ?? "")[0]?.code).toBe(screen?.code);
    for (const file of ["vite/src/Sessions.tsx", "next/app/Sessions.tsx"]) {
      expect(readFileSync(`test/apps/${file}`, "utf8")).toBe(screen?.code);
    }
    for (const file of ["vite/src/App.tsx", "next/app/page.tsx"]) {
      expect(readme).toContain(readFileSync(`test/apps/${file}`, "utf8").trim());
    }
    const steps = /## The first screen(.*?)\n## /s.exec(readme)?.[1]?.match(/^\d\. /gm);
    expect(steps?.length).toBeLessThanOrEqual(5);
  });

  it("show an integration of at most six lines on the server and twelve on the page", () => {
    const [serverCode, page] = snippetsOf(putItInYourApp);
    expect(serverCode?.code).toContain("createCoviuProxy(");
    expect(lines(serverCode?.code ?? "").length).toBeLessThanOrEqual(6);
    expect(page?.code).toContain("<FrontDesk joinAs");
    expect(lines(page?.code ?? "").length).toBeLessThanOrEqual(12);
  });

  it("show the proxy that test/apps runs behind these screens", () => {
    const [serverCode = { code: "" }] = snippetsOf(putItInYourApp);
    const parts = serverCode.code.split("\n").filter((line) => /^const (rule|keys|coviu)/.test(line));
    expect(parts).toHaveLength(3);
    const plain = (code: string) => code.replace(/: User\b|export |, baseUrl: process\.env\["COVIU_API"\]/g, "");
    for (const file of ["vite/server/hono.mjs", "vite/server/express.mjs", "next/app/coviu.ts"]) {
      const code = plain(readFileSync(`test/apps/${file}`, "utf8"));
      for (const part of parts) expect(code).toContain(plain(part));
    }
  });

  it("mount the proxy like the tested recipes", () => {
    const section = putItInYourApp.slice(0, putItInYourApp.indexOf("### Who sees what"));
    const recipe = /`((?:const|app|export)\b[^`]+;)`|^(app\..+)$/gm;
    const shown = [...section.matchAll(recipe)].map(([, a, b]) => a ?? b ?? "");
    const next = "next/app/api/coviu/[...path]/route.ts";
    const recipes = ["hono.ts", "node.ts", "express.ts", next, ...twice("reactRouter.ts"), ...twice("astro.ts")];
    expect(shown).toHaveLength(recipes.length);
    shown.forEach((line, index) =>
      expect(readFileSync(`test/server/adapters/${recipes[index]}`, "utf8")).toContain(line),
    );
  });

  it("show a first test of at most six lines and a drill of at most twelve, which both run", () => {
    const [test, drill] = snippetsOf(testingYourScreens);
    expect(lines(test?.code ?? "").length).toBeLessThanOrEqual(6);
    expect(readFileSync("test/components/FirstTest.test.tsx", "utf8")).toContain(test?.code);
    expect(lines(drill?.code ?? "").length).toBeLessThanOrEqual(12);
    expect(readFileSync("test/components/OwnDrill.test.tsx", "utf8")).toContain(drill?.code);
  });

  it("show the Jest configuration of test/apps/jest", () => {
    const blocks = [...testingYourScreens.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);
    const files = ["jest.config.js", "jest.environment.js"].map((file) =>
      readFileSync(`test/apps/jest/${file}`, "utf8"),
    );
    expect(blocks).toEqual(files);
  });
});

describe("README", () => {
  it("has at most 140 lines", () => {
    expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(140);
  });

  it("names the two commands, every component, every hook, and a picture that exists", () => {
    expect(readme).toContain("npm ci && npm start");
    expect(readme).toContain("npm test");
    const names = Object.keys(kit).filter(
      (name) => /^use[A-Z]|^[A-Z]/.test(name) && !(name in core) && !name.startsWith("useSuspense"),
    );
    expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
    for (const [, path = ""] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)) expect(existsSync(path)).toBe(true);
  });
});

describe("the pages in Storybook", () => {
  const titleOf = (page: string) => /<Meta title="([^"]+)"/.exec(page)?.[1] ?? "";

  it("name every public function, component and hook", () => {
    const names = [core, kit, server, sandbox].flatMap((entry) => Object.keys(entry));
    // Schemas have the same names as the types of requests and responses.
    const schemas = names.filter((name) => /^(Session|Participant|UnitResponse)/.test(name) && name in core);
    const text = Object.values(pages).join("\n");
    const missing = names.filter((name) => !schemas.includes(name) && !new RegExp(`\\b${name}\\b`).test(text));
    expect([...new Set(missing)]).toEqual([]);
  });

  it("show the report of all public names with their signatures", () => {
    const reports = readdirSync("test/api-report");
    expect(reports.length).toBeGreaterThan(3);
    expect(reports.filter((file) => !pages["PublicNames"]?.includes(`test/api-report/${file}?raw`))).toEqual([]);
  });

  it("have a page or story with the name of each hook, so that the search finds it", () => {
    const stories = readdirSync("stories/hooks")
      .filter((file) => file.endsWith(".stories.tsx"))
      .map((file) => readFileSync(`stories/hooks/${file}`, "utf8"))
      .join("\n");
    const hooks = Object.keys(kit).filter((name) => name.startsWith("use"));
    const titles = Object.values(pages).map(titleOf);
    expect(hooks.filter((name) => !titles.includes(`Hooks/${name}`) && !stories.includes(`name: "${name}"`))).toEqual(
      [],
    );
  });

  it("link to pages that exist", () => {
    const ids = new Set(
      [...Object.values(pages), ...storyFiles().map((file) => readFileSync(file, "utf8"))].flatMap((text) => {
        const title = titleOf(text) || (/^ {2}title: "([^"]+)"/m.exec(text)?.[1] ?? "");
        const id = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
        return [`${id}--docs`, `${id}--guide`];
      }),
    );
    const links = [...docs.matchAll(/\?path=\/docs\/([\w-]+)/g)].map(([, id = ""]) => id);
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("show tables of types and hooks that exist", () => {
    const tables = apiTables();
    const all = Object.values(pages).join("\n");
    const types = [...all.matchAll(/<TypeTable of="(\w+)"/g)].map(([, name = ""]) => name);
    const hooks = [...all.matchAll(/<HookReference of="(\w+)"/g)].map(([, name = ""]) => name);
    expect(types.length).toBeGreaterThan(15);
    expect(types.filter((name) => !tables.types[name]?.members.length)).toEqual([]);
    expect(hooks.filter((name) => !tables.hooks[name]?.text)).toEqual([]);
  });

  it("are in the order of the sidebar", () => {
    const preview = readFileSync(".storybook/preview.tsx", "utf8");
    const tops = Object.values(pages)
      .map((page) => titleOf(page).split("/")[0] ?? "")
      .filter((top) => top !== "");
    expect([...new Set(tops)].filter((top) => !preview.includes(`"${top}"`))).toEqual([]);
  });

  it("state for every error code when it occurs", () => {
    const type = /type CoviuErrorCode =(.*?);/s.exec(readFileSync("src/api/errors.ts", "utf8"))?.[1] ?? "";
    const codes = new Set([...type.matchAll(/"(\w+)"/g)].map(([, code]) => code));
    const table = /^\| code \|.*?\n\n/ms.exec(pages["ErrorsAndPendingWrites"] ?? "")?.[0] ?? "";
    const described = [...table.matchAll(/\| `(\w+)` \| [^|]+ (?=\|)/g)].map(([, code]) => code);
    expect(codes.size).toBeGreaterThan(10);
    expect(described).toHaveLength(codes.size);
    expect(new Set(described)).toEqual(codes);
  });

  it("have the Content-Security-Policy of the example", () => {
    const policy = readFileSync("test/e2e/clinic/pages.mjs", "utf8");
    const rules = /^default-src.+$/m.exec(putItInYourApp)?.[0].split("; ") ?? [];
    expect(rules.length).toBe([...policy.matchAll(/^ {6}["`].+["`],$/gm)].length);
    for (const rule of rules) expect(policy).toContain(rule.replace("…", "${nonce}"));
  });

  it("have a row for every fault that the drill names", () => {
    const rows = [...(pages["WhatGoesWrong"] ?? "").matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, id = ""]) => id);
    expect(new Set(rows).size).toBe(rows.length);
    const named = readdirSync("test/drill")
      .map((file) => readFileSync(`test/drill/${file}`, "utf8"))
      .flatMap((text) => [...text.matchAll(/\b(?:row|faultRow)\(\s*["`]([A-Z]\d+)["`]/g)].map(([, id = ""]) => id));
    expect(named.length).toBeGreaterThan(80);
    expect([...new Set(named)].filter((id) => !rows.includes(id))).toEqual([]);
  });
});

describe("the tables of props", () => {
  const tables = apiTables();
  const components = Object.keys(kit).filter((name) => `${name}Props` in tables.types);

  it("have a table for every component", () => {
    expect(components.length).toBeGreaterThan(9);
  });

  it.each(components)("of %s spell out each type", (name) => {
    const members = tables.types[`${name}Props`]?.members ?? [];
    expect(members.length).toBeGreaterThan(0);
    for (const { type } of members) expect(type).not.toMatch(/^$|^union$|undefined$|;/);
  });

  it.each(components)("of %s describe each prop with a full sentence", (name) => {
    const undescribed = (tables.types[`${name}Props`]?.members ?? []).filter(({ text }) => !/\w.*[.!]$/.test(text));
    expect(undescribed.map((member) => member.name)).toEqual([]);
  });
});

describe("CONTRIBUTING", () => {
  const contributing = readFileSync("CONTRIBUTING.md", "utf8");

  it("lists the files that a booking passes, at most eight, each imported by one before it", () => {
    const section = /## The files a booking passes(.*?)\n## /s.exec(contributing)?.[1] ?? "";
    const files = [...section.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file = ""]) => file);
    expect(files.length).toBeLessThanOrEqual(8);
    expect(files[0]).toBe("src/hooks/useCreateSession.ts");
    expect(files.at(-1)).toBe("src/api/client.ts");
    const imported = (file: string) =>
      [...readFileSync(file, "utf8").matchAll(/ from "(\.[^"]+)"/g)].map(([, from = ""]) => join(dirname(file), from));
    for (const [index, file] of files.entries()) {
      if (index > 0) expect(files.slice(0, index).flatMap(imported)).toContain(file);
    }
  });

  it("has a glossary of at most thirty words", () => {
    const section = /## Words(.*?)\n## /s.exec(contributing)?.[1] ?? "";
    const words = section.match(/^\| (?!Word|---)/gm) ?? [];
    expect(words.length).toBeGreaterThan(20);
    expect(words.length).toBeLessThanOrEqual(30);
  });

  it("names files, folders and scripts that exist", () => {
    const paths = [...contributing.matchAll(/`((?:src|test|stories|\.storybook)\/[\w./]+)`/g)].map(
      ([, path = ""]) => path,
    );
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(readFileSync("package.json", "utf8"));
    const named = [...contributing.matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

function storyFiles(): string[] {
  return readdirSync("stories", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".stories.tsx"))
    .map((path) => join("stories", path));
}
