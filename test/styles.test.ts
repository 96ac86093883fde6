import { build } from "vite";
import { describe, expect, it } from "vitest";

import { styleSheets } from "./scripts/styleSheets.mjs";
import { selectorsOf, specificityOf } from "./specificity.ts";

const sheets = await styleSheets();

describe("specificityOf", () => {
  it.each([
    [".a", [0, 1, 0]],
    ["a.b:hover", [0, 2, 1]],
    [".a:where(:hover,.b #c)>.d::before", [0, 2, 1]],
    [".a:not(.b,#c) *", [1, 1, 0]],
    ['[class^="a"]:where(b)', [0, 1, 0]],
    [".a :is(:first-child,b c)+d", [0, 2, 1]],
  ] as const)("of %s is %s", (selector, expected) => {
    expect(specificityOf(selector)).toEqual(expected);
  });
});

describe.each(Object.entries(sheets))("%s", (name, css) => {
  it("gives every rule the weight of one class, and of a pseudo-element where it has one", () => {
    const selectors = selectorsOf(css);
    expect(selectors.length).toBeGreaterThan(200);
    const others = selectors.filter((selector) => {
      const [ids, classes, elements] = specificityOf(selector);
      // The colour of links: `a:hover` of an app would make the text of a button unreadable.
      if (/^\.coviu-(button|link)[^ ]*:any-link$/.test(selector)) return classes !== 2;
      return ids !== 0 || classes !== 1 || elements !== (/::|:(before|after)$/.test(selector) ? 1 : 0);
    });
    expect(others).toEqual([]);
  });

  it("uses no pseudo-class that one of the promised browsers lacks", () => {
    expect(css.match(/:(dir|state|user-invalid|user-valid|open)\b[^{]*/g)).toBeNull();
  });

  it(`stands ${name === "styles.css" ? "in no layer" : "in @layer coviu as a whole"}`, () => {
    if (name === "styles.css") expect(css).not.toContain("@layer");
    else expect(css).toMatch(/^@layer coviu\{[^]*\}\s*$/);
  });
});

describe("the two sheets", () => {
  it("have the same rules", () => {
    const inside = /^@layer coviu\{([^]*)\}\s*$/.exec(sheets["styles.layer.css"])?.[1];
    expect(inside?.trim()).toBe(sheets["styles.css"].trim());
  });

  it("are what stories load: Storybook's build changes nothing in the sheet", async () => {
    const result = await build({
      configFile: ".storybook/vite.config.ts",
      logLevel: "silent",
      build: { write: false, rolldownOptions: { input: "src/styles/index.css" } },
    });
    const { output } = Array.isArray(result)
      ? (result[0] ?? { output: [] })
      : "output" in result
        ? result
        : { output: [] };
    const sheet = output.find((file) => file.type === "asset" && file.fileName.endsWith(".css"));
    expect(sheet?.type === "asset" && String(sheet.source).trim()).toBe(sheets["styles.css"].trim());
  });
});
