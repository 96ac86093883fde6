import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import ky from "ky";
import { expect } from "vitest";

import { type CoviuClient, createCoviuClient, useSession, useSessions } from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { withCoviu } from "../render.tsx";
import type { Drill } from "./faultRow.ts";
import { pass, timedFaultRow } from "./timedFaultRow.tsx";

type Sandbox = ReturnType<typeof createSandbox>;
const hooks = 50;
const fiveMinutesMs = 300_000;

/** Clinic that records the path of every request that is sent. */
function recordingClinic() {
  const sandbox = createSandbox({ now: () => new Date(), seed: hooks });
  const paths: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    // Like the real fetch: an aborted request is not sent.
    init?.signal?.throwIfAborted();
    paths.push(input instanceof Request ? new URL(input.url).pathname + new URL(input.url).search : String(input));
    return sandbox.fetch(input, init);
  };
  let tokens = 0;
  const client = createCoviuClient({
    ...sandbox,
    fetch,
    getAccessToken: (request) => {
      tokens += 1;
      return sandbox.getAccessToken(request);
    },
  });
  return { sandbox, client, fetch, paths, tokens: () => tokens };
}

const provided = (client: CoviuClient, children: React.ReactNode) => withCoviu(children, { client, now: undefined });

/** Reads one page with one session. */
function Read({ page, interval }: { page: number; interval?: number }) {
  const { data, error, isFetching, refetch } = useSessions(
    { page, page_size: 1 },
    { refetchInterval: interval ?? false },
  );
  const state = data && !error ? "fresh" : isFetching ? "loading" : (error?.code ?? "nothing");
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
  offline: ({ faults }) => faults.offline(true),
  "503": ({ faults }) => faults.next({ status: 503, times: Infinity }),
  "502 with a page of HTML": ({ faults }) => faults.next({ status: 502, body: "<html>", times: Infinity }),
  "no response": ({ faults }) => faults.latency(3_600_000),
};

/** Mounts fifty hooks, together or one after another, during an outage. */
async function mountDuringOutage(
  startOutage: (sandbox: Sandbox) => void,
  { interval, oneByOne }: { interval?: number; oneByOne?: boolean } = {},
) {
  const clinic = recordingClinic();
  startOutage(clinic.sandbox);
  const all = reads(interval);
  const view = render(provided(clinic.client, oneByOne ? [] : all));
  for (let count = 1; count <= (oneByOne ? hooks : 0); count += 1) {
    view.rerender(provided(clinic.client, all.slice(0, count)));
    // oxlint-disable-next-line no-await-in-loop -- one hook after another
    await pass(200);
  }
  return clinic;
}

async function expectBudget(
  { holds }: Drill,
  startOutage: (sandbox: Sandbox) => void,
  options?: Parameters<typeof mountDuringOutage>[1],
) {
  const { paths, client } = await mountDuringOutage(startOutage, options);
  await pass(30_000);
  const maxPerRead = Math.max(...paths.map((path) => paths.filter((other) => other === path).length));
  await holds("I8", () => expect(maxPerRead).toBeLessThanOrEqual(3));
  await holds("I8", () => expect(paths.length).toBeLessThanOrEqual(1.1 * hooks));
  await holds("I3", () => expect(shown("loading")).toBe(0));
  const before = paths.length;
  await pass(fiveMinutesMs, 2000);
  // One read in 30 s checks whether the service is back.
  await holds("I8", () => expect(paths.length - before).toBeLessThanOrEqual(fiveMinutesMs / 30_000));
  await holds("I8", () => expect(paths.length - before).toBeGreaterThanOrEqual(fiveMinutesMs / 30_000 - 2));
  await holds("I4", () => expect(client.connection.state).toBe("down"));
}

/** Number of requests with the defaults of ky and TanStack Query. */
async function countWithDefaults(startOutage: (sandbox: Sandbox) => void): Promise<number> {
  const { sandbox, fetch, paths } = recordingClinic();
  startOutage(sandbox);
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
  await pass(fiveMinutesMs, 2000);
  return paths.length;
}

/** Number of requests of the kit. */
async function countWithKit(startOutage: (sandbox: Sandbox) => void): Promise<number> {
  const { paths } = await mountDuringOutage(startOutage);
  await pass(fiveMinutesMs, 2000);
  return paths.length;
}

timedFaultRow(
  "N8",
  "during an outage, fifty hooks send about one request each, then one read in 30 s checks the service",
  [
    ...Object.entries(outages).flatMap(([name, startOutage]) => [
      { name: `${name} × five minutes`, run: (drill: Drill) => expectBudget(drill, startOutage) },
      {
        name: `${name} × service back × no user action`,
        async run({ holds }: Drill) {
          const { sandbox, paths } = await mountDuringOutage(startOutage);
          await pass(60_000);
          sandbox.faults.clear();
          const before = paths.length;
          // Up to 30 s until the next check, then up to 2 s for the reads.
          await pass(33_000);
          await holds("I4", () => expect(shown("fresh")).toBe(hooks));
          await holds("I8", () => expect(paths.length - before).toBeLessThanOrEqual(hooks + 1));
        },
      },
      {
        name: `${name} × service back × the user tries again`,
        async run({ holds }: Drill) {
          const { sandbox } = await mountDuringOutage(startOutage);
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
        name: `${name} × compared with the defaults of ky and TanStack Query`,
        async run({ holds }: Drill) {
          const kit = await countWithKit(startOutage);
          cleanup();
          const defaults = await countWithDefaults(startOutage);
          await holds("I8", () => expect(kit).toBeLessThanOrEqual(1.1 * hooks + 10));
          await holds("I8", () => expect(defaults).toBeGreaterThan(3 * kit));
        },
      },
    ]),
    {
      name: "offline × hooks mount one after another",
      run: (drill) => expectBudget(drill, ({ faults }) => faults.offline(true), { oneByOne: true }),
    },
    {
      name: "offline × hooks that poll every five seconds",
      run: (drill) => expectBudget(drill, ({ faults }) => faults.offline(true), { interval: 5000 }),
    },
    {
      name: "offline × online again with an online event",
      async run({ holds }) {
        const { sandbox } = await mountDuringOutage(({ faults }) => faults.offline(true));
        window.dispatchEvent(new Event("offline"));
        // Between two checks of the client.
        await pass(45_000);
        sandbox.faults.clear();
        window.dispatchEvent(new Event("online"));
        await pass(6000);
        await holds("I4", () => expect(shown("fresh")).toBe(hooks));
      },
    },
    {
      name: "one record always fails × the other reads recover",
      runs: 2,
      async run({ holds }) {
        const { sandbox, client } = recordingClinic();
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
  ],
);
