import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import ky from "ky";
import { StrictMode } from "react";
import { expect } from "vitest";

import { createCoviuClient, CoviuProvider, useSession, useSessions } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import type { Drill } from "./faultRow.ts";
import { pass, rowInTime } from "./lifeTime.tsx";

type Sandbox = ReturnType<typeof createSandbox>;
const hooks = 50;
const fiveMinutes = 300_000;

/** A clinic of which every request is counted as it leaves, by its path. */
function counted() {
  const sandbox = createSandbox({ now: () => new Date(), seed: hooks });
  const paths: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    // As the real one: what is given up beforehand is not sent.
    init?.signal?.throwIfAborted();
    paths.push(input instanceof Request ? new URL(input.url).pathname + new URL(input.url).search : String(input));
    return sandbox.fetch(input, init);
  };
  let tokens = 0;
  const client = createCoviuClient({
    ...sandbox,
    fetch,
    getAccessToken: (asked) => {
      tokens += 1;
      return sandbox.getAccessToken(asked);
    },
  });
  return { sandbox, client, fetch, paths, tokens: () => tokens };
}

function provided(client: ReturnType<typeof createCoviuClient>, children: React.ReactNode) {
  return (
    <StrictMode>
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU">
        {children}
      </CoviuProvider>
    </StrictMode>
  );
}

/** Each reads something of its own: so many pages of one session. */
function Read({ page, interval }: { page: number; interval?: number }) {
  const { data, error, isFetching, refetch } = useSessions(
    { page, page_size: 1 },
    { refetchInterval: interval ?? false },
  );
  const state = data && !error ? "fresh" : isFetching ? "asking" : (error?.code ?? "nothing");
  return (
    <button type="button" aria-label={`read ${page}`} onClick={() => void refetch()}>
      {state}
    </button>
  );
}

const reads = (interval?: number) =>
  Array.from({ length: hooks }, (_, page) => <Read key={page} page={page} {...(interval && { interval })} />);
const shown = (state: string) => screen.queryAllByText(state).length;

const outages: Record<string, (sandbox: Sandbox) => void> = {
  "nothing gets through": ({ faults }) => faults.offline(true),
  "answers 503": ({ faults }) => faults.next({ status: 503, times: Infinity }),
  "answers 502 with a page of HTML": ({ faults }) => faults.next({ status: 502, body: "<html>", times: Infinity }),
  "never answers": ({ faults }) => faults.latency(3_600_000),
};

/** Fifty hooks that are mounted, or come one after another, while the service is dead. */
async function outage(
  kill: (sandbox: Sandbox) => void,
  { interval, oneByOne }: { interval?: number; oneByOne?: boolean } = {},
) {
  const clinic = counted();
  kill(clinic.sandbox);
  const all = reads(interval);
  const view = render(provided(clinic.client, oneByOne ? [] : all));
  for (let count = 1; count <= (oneByOne ? hooks : 0); count += 1) {
    view.rerender(provided(clinic.client, all.slice(0, count)));
    // oxlint-disable-next-line no-await-in-loop -- they come one after another
    await pass(200);
  }
  return clinic;
}

async function budget({ holds }: Drill, kill: (sandbox: Sandbox) => void, how?: Parameters<typeof outage>[1]) {
  const { paths, client } = await outage(kill, how);
  await pass(30_000);
  const most = Math.max(...paths.map((path) => paths.filter((other) => other === path).length));
  await holds("I8", () => expect(most).toBeLessThanOrEqual(3));
  await holds("I8", () => expect(paths.length).toBeLessThanOrEqual(1.1 * hooks));
  await holds("I3", () => expect(shown("asking")).toBe(0));
  const before = paths.length;
  await pass(fiveMinutes, 2000);
  // One probe per 30 seconds.
  await holds("I8", () => expect(paths.length - before).toBeLessThanOrEqual(fiveMinutes / 30_000));
  await holds("I8", () => expect(paths.length - before).toBeGreaterThanOrEqual(fiveMinutes / 30_000 - 2));
  await holds("I4", () => expect(client.connection.state).toBe("down"));
}

