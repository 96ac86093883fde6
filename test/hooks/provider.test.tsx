import { QueryClient } from "@tanstack/react-query";
import { act, render, screen, waitFor } from "@testing-library/react";
import { type ReactNode, StrictMode, useEffect, useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import {
  type Coviu,
  CoviuProvider,
  type CoviuProviderProps,
  createCoviuClient,
  SessionSchedulerDialog,
  sessionKeys,
  useCoviu,
  useSessions,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

function now(): Date {
  return new Date(testNow);
}

function provided(props: Pick<CoviuProviderProps, "client"> & Partial<CoviuProviderProps>) {
  return (
    <StrictMode>
      <CoviuProvider timeZone="Australia/Sydney" locale="en-AU" now={now} {...props} />
    </StrictMode>
  );
}

function Count() {
  const { data } = useSessions({ page_size: 3 });
  return <p>{data ? `${data.content.length} sessions` : "none yet"}</p>;
}

let seen: Coviu | undefined;
function Peek({ children }: { children?: ReactNode }) {
  const coviu = useCoviu();
  useEffect(() => {
    seen = coviu;
  });
  return children;
}

function clinic(scope?: string) {
  const sandbox = createSandbox({ now: testNow });
  const client = createCoviuClient({ ...sandbox, scope });
  return { sandbox, client };
}

describe("CoviuProvider", () => {
  it("gives client, clock, zone and locale to hooks of one's own", async () => {
    const { client } = clinic();
    render(provided({ client, children: <Peek /> }));
    expect(seen).toMatchObject({ client, now, timeZone: "Australia/Sydney", locale: "en-AU" });
  });

  it("has a query client per client, whatever else changes", async () => {
    const { client } = clinic();
    const view = render(provided({ client, children: <Peek /> }));
    const first = seen?.queryClient;
    view.rerender(provided({ client, locale: "en-GB", children: <Peek /> }));
    expect(seen?.locale).toBe("en-GB");
    expect(seen?.queryClient).toBe(first);
    const another = createCoviuClient(createSandbox());
    view.rerender(provided({ client: another, children: <Peek /> }));
    expect(seen?.queryClient).not.toBe(first);
  });

  it("shares cache and requests between two providers of one client, and clears with the last of them", async () => {
    const { client, sandbox } = clinic();
    const two = (second: boolean) => (
      <>
        {provided({ client, children: [<Peek key="peek" />, <Count key="count" />] })}
        {second && provided({ client, children: <Count /> })}
      </>
    );
    const view = render(two(true));
    await waitFor(() => expect(screen.getAllByText("3 sessions")).toHaveLength(2));
    expect(sandbox.log.count()).toBe(1);
    const cache = seen?.queryClient.getQueryCache();
    view.rerender(two(false));
    await act(async () => {});
    expect(cache?.getAll()).toHaveLength(1);
    expect(screen.getByText("3 sessions")).toBeVisible();
    view.unmount();
    await waitFor(() => expect(cache?.getAll()).toHaveLength(0));
  });

  it("keeps loaded data when StrictMode unmounts and mounts again", react18, async () => {
    const { client, sandbox } = clinic();
    function Filled() {
      const { queryClient } = useCoviu();
      useState(() =>
        queryClient.setQueryData(sessionKeys(undefined).list({ page_size: 3 }), { content: [], more: false }),
      );
      return <Count />;
    }
    render(provided({ client, children: <Filled /> }));
    await act(async () => {});
    expect(screen.getByText("0 sessions")).toBeVisible();
    expect(sandbox.log.count()).toBe(0);
  });

  it("gives up requests under way when the last provider leaves", async () => {
    const { client, sandbox } = clinic();
    const held = sandbox.faults.hold({ operation: "getSessionPage" });
    const view = render(provided({ client, children: [<Peek key="peek" />, <Count key="count" />] }));
    await act(() => held.reached);
    view.unmount();
    // The request was aborted before the fault released it.
    await held.finished;
    await waitFor(() => expect(seen?.queryClient.getQueryCache().getAll()).toHaveLength(0));
  });

  it("unmounts everything below for another client and shows nothing of the first one's", react18, async () => {
    const { client } = clinic();
    const empty = createCoviuClient(createSandbox({ now: testNow, seed: "none" }));
    function Typed() {
      const [text, setText] = useState("");
      return <input aria-label="Note" value={text} onChange={(event) => setText(event.target.value)} />;
    }
    const screenOf = (of: CoviuProviderProps["client"]) =>
      provided({ client: of, children: [<Peek key="peek" />, <Count key="count" />, <Typed key="typed" />] });
    const view = render(screenOf(client));
    expect(await screen.findByText("3 sessions")).toBeVisible();
    const first = seen?.queryClient;
    const field = screen.getByRole("textbox");
    view.rerender(screenOf(empty));
    expect(screen.getByText("none yet")).toBeVisible();
    expect(screen.getByRole("textbox")).not.toBe(field);
    await waitFor(() => expect(first?.getQueryCache().getAll()).toHaveLength(0));
    expect(await screen.findByText("0 sessions")).toBeVisible();
  });

  it("refuses a shared query client where the client has no scope, and says what to do", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    const { client } = clinic();
    expect(() => render(provided({ client, queryClient: new QueryClient() }))).toThrow(
      "A shared queryClient needs createCoviuClient({ scope }).",
    );
  });

  it("removes only what is below its scope from a shared query client", async () => {
    const { client } = clinic("reception");
    const queryClient = new QueryClient();
    queryClient.setQueryData(["of", "the", "app"], 1);
    queryClient.setQueryData(sessionKeys("another").list(), { content: [], more: false });
    const view = render(provided({ client, queryClient, children: [<Peek key="peek" />, <Count key="count" />] }));
    expect(await screen.findByText("3 sessions")).toBeVisible();
    expect(seen?.queryClient).toBe(queryClient);
    expect(queryClient.getQueryCache().getAll()).toHaveLength(3);
    view.unmount();
    await waitFor(() => expect(queryClient.getQueryCache().getAll()).toHaveLength(2));
    expect(queryClient.getQueriesData({ queryKey: ["coviu", "reception"] })).toEqual([]);
  });

  it("shows the next client nothing of the first one's, also where both have one scope in a shared query client", async () => {
    const { client } = clinic("reception");
    const next = createCoviuClient({ ...createSandbox({ now: testNow, seed: 2 }), scope: "reception" });
    const queryClient = new QueryClient();
    const painted: (string | null)[] = [];
    const view = render(provided({ client, queryClient, children: <Count /> }));
    expect(await screen.findByText("3 sessions")).toBeVisible();
    const watch = new MutationObserver(() => painted.push(view.container.textContent));
    watch.observe(view.container, { subtree: true, childList: true, characterData: true });
    view.rerender(provided({ client: next, queryClient, children: <Count /> }));
    expect(screen.getByText("none yet")).toBeVisible();
    expect(await screen.findByText("2 sessions")).toBeVisible();
    watch.disconnect();
    expect(painted).not.toContain("3 sessions");
    expect(queryClient.getQueryCache().getAll()).toHaveLength(1);
  });

  it("gives up what is under way in a shared query client when it leaves", async () => {
    const { client, sandbox } = clinic("reception");
    const queryClient = new QueryClient();
    const held = sandbox.faults.hold({ operation: "getSessionPage" });
    const view = render(provided({ client, queryClient, children: <Count /> }));
    await act(() => held.reached);
    view.unmount();
    await held.finished;
    await waitFor(() => expect(queryClient.getQueryCache().getAll()).toHaveLength(0));
  });

  it("puts dialogs where the app wants them, and no style into the page", async () => {
    const { client } = clinic();
    const container = document.createElement("div");
    document.body.append(container);
    const styles = document.querySelectorAll("style").length;
    render(
      provided({
        client,
        portalContainer: container,
        children: <SessionSchedulerDialog open onOpenChange={() => {}} />,
      }),
    );
    expect(container).toContainElement(await screen.findByRole("dialog"));
    expect(document.querySelectorAll("style")).toHaveLength(styles);
    container.remove();
  });

  it("is asked for by name where it is missing", () => {
    vi.spyOn(console, "error").mockReturnValue();
    expect(() => render(<Count />)).toThrow(
      "No Coviu client found. Wrap this part of the tree in <CoviuProvider client={…}>.",
    );
  });
});

describe("a locale without data", () => {
  it("is shown in en-AU on every machine, and reported once", () => {
    const report = vi.fn<(error: unknown) => void>();
    vi.stubGlobal("reportError", report);
    const client = createCoviuClient({ baseUrl: "https://api.example.test/v1", getAccessToken: async () => "token" });
    const Locale = () => <p>{useCoviu().locale}</p>;
    const screenOf = () => (
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="tlh-AU">
        <Locale />
      </CoviuProvider>
    );
    const { rerender } = render(screenOf());
    rerender(screenOf());
    expect(screen.getByText("en-AU")).toBeInTheDocument();
    expect(report.mock.calls.map(([error]) => String(error))).toEqual([
      'RangeError: This engine has no data for the locale "tlh-AU": dates and times are in en-AU',
    ]);
  });

  it.each(["en_AU", "", undefined])("is not one that is no language tag: %j is an error", (locale) => {
    const client = createCoviuClient({ baseUrl: "https://api.example.test/v1", getAccessToken: async () => "token" });
    vi.spyOn(console, "error").mockImplementation(() => {});
    const props: CoviuProviderProps = JSON.parse(JSON.stringify({ timeZone: "Australia/Sydney", locale }));
    expect(() => render(<CoviuProvider {...props} client={client} />)).toThrow(
      "locale must be a BCP 47 tag such as en-AU",
    );
  });
});
