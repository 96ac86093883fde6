import { QueryClient } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { StrictMode, startTransition, useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { type CoviuClient, CoviuProvider, createCoviuClient, useSessions } from "../../src/index.ts";
import { react18 } from "../tags.ts";

beforeEach(() => {
  // React writes what a render throws.
  vi.spyOn(console, "error").mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

function provided(client: unknown, queryClient?: QueryClient, locale = "en-AU") {
  return (
    <StrictMode>
      <CoviuProvider
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as an app in JavaScript may have it
        client={client as CoviuClient}
        queryClient={queryClient}
        timeZone="UTC"
        locale={locale}
      />
    </StrictMode>
  );
}

const clientOf = (baseUrl: string, scope?: string) => createCoviuClient({ baseUrl, scope });

describe("a client that is none", () => {
  it.each<[unknown, RegExp]>([
    [undefined, /client is undefined\. Pass what createCoviuClient/],
    [null, /client is null/],
    ["/api/coviu", /client is a string/],
    [createCoviuClient, /client is a function: call it/],
    [Promise.resolve(), /client is a promise/],
    [{ baseUrl: "/api/coviu" }, /client is an object of options/],
    [{}, /client is another object/],
    [new QueryClient(), /client is a query client/],
  ])("such as %s is named by the provider, with what to pass", (client, message) => {
    expect(() => render(provided(client))).toThrow(message);
  });

  it("is named by a hook that stands outside of the provider", () => {
    function Outside() {
      useSessions();
      return null;
    }
    expect(() => render(<Outside />)).toThrow(/Wrap this part of the tree in <CoviuProvider/);
  });

  it.each([undefined, null, "en_AU"])("and so is a locale that is none, such as %s", (locale) => {
    // @ts-expect-error -- as an app in JavaScript may have it
    const ui = <CoviuProvider client={clientOf("/api")} timeZone="UTC" locale={locale} />;
    expect(() => render(ui)).toThrow(/locale must be a BCP 47 tag/);
  });
});

describe("a client that is made in a component", () => {
  const warnings = () => vi.mocked(console.warn).mock.calls.map((call) => String(call[0]));

  beforeEach(() => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
  });

  it("is not taken for one where users follow each other, or a client stays", () => {
    const view = render(provided(clientOf("/api/users")));
    for (let user = 0; user < 5; user += 1) {
      const next = clientOf("/api/users");
      view.rerender(provided(next));
      view.rerender(provided(next));
      next.end();
    }
    for (const path of ["/api/a", "/api/b", "/api/c"]) view.rerender(provided(clientOf(path)));
    expect(warnings()).toEqual([]);
  });

  it("is not taken for one where each test of an app renders a client of its own", async () => {
    for (let tests = 0; tests < 5; tests += 1) {
      render(provided(clientOf("/api/tests")));
      cleanup();
      await Promise.resolve();
    }
    expect(warnings()).toEqual([]);
  });

  it("is named once", () => {
    const view = render(provided(clientOf("/api/anew")));
    for (let renders = 0; renders < 5; renders += 1) view.rerender(provided(clientOf("/api/anew")));
    expect(warnings()).toEqual([expect.stringMatching(/new client again and again.*useState or useMemo/)]);
  });

  it("is named where a router renders each route in a transition", react18, async () => {
    function App() {
      const [route, setRoute] = useState(0);
      return (
        <CoviuProvider client={clientOf("/api/routes")} timeZone="UTC" locale="en-AU">
          <button onClick={() => startTransition(() => setRoute(route + 1))}>Route {route}</button>
        </CoviuProvider>
      );
    }
    render(<App />);
    // `act` would run effects and the updates that they make in one turn, which browsers do not.
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", false);
    for (let route = 0; route < 5; route += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one route after the other
      const button = await screen.findByRole("button", { name: `Route ${route}` });
      button.click();
    }
    await screen.findByRole("button", { name: "Route 5" });
    vi.unstubAllGlobals();
    expect(warnings()).toEqual([expect.stringMatching(/new client again and again.*useState or useMemo/)]);
  });

  it("is not named in production", () => {
    vi.stubEnv("NODE_ENV", "production");
    const view = render(provided(clientOf("/api/other")));
    for (let renders = 0; renders < 5; renders += 1) view.rerender(provided(clientOf("/api/other")));
    // React of this process is a development build: it has to unmount before the environment is put back.
    cleanup();
    vi.unstubAllEnvs();
    expect(warnings()).toEqual([]);
  });

  it("that shares a scope and a query client with another one is named", () => {
    const shared = new QueryClient();
    render(
      <>
        {provided(clientOf("/api/north", "clinics"), shared)}
        {provided(clientOf("/api/south", "clinics"), shared)}
        {provided(clientOf("/api/east", "east"), shared)}
      </>,
    );
    expect(warnings()).toEqual([expect.stringMatching(/two clients with the scope "clinics"/)]);
  });
});
