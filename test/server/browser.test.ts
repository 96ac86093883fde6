import { existsSync } from "node:fs";
import { runInNewContext } from "node:vm";

import { build } from "esbuild";
import { describe, expect, it } from "vitest";

import packageJson from "../../package.json" with { type: "json" };
import * as server from "../../src/server/index.ts";

const message = /browser bundle.*key and secret.*server only.*createCoviuClient.*getAccessToken/;

it("throws when a browser bundle loads it, with a message that states the fix", async () => {
  await expect(import("../../src/server/browser.ts")).rejects.toThrow(message);
});

it("is resolved for browsers, and the server entry for workers and edge functions", () => {
  const { "./server": entry } = packageJson.exports;
  expect(Object.keys(entry)).toEqual(["types", "workerd", "worker", "edge-light", "browser", "default"]);
  expect(entry.browser).toBe("./dist/server/browser.js");
  for (const name of ["workerd", "worker", "edge-light"] as const) expect(entry[name]).toBe(entry.default);
});

/** Uses the built package. */
describe.skipIf(!existsSync("dist/server/browser.js"))("a browser bundle", () => {
  async function bundled(contents: string): Promise<string> {
    const { outputFiles } = await build({
      stdin: { contents, resolveDir: "." },
      bundle: true,
      minify: true,
      write: false,
      platform: "browser",
      format: "iife",
      logLevel: "silent",
      // The package name resolves to the built files, not to the paths of the type checker.
      tsconfigRaw: {},
    });
    return outputFiles[0]?.text ?? "";
  }

  it.each([
    ...Object.keys(server).map((name) => `import { ${name} } from "coviu-react/server"; globalThis.used = ${name};`),
    'import * as server from "coviu-react/server"; globalThis.used = server;',
    // Unused imports are not removed.
    'import { createCoviuProxy } from "coviu-react/server";',
    'import "coviu-react/server";',
    'export * from "coviu-react/server";',
  ])("with %s throws the message when it is loaded, and contains no server code", async (contents) => {
    const code = await bundled(contents);
    expect(() => runInNewContext(code)).toThrow(message);
    expect(code.length).toBeLessThan(2000);
  });

  it.each([
    ["workerd", "worker", "browser"],
    ["worker", "browser"],
    ["edge-light", "browser"],
  ])("for a worker (%s first) contains the server", async (...conditions) => {
    const { outputFiles } = await build({
      stdin: {
        contents: 'import { createCoviuProxy } from "coviu-react/server"; console.log(createCoviuProxy);',
        resolveDir: ".",
      },
      bundle: true,
      write: false,
      conditions,
      format: "esm",
      logLevel: "silent",
      tsconfigRaw: {},
    });
    expect(outputFiles[0]?.text).not.toMatch(message);
    expect(outputFiles[0]?.text).toContain("needs authenticate and authorize");
  });

  it("fails for a name that the server does not export", async () => {
    await expect(bundled('import { createProxy } from "coviu-react/server"; createProxy();')).rejects.toThrow(
      "createProxy",
    );
  });
});
