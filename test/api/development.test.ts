import { runInNewContext } from "node:vm";

import { build } from "esbuild";
import { afterEach, describe, expect, it, vi } from "vitest";

import { isDevelopment, warnOnce } from "../../src/api/development.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("isDevelopment", () => {
  it("is false in a production build and true in every other one", () => {
    vi.stubEnv("NODE_ENV", "production");
    expect(isDevelopment()).toBe(false);
    vi.stubEnv("NODE_ENV", "development");
    expect(isDevelopment()).toBe(true);
    vi.stubEnv("NODE_ENV", undefined);
    expect(isDevelopment()).toBe(true);
  });

  it("is false without `process`, and does not throw", () => {
    vi.stubGlobal("process", undefined);
    expect(isDevelopment()).toBe(false);
  });
});

describe("warnOnce", () => {
  it("writes a message once per key", () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    warnOnce("test: one", "The first.");
    warnOnce("test: one", "The first.");
    warnOnce("test: two", "The second.");
    expect(warn.mock.calls).toEqual([["coviu-react: The first."], ["coviu-react: The second."]]);
  });

  it("writes nothing in production", () => {
    vi.stubEnv("NODE_ENV", "production");
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    warnOnce("test: three", "The third.");
    expect(warn).not.toHaveBeenCalled();
  });
});

describe("the checks of a client", () => {
  /** Error of a wrong `baseUrl` in a page that a bundler has built in this mode, or "nothing". */
  async function inPage(mode: string): Promise<string> {
    const { outputFiles } = await build({
      stdin: {
        contents: `import { createCoviuClient } from "./src/core.ts"; createCoviuClient({ baseUrl: "api.example/v1" });`,
        resolveDir: process.cwd(),
      },
      bundle: true,
      write: false,
      define: { "process.env.NODE_ENV": JSON.stringify(mode) },
    });
    // Browsers have no `process`.
    const page = { AbortController, Headers, Request, Response, TextDecoder, TextEncoder, URL, fetch, crypto };
    try {
      runInNewContext(outputFiles[0]?.text ?? "", page);
      return "nothing";
    } catch (error) {
      return String(error);
    }
  }

  it("run in a page in development, and are not in a production build", async () => {
    expect(await inPage("development")).toMatch(/^TypeError: .*baseUrl/);
    expect(await inPage("production")).toBe("nothing");
  });
});
