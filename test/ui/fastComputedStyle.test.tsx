import { render } from "@testing-library/react";
import { expect, it } from "vitest";

import { jsdomComputedStyle } from "../fastComputedStyle.ts";

const pages = {
  "elements with and without hidden": `<p>a</p><p hidden>b</p><span>c<b hidden>d</b></span><input type="hidden"><input type="text">`,
  "dialogs and popovers": `<dialog>a</dialog><dialog open>b</dialog><div popover>c</div>`,
  details: `<details><summary>a</summary><p>b</p></details><details open><summary>a</summary><p>b</p></details>`,
  tables: `<table><thead><tr><th>a</th></tr></thead><tbody><tr hidden><td>b</td></tr></tbody></table>`,
  "inline styles": `<div style="visibility: hidden"><p>a</p></div><p style="display: none">b</p>`,
};

it.each(Object.entries(pages))("the computed style of tests is that of jsdom: %s", (_, html) => {
  const { container } = render(<div dangerouslySetInnerHTML={{ __html: html }} />);
  for (const element of container.querySelectorAll("*")) {
    const [fast, full] = [getComputedStyle(element), jsdomComputedStyle(element)];
    expect([fast.display, fast.visibility, fast.direction]).toEqual([full.display, full.visibility, full.direction]);
    expect(fast.getPropertyValue("display")).toBe(full.getPropertyValue("display"));
  }
});
