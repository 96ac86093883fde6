import "../../src/styles/index.css";
import { render, screen, waitFor, within } from "@testing-library/react";
import { StrictMode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cdp, userEvent } from "vitest/browser";

import { createCoviuClient } from "../../src/api/client.ts";
import { type Participant } from "../../src/api/schemas.ts";
import { EntryLink } from "../../src/components/EntryLink/EntryLink.tsx";
import { CoviuProvider } from "../../src/provider/CoviuProvider.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

const id = "7c1e9a52-0b4d-4f1a-9d63-2f8a5b7e40c1";
const link = `https://coviu.com/session/${id}`;
const guest: Participant = { participant_id: "guest-1", display_name: "Ana Lee", role: "GUEST" };
const host: Participant = { participant_id: "host-1", display_name: "Dr Amara Okafor", role: "HOST" };
const before = "what was copied before";

/** Allows the page what its user would: to write at any time, and to read what stands in the clipboard. */
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

/** A server that gives the link when `answer` is called. */
function desk(participant: Participant) {
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
  // Not by `renderWithCoviu`: user-event puts a clipboard of its own in the place of the browser's.
  const view = render(
    <StrictMode>
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={() => new Date(testNow)}>
        <EntryLink participant={participant} />
      </CoviuProvider>
    </StrictMode>,
  );
  const answer = async () => {
    await waitFor(() => expect(waiting).not.toHaveLength(0));
    for (const resolve of waiting.splice(0)) resolve(Response.json({ entry_url: link }));
  };
  return { ...view, answer, signals, asked: () => waiting.length > 0 };
}

/** Writes only in the very turn of a click, as WebKit does. */
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
  await navigator.clipboard.writeText(before);
});

function allowClipboard(): void {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, "clipboard");
}

afterEach(allowClipboard);

describe("copying a link that the server gives on demand", () => {
  it("writes it where only the turn of the click may write, and shows it nowhere", react18, async () => {
    const write = writeAsWebKit();
    const { container, answer } = desk(guest);
    const copy = screen.getByRole("button", { name: "Copy link for Ana Lee" });
    await userEvent.click(copy);
    await waitFor(() => expect(write).toHaveBeenCalledOnce());
    expect(container).not.toHaveTextContent("copied");
    expect(await navigator.clipboard.readText()).toBe(before);
    await answer();
    await waitFor(() => expect(container).toHaveTextContent("Link for Ana Lee (guest) copied"));
    expect(await navigator.clipboard.readText()).toBe(link);
    expect(document.documentElement.outerHTML).not.toContain(id);
    expect(copy).toHaveFocus();
  });

  it("writes it in browsers that take no text that comes later", async () => {
    vi.stubGlobal("ClipboardItem", undefined);
    const { container, answer } = desk(guest);
    await userEvent.click(screen.getByRole("button", { name: "Copy link for Ana Lee" }));
    await answer();
    await waitFor(() => expect(container).toHaveTextContent("Link for Ana Lee (guest) copied"));
    expect(await navigator.clipboard.readText()).toBe(link);
  });

  it.each([
    [
      "the page has no clipboard, as on plain HTTP",
      () => void Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true }),
    ],
    [
      "both ways are refused",
      () => {
        const refusal = new DOMException("denied", "NotAllowedError");
        vi.spyOn(navigator.clipboard, "write").mockRejectedValue(refusal);
        vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(refusal);
      },
    ],
    [
      "only a click may write and no text that comes later is taken",
      () => {
        writeAsWebKit();
        vi.stubGlobal("ClipboardItem", undefined);
      },
    ],
  ])("keeps it hidden until it is asked for where %s", async (_, refuse) => {
    refuse();
    const { container, answer } = desk(guest);
    await userEvent.click(screen.getByRole("button", { name: "Copy link for Ana Lee" }));
    await answer();
    await waitFor(() => expect(container).toHaveTextContent("Your browser didn’t allow copying."));
    expect(container).not.toHaveTextContent("Link for Ana Lee (guest) copied");
    expect(document.documentElement.outerHTML).not.toContain(id);
    expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
    allowClipboard();
    expect(await navigator.clipboard.readText()).toBe(before);

    await userEvent.click(screen.getByRole("button", { name: "Show link for Ana Lee" }));
    await answer();
    const field = await screen.findByRole<HTMLInputElement>("textbox", { name: "Entry link for Ana Lee" });
    expect(field).toHaveValue(link);
    await waitFor(() => expect(field).toHaveFocus());
    expect([field.selectionStart, field.selectionEnd]).toEqual([0, link.length]);
  });

  it("writes nothing any more after going back from the question about a host’s link", async () => {
    const write = vi.spyOn(navigator.clipboard, "write");
    const writeText = vi.spyOn(navigator.clipboard, "writeText");
    const { container, answer, signals, asked } = desk(host);
    const name = "Copy host link for Dr Amara Okafor";
    await userEvent.click(screen.getByRole("button", { name }));
    const question = within(await screen.findByRole("alertdialog"));
    await userEvent.click(question.getByRole("button", { name }));
    await waitFor(() => expect(asked()).toBe(true));
    await userEvent.click(question.getByRole("button", { name: "Go back" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    await answer();
    // The browser has given up the text that was to come.
    await expect(write.mock.results[0]?.value).rejects.toHaveProperty("name", "AbortError");
    expect(writeText).not.toHaveBeenCalled();
    expect(await navigator.clipboard.readText()).toBe(before);
    expect(container).not.toHaveTextContent(/copied|didn’t allow/);
    expect(document.documentElement.outerHTML).not.toContain(id);
    await waitFor(() => expect(screen.getByRole("button", { name })).toHaveFocus());
  });
});