/** What the parts would do by themselves: ky's defaults under TanStack's defaults. */
async function ofDefaults(kill: (sandbox: Sandbox) => void): Promise<number> {
  const { sandbox, fetch, paths } = counted();
  kill(sandbox);
  const http = ky.create({ prefix: sandbox.baseUrl, fetch });
  function Bare({ page }: { page: number }) {
    const queryFn = () => http("sessions", { searchParams: { page, page_size: 1 } }).json();
    return <p>{useQuery({ queryKey: [page], queryFn }).status}</p>;
  }
  render(
    <QueryClientProvider client={new QueryClient()}>
      {Array.from({ length: hooks }, (_, page) => (
        <Bare key={page} page={page} />
      ))}
    </QueryClientProvider>,
  );
  await pass(fiveMinutes, 2000);
  return paths.length;
}

async function ofOurs(kill: (sandbox: Sandbox) => void): Promise<number> {
  const { paths } = await outage(kill);
  await pass(fiveMinutes, 2000);
  return paths.length;
}

rowInTime("N8", "fifty hooks ask a dead service about once each, then one of them now and then", [
  ...Object.entries(outages).flatMap(([name, kill]) => [
    { name: `${name} × five minutes`, run: (drill: Drill) => budget(drill, kill) },
    {
      name: `${name} × answers again × nobody does anything`,
      async run({ holds }: Drill) {
        const { sandbox, paths } = await outage(kill);
        await pass(60_000);
        sandbox.faults.clear();
        const before = paths.length;
        // Until the next probe, and then at most two seconds.
        await pass(33_000);
        await holds("I4", () => expect(shown("fresh")).toBe(hooks));
        await holds("I8", () => expect(paths.length - before).toBeLessThanOrEqual(hooks + 1));
      },
    },
    {
      name: `${name} × answers again × somebody tries again`,
      async run({ holds }: Drill) {
        const { sandbox } = await outage(kill);
        await pass(60_000);
        sandbox.faults.clear();
        fireEvent.click(screen.getByRole("button", { name: "read 7" }));
        await pass(100, 100);
        await holds("I3", () => expect(screen.getByRole("button", { name: "read 7" })).toHaveTextContent("fresh"));
        await pass(2500);
        await holds("I4", () => expect(shown("fresh")).toBe(hooks));
      },
    },
    {
      name: `${name} × beside the defaults of ky and TanStack Query`,
      async run({ holds }: Drill) {
        const ours = await ofOurs(kill);
        cleanup();
        const theirs = await ofDefaults(kill);
        await holds("I8", () => expect(ours).toBeLessThanOrEqual(1.1 * hooks + 10));
        await holds("I8", () => expect(theirs).toBeGreaterThan(3 * ours));
      },
    },
  ]),
  {
    name: "nothing gets through × hooks come one after another",
    run: (drill) => budget(drill, ({ faults }) => faults.offline(true), { oneByOne: true }),
  },
  {
    name: "nothing gets through × hooks that ask every five seconds",
    run: (drill) => budget(drill, ({ faults }) => faults.offline(true), { interval: 5000 }),
  },
  {
    name: "nothing gets through × the cable is back and the browser says so",
    async run({ holds }) {
      const { sandbox } = await outage(({ faults }) => faults.offline(true));
      window.dispatchEvent(new Event("offline"));
      // Between two of the client's own tries.
      await pass(45_000);
      sandbox.faults.clear();
      window.dispatchEvent(new Event("online"));
      await pass(6000);
      await holds("I4", () => expect(shown("fresh")).toBe(hooks));
    },
  },
  {
    name: "one record fails for ever × the rest comes back",
    runs: 2,
    async run({ holds }) {
      const { sandbox, client } = counted();
      function Broken() {
        return <p>{`record ${useSession("11111111-1111-4111-8111-111111111111").error?.code ?? "?"}`}</p>;
      }
      sandbox.faults.next({ operation: "getSessionById", status: 500, times: Infinity });
      sandbox.faults.next({ operation: "getSessionPage", status: 503, times: 60 });
      render(provided(client, [<Broken key="broken" />, ...reads()]));
      await pass(600_000, 2000);
      await holds("I4", () => expect(shown("fresh")).toBe(hooks));
    },
  },
]);
