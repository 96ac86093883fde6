import type { Decorator } from "@storybook/react-vite";
import { type ReactNode, useEffect, useState } from "react";

import { type CoviuClient, createCoviuClient } from "../src/api/client.ts";
import { CoviuProvider } from "../src/provider/CoviuProvider.tsx";
import { createSandbox } from "../src/sandbox/index.ts";

type SandboxOptions = NonNullable<Parameters<typeof createSandbox>[0]>;
type Sandbox = ReturnType<typeof createSandbox>;
type Fault = Parameters<Sandbox["faults"]["next"]>[0];

/** Settings of a story's sandbox, in `parameters.sandbox`. */
export interface SandboxParameters extends Pick<SandboxOptions, "dialect" | "seed" | "latencyMs"> {
  offline?: boolean;
  faults?: readonly Fault[];
  /** Books the sessions of the story, and returns args for them. */
  prepare?: (story: { client: CoviuClient; sandbox: Sandbox }) => Promise<Record<string, unknown>>;
}

/** Settings of the toolbar that need a new sandbox. */
interface ToolbarSettings {
  clock: string;
  latency: string;
  network: string;
}

const clocks: Record<string, string | undefined> = {
  fixed: "2026-01-11T22:52:00Z",
  night: "2026-04-04T14:40:00Z",
};

/** Renders a story with its own sandbox, client and provider, in the page of an app. */
export const withSandbox: Decorator = (Story, { id, args, globals, parameters, viewMode }) => {
  const { theme, direction, timeZone, locale, clock, latency, network } = globals;
  return (
    <div
      className="frame"
      data-view={viewMode}
      data-coviu-theme={theme === "system" ? undefined : theme}
      dir={direction}
      lang={locale}
    >
      <div className="frame-page" data-frame={parameters.frame}>
        <WithSandbox
          key={[id, clock, latency, network].join()}
          parameters={parameters.sandbox}
          toolbar={{ clock, latency, network }}
          timeZone={timeZone}
          locale={locale}
        >
          {(prepared) => <Story args={{ ...args, ...prepared }} />}
        </WithSandbox>
      </div>
    </div>
  );
};

interface WithSandboxProps {
  parameters: SandboxParameters | undefined;
  toolbar: ToolbarSettings;
  timeZone: string;
  locale: string;
  children: (prepared: Record<string, unknown>) => ReactNode;
}

function WithSandbox({ parameters = {}, toolbar, timeZone, locale, children }: WithSandboxProps) {
  const [opening] = useState(() => open(parameters, toolbar));
  const [stage, setStage] = useState<Awaited<typeof opening>>();
  useEffect(() => {
    let shown = true;
    void opening.then((opened) => shown && setStage(opened));
    return () => {
      shown = false;
    };
  }, [opening]);

  if (!stage) return <p data-state="pending">…</p>;
  return (
    <CoviuProvider client={stage.client} timeZone={timeZone} locale={locale} now={stage.now}>
      {children(stage.prepared)}
    </CoviuProvider>
  );
}

/** Adds faults after `prepare`, which needs a working sandbox. */
async function open(
  { dialect, seed, latencyMs, offline, faults, prepare }: SandboxParameters,
  toolbar: ToolbarSettings,
) {
  const now = clocks[toolbar.clock];
  const sandbox = createSandbox({ ...(now && { now }), ...(dialect && { dialect }), ...(seed && { seed }) });
  const client = createCoviuClient(sandbox);
  const prepared = (await prepare?.({ client, sandbox })) ?? {};

  sandbox.log.clear();
  sandbox.faults.latency(latencyMs ?? Number(toolbar.latency));
  sandbox.faults.offline(offline ?? toolbar.network === "offline");
  for (const fault of [...(faults ?? []), ...networkFaults(toolbar.network)]) sandbox.faults.next(fault);
  return { client, prepared, now: () => sandbox.clock.now() };
}

function networkFaults(network: string): Fault[] {
  if (network === "broken") return [{ status: 500, times: Infinity }];
  // A long queue of faults that apply after one request.
  if (network === "flaky") return Array.from({ length: 500 }, () => ({ status: 500, after: 1 }));
  return [];
}
