import { readFileSync } from "node:fs";

import { beforeAll, describe, expect, it } from "vitest";

import * as core from "../src/core.ts";
import * as index from "../src/index.ts";
import { apiReports, entries, reportPath } from "./scripts/apiReport.mjs";

/** Types of React and TanStack Query, which users import from there. */
const internal = ["ProviderProps", "QueryClient"];

let reports: ReturnType<typeof apiReports>;
beforeAll(() => {
  reports = apiReports();
}, 120_000);

describe.each(Object.keys(entries))("the entry %s", (entry) => {
  it("has the names and signatures of test/api-report (`npm run api` writes it after a wanted change)", () => {
    expect(reports[entry]?.text).toBe(readFileSync(reportPath(entry), "utf8"));
  });

  it("exports every type of the kit in its public signatures, unless core exports it", () => {
    const inCore = (type: string) =>
      new RegExp(`^(type|interface|class|const) ${type}\\b`, "m").test(reports["core"]?.text ?? "");
    const hidden = reports[entry]?.hidden.filter((line) => {
      const type = line.split(" mentions ")[1] ?? "";
      return !internal.includes(type) && !inCore(type);
    });
    expect(hidden).toEqual([]);
  });
});

describe("the main entry", () => {
  it("has every export of core, and the same objects", () => {
    expect(index).toMatchObject({ ...core });
  });
});
