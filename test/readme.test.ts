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

  it("shows a first screen in at most ten lines, a first test in at most six and a drill in at most twelve", () => {
    const [screen, test, drill] = snippets;
    expect(lines(screen?.code ?? "")).not.toHaveLength(0);
    expect(lines(screen?.code ?? "").length).toBeLessThanOrEqual(10);
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
