import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";

import { Choices, SelectField, TextField } from "../../src/ui/Field.tsx";

const roles = [
  { value: "HOST", label: "Host", hint: "Enters directly" },
  { value: "GUEST", label: "Guest", hint: "Waits" },
];

describe("fields", () => {
  it.each([false, true])("tie a text to its label, hint and problem (several lines: %s)", async (multiline) => {
    const change = vi.fn<(value: string) => void>();
    render(
      <TextField
        id="name"
        label="Session name"
        hint="Guests see it"
        error="Enter a name"
        multiline={multiline}
        onChange={(event) => change(event.target.value)}
      />,
    );
    const field = screen.getByRole("textbox", { name: "Session name" });
    expect(field).toHaveAttribute("id", "name");
    expect(field).toBeInvalid();
    expect(field).toHaveAccessibleDescription("Enter a name Guests see it");
    await userEvent.type(field, "X");
    expect(change).toHaveBeenLastCalledWith("X");
  });

  it("say what can’t be seen in them, after their hint", () => {
    render(
      <TextField
        label="Session name"
        hint="Guests see it"
        value={"Ana\u202e Lee"}
        readOnly
        unseen={(text) => `Can’t be seen: ${text}`}
      />,
    );
    expect(screen.getByRole("textbox")).toHaveAccessibleDescription("Guests see it Can’t be seen: Ana[U+202E] Lee");
    expect(screen.getByText("Ana[U+202E] Lee").localName).toBe("bdi");
  });

  it("say nothing of a problem when there is none", () => {
    render(<TextField label="Session name" />);
    const field = screen.getByRole("textbox", { name: "Session name" });
    expect(field).toBeValid();
    expect(field).not.toHaveAttribute("aria-describedby");
  });

  it("keep what may only be read, on one line and on several", async () => {
    render(
      <>
        <TextField label="One" value="a" readOnly />
        <TextField label="Several" value="a" readOnly multiline />
      </>,
    );
    for (const name of ["One", "Several"]) {
      expect(screen.getByRole("textbox", { name })).toHaveAttribute("readonly");
    }
  });

  it("choose from a list, or from a row of radio buttons", () => {
    render(
      <>
        <SelectField label="Role" options={roles} />
        <SelectField aria-label="Role of Ana Lee" options={roles} defaultValue="GUEST" />
      </>,
    );
    expect(screen.getByRole("combobox", { name: "Role" })).toHaveDisplayValue("Host");
    expect(screen.getByRole("combobox", { name: "Role of Ana Lee" })).toHaveDisplayValue("Guest");
  });

  it.each([undefined, "card" as const])("ask for one of a few, nothing chosen beforehand (shape %s)", async (shape) => {
    function Question() {
      const [value, setValue] = useState<string>();
      return (
        <Choices
          legend="Role"
          hint="Hosts let people in"
          name="role"
          id="first"
          shape={shape}
          options={roles}
          value={value}
          error={value ? undefined : "Choose one"}
          onChange={setValue}
        />
      );
    }
    render(<Question />);
    expect(screen.getByRole("group", { name: "Role" })).toHaveAccessibleDescription("Choose one Hosts let people in");
    const [host, guest] = screen.getAllByRole("radio");
    expect(host).not.toBeChecked();
    expect(guest).not.toBeChecked();
    expect(document.getElementById("first")).toBe(host);
    await userEvent.click(screen.getByRole("radio", { name: /^Guest/ }));
    expect(guest).toBeChecked();
    expect(screen.getByRole("group", { name: "Role" })).toHaveAccessibleDescription("Hosts let people in");
  });
});
