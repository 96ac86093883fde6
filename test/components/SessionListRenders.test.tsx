import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import { createSession } from "../../src/api/sessions.ts";
import { sessionListMessages } from "../../src/components/SessionList/messages.ts";
import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import { useSessions } from "../../src/hooks/useSessions.ts";
import { useUpdateSession } from "../../src/hooks/useUpdateSession.ts";
import { CoviuProvider } from "../../src/provider/CoviuProvider.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";

const minuteMs = 60_000;
const soonCount = 4;
const laterCount = 16;

/** An app that passes a new function with each render, and renders again with each change of a session. */
function App({ messages }: { messages: typeof sessionListMessages }) {
  const [selectedId, setSelectedId] = useState<string>();
  const sessions = useSessions().data?.content;
  const update = useUpdateSession();
  const sessionId = sessions?.[1]?.session_id ?? "";
  return (
    <>
      <SessionList
        selectedId={selectedId}
        onSelect={({ session_id }) => setSelectedId(session_id)}
        messages={messages}
      />
      <button onClick={() => update.mutate({ sessionId, request: { session_name: "Moved to room 2" } })}>Rename</button>
    </>
  );
}

/**
 * Renders 4 sessions of the next hours and 16 of the next day, without StrictMode, which renders twice. Each row asks for
 * the text of its duration once, and the list for the text of its count.
 */
async function renderCounted() {
  const sandbox = createSandbox({ now: testNow, seed: "none" });
  const client = createCoviuClient(sandbox);
  const starts = [
    ...Array.from({ length: soonCount }, (_, index) => (index + 2) * 60),
    ...Array.from({ length: laterCount }, (_, index) => 24 * 60 + index * 15),
  ];
  for (const [index, minutes] of starts.entries()) {
    const start = Date.parse(testNow) + minutes * minuteMs;
    // oxlint-disable-next-line no-await-in-loop
    await createSession(client, {
      session_name: `Visit ${index}`,
      start_time: new Date(start).toISOString(),
      end_time: new Date(start + 30 * minuteMs).toISOString(),
      participants: [{ display_name: "Ana Lee" }],
    });
  }
  const rendered = { rows: 0, lists: 0 };
  const messages: typeof sessionListMessages = {
    ...sessionListMessages,
    duration(minutes) {
      rendered.rows += 1;
      return sessionListMessages.duration(minutes);
    },
    count(values) {
      rendered.lists += 1;
      return sessionListMessages.count(values);
    },
  };
  render(
    <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={() => sandbox.clock.now()}>
      <App messages={messages} />
    </CoviuProvider>,
  );
  await screen.findByRole("button", { name: "Visit 19" });
  await announced(`${starts.length} upcoming sessions`);
  expect(rendered.rows).toBe(starts.length);
  rendered.rows = 0;
  rendered.lists = 0;
  return { rendered, sandbox };
}

const announced = (text: string) =>
  waitFor(() => expect(document.querySelector("[aria-live=polite]")).toHaveTextContent(text));

const search = (value: string) => fireEvent.change(screen.getByRole("searchbox"), { target: { value } });

describe("SessionList renders", () => {
  it("one row if one session changes", async () => {
    const { rendered } = await renderCounted();
    fireEvent.click(screen.getByRole("button", { name: "Rename" }));
    await screen.findByRole("button", { name: "Moved to room 2" });
    expect(rendered.rows).toBe(1);
  });

  it("the row that is selected, and the one that was", async () => {
    const { rendered } = await renderCounted();
    fireEvent.click(screen.getByRole("button", { name: "Visit 3" }));
    expect(rendered.rows).toBe(1);
    fireEvent.click(screen.getByRole("button", { name: "Visit 4" }));
    expect(rendered.rows).toBe(3);
  });

  it("no row that stays while text is entered in the search, and rows that come back", async () => {
    const { rendered } = await renderCounted();
    search("visit 1");
    await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(11));
    expect(rendered.rows).toBe(0);
    search("visit");
    await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(20));
    expect(rendered.rows).toBe(9);
  });

  it("nothing for the announcement of what was found", async () => {
    const { rendered } = await renderCounted();
    search("visit 1");
    await waitFor(() => expect(screen.getAllByRole("listitem")).toHaveLength(11));
    rendered.lists = 0;
    await announced("11 upcoming sessions");
    expect(rendered.lists).toBe(0);
  });

  it("only rows with a countdown if a minute passes", async () => {
    const { rendered, sandbox } = await renderCounted();
    sandbox.clock.advance(minuteMs);
    act(() => {
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await screen.findByText("in 1 h 59 min");
    expect(rendered.rows).toBe(soonCount);
  });
});
