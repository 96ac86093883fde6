import "../../src/styles/index.css";
import { render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cdp, userEvent } from "vitest/browser";

import { createCoviuClient } from "../../src/api/client.ts";
import { type Participant } from "../../src/api/schemas.ts";
import { EntryLink } from "../../src/components/EntryLink/EntryLink.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow, withCoviu } from "../render.tsx";
import { react18 } from "../tags.ts";

const id = "7c1e9a52-0b4d-4f1a-9d63-2f8a5b7e40c1";
const link = `https://coviu.com/session/${id}`;
const guest: Participant = { participant_id: "guest-1", display_name: "Ana Lee", role: "GUEST" };
const host: Participant = { participant_id: "host-1", display_name: "Dr Amara Okafor", role: "HOST" };
const previousText = "a text that was copied before";

/** Grants the page permission to read and write the clipboard. */
async function permitClipboard(): Promise<void> {
  const { browserContextId } = (await cdp().send("Target.getTargetInfo")).targetInfo;
  for (const name of ["clipboard-read", "clipboard-write"]) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await cdp().send("Browser.setPermission", {
      permission: { name },
      setting: "granted",
      ...(browserContextId && { browserContextId }),
    });
  }
}

/** Renders an entry link that the server sends when `respond` is called. */
function renderEntryLink(participant: Participant) {
  const sandbox = createSandbox({ now: testNow });
  const waiting: ((response: Response) => void)[] = [];
  const signals: AbortSignal[] = [];
  const client = createCoviuClient({
    ...sandbox,
    entryUrls: "on-demand",
    fetch: (input, init) => {
      const request = new Request(input, init);
      if (!request.url.endsWith(`/participants/${participant.participant_id}/entry-url`)) return sandbox.fetch(request);
      signals.push(request.signal);
      return new Promise((resolve) => waiting.push(resolve));
    },
  });
  // Without `renderWithCoviu`, whose user-event replaces the clipboard.
  const view = render(withCoviu(<EntryLink participant={participant} />, { client }));
  const respond = async () => {
    await waitFor(() => expect(waiting).not.toHaveLength(0));
    for (const resolve of waiting.splice(0)) resolve(Response.json({ entry_url: link }));
  };
  return { ...view, respond, signals, isRequested: () => waiting.length > 0 };
}

/** Allows writes only while a click event is handled, as WebKit does. */
function writeAsWebKit() {
  const { clipboard } = navigator;
  const write = clipboard.write.bind(clipboard);
  const writeText = clipboard.writeText.bind(clipboard);
  const refuse = () => Promise.reject(new DOMException("Not in a click.", "NotAllowedError"));
  const isInClick = () => window.event?.type === "click";
  vi.spyOn(clipboard, "writeText").mockImplementation((text) => (isInClick() ? writeText(text) : refuse()));
  return vi.spyOn(clipboard, "write").mockImplementation((items) => (isInClick() ? write(items) : refuse()));
}

beforeEach(async () => {
  await permitClipboard();
  window.focus();
  await navigator.clipboard.writeText(previousText);
});

function allowClipboard(): void {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "clipboard");
}

afterEach(allowClipboard);

describe("copying an entry link that the server sends on demand", () => {
  it("works in browsers that allow a write only during a click, and does not show the link", react18, async () => {
    const write = writeAsWebKit();
    const { container, respond } = renderEntryLink(guest);
    const copy = screen.getByRole("button", { name: "Copy link for Ana Lee" });
    await userEvent.click(copy);
    await waitFor(() => expect(write).toHaveBeenCalledOnce());
    expect(container).not.toHaveTextContent("copied");
    expect(await navigator.clipboard.readText()).toBe(previousText);
    await respond();
    await waitFor(() => expect(container).toHaveTextContent("Link for Ana Lee (guest) copied"));
    expect(await navigator.clipboard.readText()).toBe(link);
    expect(document.documentElement.outerHTML).not.toContain(id);
    expect(copy).toHaveFocus();
  });

  it("works in browsers without promises of clipboard text", async () => {
    vi.stubGlobal("ClipboardItem", undefined);
    const { container, respond } = renderEntryLink(guest);
    await userEvent.click(screen.getByRole("button", { name: "Copy link for Ana Lee" }));
    await respond();
    await waitFor(() => expect(container).toHaveTextContent("Link for Ana Lee (guest) copied"));
    expect(await navigator.clipboard.readText()).toBe(link);
  });

  it.each([
    [
      "the page has no clipboard, as on plain HTTP",
      () => void Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }),
    ],
    [
      "both kinds of write are refused",
      () => {
        const refusal = new DOMException("denied", "NotAllowedError");
        vi.spyOn(navigator.clipboard, "write").mockRejectedValue(refusal);
        vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(refusal);
      },
    ],
    [
      "only a click may write, without promises of clipboard text",
      () => {
        writeAsWebKit();
        vi.stubGlobal("ClipboardItem", undefined);
      },
    ],
  ])("fails, and the link stays hidden until the user shows it, if %s", async (_, refuse) => {
    refuse();
    const { container, respond } = renderEntryLink(guest);
    await userEvent.click(screen.getByRole("button", { name: "Copy link for Ana Lee" }));
    await respond();
    await waitFor(() => expect(container).toHaveTextContent("Your browser didn’t allow copying."));
    expect(container).not.toHaveTextContent("Link for Ana Lee (guest) copied");
    expect(document.documentElement.outerHTML).not.toContain(id);
    expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
    allowClipboard();
    expect(await navigator.clipboard.readText()).toBe(previousText);

    await userEvent.click(screen.getByRole("button", { name: "Show link for Ana Lee" }));
    await respond();
    const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "Entry link for Ana Lee" });
    expect(field).toHaveValue(link);
    await waitFor(() => expect(field).toHaveFocus());
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, link.length]);
  });

  it("is aborted when the user goes back from the question about a host's entry link", async () => {
    const write = vi.spyOn(navigator.clipboard, "write");
    const writeText = vi.spyOn(navigator.clipboard, "writeText");
    const { container, respond, signals, isRequested } = renderEntryLink(host);
    const name = "Copy host link for Dr Amara Okafor";
    await userEvent.click(screen.getByRole("button", { name }));
    const question = within(await screen.findByRole("alertdialog"));
    await userEvent.click(question.getByRole("button", { name }));
    await waitFor(() => expect(isRequested()).toBe(true));
    await userEvent.click(question.getByRole("button", { name: "Go back" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await respond();
    // The browser has aborted the write.
    await expect(write.mock.results[0]?.value).rejects.toHaveProperty("name", "AbortError");
    expect(writeText).not.toHaveBeenCalled();
    expect(await navigator.clipboard.readText()).toBe(previousText);
    expect(container).not.toHaveTextContent(/copied|didn’t allow/);
    expect(document.documentElement.outerHTML).not.toContain(id);
    await waitFor(() => expect(screen.getByRole("button", { name })).toHaveFocus());
  });
});
