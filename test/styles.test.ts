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
  it("has rules with the specificity of one class, plus a pseudo-element if there is one", () => {
    const selectors = selectorsOf(css);
    expect(selectors.length).toBeGreaterThan(200);
    const others = selectors.filter((selector) => {
      const [ids, classes, elements] = specificityOf(selector);
      // Link colors need two classes: an app's `a:hover` would make the text of a button unreadable.
      if (/^\.coviu-(button|link)[^ ]*:any-link$/.test(selector)) return classes !== 2;
      return ids !== 0 || classes !== 1 || elements !== (/::|:(before|after)$/.test(selector) ? 1 : 0);
    });
    expect(others).toEqual([]);
  });

  it("uses no pseudo-class that a supported browser lacks", () => {
    expect(css.match(/:(dir|state|user-invalid|user-valid|open)\b[^{]*/g)).toBeNull();
  });

  it(`is ${name === "styles.css" ? "in no layer" : "in @layer coviu as a whole"}`, () => {
    if (name === "styles.css") expect(css).not.toContain("@layer");
    else expect(css).toMatch(/^@layer coviu\{[^]*\}\s*$/);
  });
});

describe("the two sheets", () => {
  it("have the same rules", () => {
    const inside = /^@layer coviu\{([^]*)\}\s*$/.exec(sheets["styles.layer.css"])?.[1];
    expect(inside?.trim()).toBe(sheets["styles.css"].trim());
  });

  it("are not changed by Storybook's build", async () => {
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
