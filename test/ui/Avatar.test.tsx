import { fireEvent, render } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { Avatar } from "../../src/ui/Avatar.tsx";

describe("Avatar", () => {
  it.each([
    ["Tāne Wihongi", "TW"],
    ["Dr Amara Okafor", "AO"],
    ["Assoc Prof Maximiliana Featherstonehaugh-Okonkwo", "MF"],
    ["Mei-Ling Chen", "MC"],
    ["bo", "B"],
    ["E\u0301lodie O\u0308zil", "E\u0301O\u0308"],
    ["नेहा शर्मा", "नेश"],
    ["👩‍⚕️ Ana", "A"],
    ["", ""],
  ])("stands for %s as %s, unspoken", (name, initials) => {
    const { container } = render(<Avatar name={name} />);
    expect(container.firstElementChild?.textContent).toBe(initials);
    expect(container.firstElementChild).toHaveAttribute("aria-hidden", "true");
  });

  it("shows a picture without a referrer, and the initials if it fails to load", () => {
    const { container, rerender } = render(<Avatar name="Ana Lee" picture="https://pictures.example/a.png" />);
    const picture = container.querySelector("img");
    expect(picture).toHaveAttribute("alt", "");
    expect(picture).toHaveAttribute("referrerpolicy", "no-referrer");
    expect(picture).toHaveAttribute("loading", "lazy");
    fireEvent.error(picture ?? container);
    expect(container).toHaveTextContent("AL");
    rerender(<Avatar name="Ana Lee" picture="https://pictures.example/b.png" />);
    expect(container.querySelector("img")).toHaveAttribute("src", "https://pictures.example/b.png");
  });
});
