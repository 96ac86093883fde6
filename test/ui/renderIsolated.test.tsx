import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { isolated } from "../../src/domain/roles.ts";
import { renderIsolated } from "../../src/ui/renderIsolated.tsx";

const shown = (text: Parameters<typeof renderIsolated>[0]) => render(<p>{renderIsolated(text)}</p>).container.innerHTML;

describe("renderIsolated", () => {
  it("isolate names from the text around them", () => {
    expect(shown(`Link for ${isolated("Session booked")} copied`)).toBe(
      '<p><span>Link for <bdi class="coviu-strong" translate="no">Session booked</bdi> copied</span></p>',
    );
    expect(shown(`${isolated("Ana")} and ${isolated("<b>Bo</b>")}`)).toBe(
      '<p><span><bdi class="coviu-strong" translate="no">Ana</bdi> and <bdi class="coviu-strong" translate="no">&lt;b&gt;Bo&lt;/b&gt;</bdi></span></p>',
    );
  });

  it("keep names and times from being translated", () => {
    const text = `${isolated("Ana")}, 10:00 a. m. – 10:30 a. m., and again at 10:00 a. m.`;
    const { container } = render(
      <p>{renderIsolated(text, ["10:00 a. m.", "10:00 a. m. – 10:30 a. m.", undefined, ""])}</p>,
    );
    expect([...container.querySelectorAll("[translate=no]")].map(({ textContent }) => textContent)).toEqual([
      "Ana",
      "10:00 a. m. – 10:30 a. m.",
      "10:00 a. m.",
    ]);
    expect(container).toHaveTextContent("Ana, 10:00 a. m. – 10:30 a. m., and again at 10:00 a. m.");
  });

  it("end a sentence with one full stop where a time or a name ends with one", () => {
    const times = ["10:00 a. m.", "9:00 a. m."];
    const { container } = render(
      <p>{renderIsolated(`${isolated("Ana Jr.")}. At 10:00 a. m.. Now 9:00 a. m..`, times)}</p>,
    );
    expect(container.textContent).toBe("Ana Jr. At 10:00 a. m. Now 9:00 a. m.");
  });

  it("leave everything else as it is", () => {
    expect(shown("Nobody has been added yet")).toBe("<p>Nobody has been added yet</p>");
    expect(shown(<i>Ana</i>)).toBe("<p><i>Ana</i></p>");
    expect(shown(undefined)).toBe("<p></p>");
    expect(shown("")).toBe("<p></p>");
  });
});
