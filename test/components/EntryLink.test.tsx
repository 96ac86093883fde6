import { screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import type { Participant } from "../../src/api/schemas.ts";
import { EntryLink, type EntryLinkProps } from "../../src/components/EntryLink/EntryLink.tsx";
import { byText } from "../byText.ts";
import { conforms } from "../conformance.tsx";
import { renderWithCoviu } from "../render.tsx";
import { react18 } from "../tags.ts";

const id = "7c1e9a52-0b4d-4f1a-9d63-2f8a5b7e40c1";
const link = `https://coviu.com/session/${id}`;
const guest: Participant = { participant_id: id, display_name: "Tāne Wihongi", role: "GUEST", entry_url: link };
const host: Participant = { participant_id: id, display_name: "Dr Amara Okafor", role: "HOST", entry_url: link };
/** 9:30 to 10:30 am in Sydney: running at 9:52. */
const active = { start_time: "2026-01-11T22:30:00.000Z", end_time: "2026-01-11T23:30:00.000Z" };
const scheduled = { start_time: "2026-01-11T23:00:00.000Z", end_time: "2026-01-11T23:30:00.000Z" };
const ended = { start_time: "2026-01-11T21:00:00.000Z", end_time: "2026-01-11T21:30:00.000Z" };

function renderLink(props: EntryLinkProps, settings?: Parameters<typeof renderWithCoviu>[1]) {
  const view = renderWithCoviu(<EntryLink data-testid="link" {...props} />, settings);
  return { ...view, root: screen.getByTestId("link") };
}

/** What a browser does that has no clipboard for this page, or refuses it. */
function refuseClipboard(kind: "refused" | "missing") {
  if (kind === "refused") vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("NotAllowedError"));
  else vi.stubGlobal("navigator", Object.create(navigator, { clipboard: { value: undefined } }));
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("EntryLink", () => {
  conforms<HTMLDivElement>((props) => <EntryLink participant={guest} {...props} />);

  it("keeps the link and the id out of the page until they are asked for", () => {
    const { root } = renderLink({ participant: guest });
    expect(root).toHaveAttribute("data-state", "masked");
    expect(document.documentElement.outerHTML).not.toContain(id);
    expect(screen.getByText("Entry link, hidden")).toBeInTheDocument();
  });

  it("is named by person and role", () => {
    renderLink({ participant: guest });
    expect(screen.getByRole("group", { name: "Entry link for Tāne Wihongi, guest" })).toBeInTheDocument();
  });

  it("shows the link on request and hides it again", async () => {
    const { root, user } = renderLink({ participant: guest });
    const toggle = screen.getByRole("button", { name: "Show link for Tāne Wihongi" });
    expect(toggle).toHaveAttribute("aria-pressed", "false");
    await user.click(toggle);
    expect(toggle).toHaveAttribute("aria-pressed", "true");
    expect(root).toHaveAttribute("data-state", "revealed");
    expect(screen.getByText(link)).toHaveAttribute("data-private");
    await user.click(toggle);
    expect(toggle).toHaveAttribute("aria-pressed", "false");
    expect(document.documentElement.outerHTML).not.toContain(id);
  });

  it("copies the link, announces it once and keeps the focus on the button", react18, async () => {
    const { root, user } = renderLink({ participant: guest });
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    const copy = screen.getByRole("button", { name: "Copy link for Tāne Wihongi" });
    await user.click(copy);
    expect(await screen.findByText(byText("Link for Tāne Wihongi (guest) copied"))).toBeVisible();
    await waitFor(() =>
      expect(screen.getByRole("status")).toHaveTextContent(/^Link for Tāne Wihongi \(guest\) copied$/),
    );
    expect(root).toHaveAttribute("data-state", "copied");
    expect(await navigator.clipboard.readText()).toBe(link);
    expect(copy).toHaveFocus();
    expect(copy).toHaveAccessibleName("Copy link for Tāne Wihongi");
    expect(document.documentElement.outerHTML).not.toContain(id);
  });

  it("copies once while a write to the clipboard is pending", async () => {
    const { user } = renderLink({ participant: guest });
    const waiting: (() => void)[] = [];
    const writeText = vi
      .spyOn(navigator.clipboard, "writeText")
      .mockReturnValue(new Promise<void>((resolve) => waiting.push(resolve)));
    await user.dblClick(screen.getByRole("button", { name: "Copy link for Tāne Wihongi" }));
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
    for (const answer of waiting) answer();
    expect(await screen.findByText(byText("Link for Tāne Wihongi (guest) copied"))).toBeVisible();
    expect(writeText).toHaveBeenCalledTimes(1);
  });

  it("confirms a second copy too", async () => {
    const { user } = renderLink({ participant: guest });
    const copy = screen.getByRole("button", { name: "Copy link for Tāne Wihongi" });
    await user.click(copy);
    await screen.findByText(byText("Link for Tāne Wihongi (guest) copied"));
    const texts: (string | null)[] = [];
    const status = screen.getByRole("status");
    const observer = new MutationObserver(() => texts.push(status.textContent));
    observer.observe(status, { childList: true, subtree: true, characterData: true });
    await user.click(copy);
    await waitFor(() => expect(texts.at(-1)).toBe("Link for Tāne Wihongi (guest) copied"));
    observer.disconnect();
  });

  it.each(["refused", "missing"] as const)(
    "keeps the link hidden where the clipboard is %s, and shows it selected when asked",
    async (kind) => {
      const { root, user } = renderLink({ participant: guest });
      refuseClipboard(kind);
      const copy = screen.getByRole("button", { name: "Copy link for Tāne Wihongi" });
      await user.click(copy);
      await waitFor(() => expect(root).toHaveAttribute("data-state", "refused"));
      expect(document.documentElement.outerHTML).not.toContain(id);
      expect(copy).toHaveFocus();
      await waitFor(() =>
        expect(screen.getByRole("status")).toHaveTextContent(
          "Your browser didn’t allow copying. Show the link to copy it by hand.",
        ),
      );
      await user.click(screen.getByRole("button", { name: "Show link for Tāne Wihongi" }));
      const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "Entry link for Tāne Wihongi" });
      expect(root).toHaveAttribute("data-state", "revealed");
      expect(field).toHaveValue(link);
      expect(field).toHaveAttribute("readonly");
      expect(field).toHaveFocus();
      expect([field.selectionStart, field.selectionEnd]).toEqual([0, link.length]);
      await waitFor(() =>
        expect(screen.getByRole("status")).toHaveTextContent("The link is selected: press Ctrl+C, or ⌘C on a Mac."),
      );
      expect(root).not.toHaveTextContent(/copied/);
    },
  );

  it("can hide the field again", async () => {
    const { root, user } = renderLink({ participant: guest });
    refuseClipboard("refused");
    await user.click(screen.getByRole("button", { name: "Copy link for Tāne Wihongi" }));
    await waitFor(() => expect(root).toHaveAttribute("data-state", "refused"));
    await user.click(screen.getByRole("button", { name: "Show link for Tāne Wihongi" }));
    await screen.findByRole("textbox");
    await user.click(screen.getByRole("button", { name: "Show link for Tāne Wihongi", pressed: true }));
    expect(root).toHaveAttribute("data-state", "masked");
    expect(document.documentElement.outerHTML).not.toContain(id);
  });

  describe("of a host", () => {
    it("asks before it copies, with the focus on the safe choice", async () => {
      const { user } = renderLink({ participant: host, guestNames: ["Ana Lee", "Kwame Mensah"] });
      const writeText = vi.spyOn(navigator.clipboard, "writeText");
      const copy = screen.getByRole("button", { name: "Copy host link for Dr Amara Okafor" });
      await user.click(copy);
      const question = await screen.findByRole("alertdialog", { name: "Copy the host link?" });
      expect(question).toHaveTextContent(
        "This link enters as Dr Amara Okafor, host: whoever has it can let people in and run the session. There are 2 guests in it, so check where you paste.",
      );
      expect(question).toHaveTextContent("Looking for a guest’s link? Ana Lee and Kwame Mensah each have their own.");
      expect(question).toHaveAccessibleDescription(/whoever has it can let people in/);
      expect(screen.getByRole("button", { name: "Go back" })).toHaveFocus();
      await user.keyboard("{Enter}");
      await waitFor(() => expect(question).not.toBeInTheDocument());
      await waitFor(() => expect(copy).toHaveFocus());
      expect(writeText).not.toHaveBeenCalled();
    });

    it("copies after confirmation and returns the focus", async () => {
      const { user } = renderLink({ participant: host });
      const copy = screen.getByRole("button", { name: "Copy host link for Dr Amara Okafor" });
      await user.click(copy);
      const question = await screen.findByRole("alertdialog");
      expect(question).not.toHaveTextContent(/guest/);
      await user.click(screen.getByRole("button", { name: "Copy host link for Dr Amara Okafor" }));
      expect(await screen.findByText(byText("Link for Dr Amara Okafor (host) copied"))).toBeVisible();
      expect(question).not.toBeInTheDocument();
      expect(await navigator.clipboard.readText()).toBe(link);
      await waitFor(() => expect(copy).toHaveFocus());
    });

    it("returns the focus to its button when the clipboard refuses, and keeps the link hidden", async () => {
      const { user } = renderLink({ participant: host });
      refuseClipboard("refused");
      await user.click(screen.getByRole("button", { name: "Copy host link for Dr Amara Okafor" }));
      await screen.findByRole("alertdialog");
      await user.click(screen.getByRole("button", { name: "Copy host link for Dr Amara Okafor" }));
      await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
      await waitFor(() =>
        expect(screen.getByRole("button", { name: "Copy host link for Dr Amara Okafor" })).toHaveFocus(),
      );
      expect(document.documentElement.outerHTML).not.toContain(id);
    });
  });

  it.each([
    "https://coviu.com.evil.example/session/1",
    "http://coviu.com/session/1",
    "javascript:alert(1)",
    "https://coviu.com@evil.example/",
  ])("neither shows nor copies nor opens %s", (entry_url) => {
    const { root } = renderLink({ participant: { ...guest, entry_url }, session: active });
    expect(root).toHaveAttribute("data-state", "unavailable");
    expect(root).toHaveTextContent(/isn’t trusted here/);
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
    expect(screen.queryByRole("link")).not.toBeInTheDocument();
    expect(document.documentElement.outerHTML).not.toContain(entry_url);
  });

  it("accepts the link domains of the provider", () => {
    const entry_url = "https://video.clinic.example/session/1";
    renderLink({ participant: { ...guest, entry_url } }, { entryUrlHosts: ["video.clinic.example"] });
    expect(screen.getByRole("button", { name: "Copy link for Tāne Wihongi" })).toBeInTheDocument();
  });

  it("says so where there is no link", () => {
    const { root } = renderLink({ participant: { participant_id: id, display_name: "Tāne Wihongi" } });
    expect(root).toHaveTextContent("The service gave no entry link for this person. Refresh to ask again.");
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
  });

  it("offers to join while the session is active, without handing anything to the page it opens", () => {
    renderLink({ participant: guest, session: active });
    const join = screen.getByRole("link", { name: /^Join as Tāne Wihongi/ });
    expect(join).toHaveAttribute("href", link);
    expect(join).toHaveAttribute("target", "_blank");
    expect(join).toHaveAttribute("rel", "noopener noreferrer");
  });

  it("says from when one can join before the start", () => {
    const { root } = renderLink({ participant: guest, session: scheduled });
    expect(root).toHaveTextContent(/You can join from 10:00\sam, when the session starts\./);
    expect(screen.queryByRole("link")).not.toBeInTheDocument();
  });

  it.each([
    ["ended", ended, "This session has ended. The link no longer works."],
    [
      "canceled",
      { ...scheduled, canceled_time: "2026-01-11T20:00:00.000Z" },
      "This session was canceled. The link no longer works.",
    ],
  ])("promises nothing for a session that has %s", (_, session, sentence) => {
    const { root } = renderLink({ participant: guest, session });
    expect(root).toHaveTextContent(sentence);
    expect(root).toHaveAttribute("data-state", "unavailable");
    expect(screen.queryByRole("button")).not.toBeInTheDocument();
    expect(screen.queryByRole("link")).not.toBeInTheDocument();
  });

  it("hides the link when another participant is rendered", async () => {
    const { user, rerender } = renderLink({ participant: guest });
    await user.click(screen.getByRole("button", { name: "Show link for Tāne Wihongi" }));
    const other = { ...guest, display_name: "Ana Lee", entry_url: "https://coviu.com/session/other" };
    rerender(<EntryLink data-testid="link" participant={other} />);
    expect(screen.getByTestId("link")).toHaveAttribute("data-state", "masked");
    expect(document.documentElement.outerHTML).not.toContain("coviu.com/session");
  });

  it("accepts single messages", () => {
    renderLink({
      participant: guest,
      messages: { copy: "Link kopieren", copyFor: (name) => `Link kopieren für ${name}` },
    });
    expect(screen.getByRole("button", { name: "Link kopieren für Tāne Wihongi" })).toHaveTextContent("Link kopieren");
    expect(screen.getByRole("button", { name: "Show link for Tāne Wihongi" })).toBeInTheDocument();
  });
});
