import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";

import { DateField, type DateFieldProps } from "../../src/ui/DateField.tsx";
import { react18 } from "../tags.ts";

function Typed({
  initial = { day: "", month: "", year: "" },
  ...props
}: Partial<DateFieldProps> & { initial?: DateFieldProps["value"] }) {
  const [value, setValue] = useState(initial);
  return (
    <DateField
      id="date"
      legend="Date"
      labels={{ day: "Day", month: "Month", year: "Year" }}
      locale="en-AU"
      {...props}
      value={value}
      onChange={setValue}
    />
  );
}

const part = (name: string) => screen.getByRole("textbox", { name });
const written = () => ["Day", "Month", "Year"].map((name) => part(name)).map((field) => field.getAttribute("value"));

describe("DateField", () => {
  it.each([
    ["en-AU", ["Day", "Month", "Year"]],
    ["en-US", ["Month", "Day", "Year"]],
    ["ja-JP", ["Year", "Month", "Day"]],
  ])("asks in the order in which %s writes a date, the id at its first field", async (locale, names) => {
    render(<Typed locale={locale} />);
    expect(screen.getAllByText(/^(Day|Month|Year)$/).map((label) => label.textContent)).toEqual(names);
    expect(document.getElementById("date")).toBe(part(names[0] ?? ""));
  });

  it("takes what is typed as it is, and jumps nowhere", react18, async () => {
    render(<Typed />);
    await userEvent.type(part("Day"), "31");
    expect(part("Day")).toHaveFocus();
    await userEvent.type(part("Month"), "12x");
    await userEvent.type(part("Year"), "20266");
    expect(written()).toEqual(["31", "12x", "20266"]);
    await userEvent.clear(part("Month"));
    expect(written()).toEqual(["31", "", "20266"]);
  });

  it.each([
    ["en-AU", "Day", "3/8/2026"],
    ["en-AU", "Month", "3.8.2026"],
    ["en-AU", "Year", "2026-08-03"],
    ["en-US", "Year", "8/3/2026"],
  ])("reads a whole date pasted in %s into %s: %s", async (locale, name, pasted) => {
    render(<Typed locale={locale} initial={{ day: "1", month: "1", year: "2025" }} />);
    await userEvent.click(part(name));
    await userEvent.paste(pasted);
    expect(written()).toEqual(["3", "8", "2026"]);
  });

  it("takes back a date that was pasted, until something is typed", async () => {
    render(<Typed initial={{ day: "1", month: "1", year: "2025" }} />);
    await userEvent.click(part("Month"));
    await userEvent.paste("3/8/2026");
    await userEvent.keyboard("{Control>}z{/Control}");
    expect(written()).toEqual(["1", "1", "2025"]);
    expect(part("Month")).toHaveFocus();
    await userEvent.paste("3/8/2026");
    await userEvent.type(part("Day"), "0");
    await userEvent.keyboard("{Control>}z{/Control}");
    expect(written()).toEqual(["30", "8", "2026"]);
  });

  it("writes a pasted date in the digits of the locale", async () => {
    render(<Typed locale="fa-IR" />);
    await userEvent.click(part("Day"));
    await userEvent.paste("2026-08-03");
    expect(written()).toEqual(["۳", "۸", "۲۰۲۶"]);
  });

  it("pastes anything else where it was pasted", async () => {
    render(<Typed />);
    await userEvent.click(part("Year"));
    await userEvent.paste("2026");
    expect(written()).toEqual(["", "", "2026"]);
  });

  it("changes nothing while it may only be read", async () => {
    render(<Typed readOnly initial={{ day: "1", month: "1", year: "2025" }} />);
    await userEvent.click(part("Day"));
    await userEvent.paste("3/8/2026");
    await userEvent.keyboard("9");
    expect(written()).toEqual(["1", "1", "2025"]);
  });

  it("is a group described by its problem and its hint", () => {
    render(<Typed error="There is no 31 February" hint="In Sydney" />);
    expect(screen.getByRole("group", { name: "Date" })).toHaveAccessibleDescription(
      "There is no 31 February In Sydney",
    );
    for (const field of screen.getAllByRole("textbox")) expect(field).toBeInvalid();
  });
});
