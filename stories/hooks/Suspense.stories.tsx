import type { Meta, StoryObj } from "@storybook/react-vite";
import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { type ReactNode, Suspense, useState } from "react";
import { expect, userEvent, within } from "storybook/test";

import {
  CoviuError,
  useSuspenseInfiniteSessions,
  useSuspenseParticipant,
  useSuspenseParticipants,
  useSuspenseSession,
  useSuspenseSessions,
} from "../../src/index.ts";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { codeOf, type LiveArgs, prepare, withRequests } from "./live.tsx";

const meta: Meta<LiveArgs> = {
  title: "Hooks/Suspense",
  decorators: [withRequests],
  parameters: {
    frame: "card",
    sandbox: { prepare },
    controls: { disable: true },
    docs: {
      description: {
        component:
          "The reads again, for React’s Suspense: the data is always there, waiting is the nearest boundary’s part and failing " +
          "the nearest error boundary’s. On a server they render the fallback, and the browser sends the request.",
      },
    },
  },
};
export default meta;

type Story = StoryObj<LiveArgs>;

function Boundaries({ children }: { children: ReactNode }) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <ErrorBoundary
          onReset={reset}
          renderError={(error, retry) => (
            <div role="alert" className="coviu-stack">
              <p className="coviu-text">
                This could not be read ({CoviuError.is(error) ? error.code : "a fault of the page"}).
              </p>
              <div className="coviu-row">
                <button className="coviu-button" onClick={retry}>
                  Try again
                </button>
              </div>
            </div>
          )}
        >
          <Suspense
            fallback={
              <p className="coviu-text" data-state="pending">
                Loading…
              </p>
            }
          >
            {children}
          </Suspense>
        </ErrorBoundary>
      )}
    </QueryErrorResetBoundary>
  );
}

function FirstSessions() {
  const { data } = useSuspenseSessions({ order: "forward", page_size: 3 });

  return (
    <ul className="coviu-stack" aria-label="First sessions">
      {data.content.map((session) => (
        <li key={session.session_id}>
          <bdi>{session.session_name}</bdi>
        </li>
      ))}
    </ul>
  );
}

/**
 * One page of sessions. Pass the parameters as props. A component that suspends for the first time loses its state, so
 * the current time in its parameters would start a new request at every attempt.
 */
export const UseSuspenseSessions: Story = {
  name: "useSuspenseSessions",
  render: () => (
    <Boundaries>
      <FirstSessions />
    </Boundaries>
  ),
  parameters: { docs: codeOf("Suspense", "FirstSessions") },
  play: async ({ canvas }) => {
    const list = await canvas.findByRole("list", { name: "First sessions" });
    await expect(within(list).getAllByRole("listitem")).toHaveLength(3);
  },
};

function AllSessions() {
  const { data, hasNextPage, fetchNextPage } = useSuspenseInfiniteSessions({ page_size: 4 });
  const rows = data.pages.flatMap((page) => page.content);

  return (
    <div className="coviu-stack" data-gap="wide">
      <ul className="coviu-stack" aria-label="Sessions">
        {rows.map((session) => (
          <li key={session.session_id}>
            <bdi>{session.session_name}</bdi>
          </li>
        ))}
      </ul>
      <div className="coviu-row">
        {hasNextPage && (
          <button className="coviu-button" onClick={() => void fetchNextPage()}>
            Load more
          </button>
        )}
        <span role="status">{rows.length} sessions</span>
      </div>
    </div>
  );
}

/** Pages that are added one after the other. Only the first one suspends. */
export const UseSuspenseInfiniteSessions: Story = {
  name: "useSuspenseInfiniteSessions",
  render: () => (
    <Boundaries>
      <AllSessions />
    </Boundaries>
  ),
  parameters: { docs: codeOf("Suspense", "AllSessions"), sandbox: { prepare, seed: 6 } },
  play: async ({ canvas }) => {
    await canvas.findByText("4 sessions");
    await userEvent.click(await canvas.findByRole("button", { name: "Load more" }));
    await canvas.findByText("6 sessions");
    await expect(canvas.queryByRole("button", { name: "Load more" })).toBeNull();
  },
};

function SessionTitle({ sessionId }: { sessionId: string }) {
  const { data } = useSuspenseSession(sessionId);

  return (
    <h1 className="coviu-heading">
      <bdi>{data.session_name}</bdi>
    </h1>
  );
}

/** One session. */
export const UseSuspenseSession: Story = {
  name: "useSuspenseSession",
  render: ({ sessionId }) => (
    <Boundaries>
      <SessionTitle sessionId={sessionId} />
    </Boundaries>
  ),
  parameters: { docs: codeOf("Suspense", "SessionTitle") },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole("heading", { name: "Knee rehab follow-up" })).toBeVisible();
  },
};

function PeopleOfSession({ sessionId }: { sessionId: string }) {
  const { data } = useSuspenseParticipants(sessionId);
  const [chosen, setChosen] = useState<string>();

  return (
    <div className="coviu-stack" data-gap="wide">
      <div className="coviu-row">
        {data.content.map(({ participant_id, display_name }) => (
          <button
            key={participant_id}
            className="coviu-button"
            aria-pressed={participant_id === chosen}
            data-variant={participant_id === chosen ? "primary" : undefined}
            onClick={() => setChosen(participant_id)}
          >
            <bdi>{display_name}</bdi>
          </button>
        ))}
      </div>
      {chosen ? (
        <Suspense
          fallback={
            <p className="coviu-text" data-state="pending">
              Loading…
            </p>
          }
        >
          <RoleOfPerson participantId={chosen} />
        </Suspense>
      ) : (
        <p className="coviu-text">Choose a person.</p>
      )}
    </div>
  );
}

function RoleOfPerson({ participantId }: { participantId: string }) {
  const { data } = useSuspenseParticipant(participantId);

  return (
    <p className="coviu-text">
      <bdi>{data.display_name}</bdi> enters as <span className="coviu-tag">{data.role}</span>
    </p>
  );
}

/** The people of a session. */
export const UseSuspenseParticipants: Story = {
  name: "useSuspenseParticipants",
  render: ({ sessionId }) => (
    <Boundaries>
      <PeopleOfSession sessionId={sessionId} />
    </Boundaries>
  ),
  parameters: { docs: codeOf("Suspense", "PeopleOfSession") },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole("button", { name: "Tāne Wihongi" })).toBeVisible();
    await expect(canvas.getByText("Choose a person.")).toBeVisible();
  },
};

/** One participant in a separate boundary. The rest of the page stays visible while it is loaded. */
export const UseSuspenseParticipant: Story = {
  name: "useSuspenseParticipant",
  render: ({ sessionId }) => (
    <Boundaries>
      <PeopleOfSession sessionId={sessionId} />
    </Boundaries>
  ),
  parameters: { docs: codeOf("Suspense", "RoleOfPerson") },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Tāne Wihongi" }));
    await expect((await canvas.findByText("GUEST")).parentElement).toHaveTextContent("Tāne Wihongi enters as GUEST");
  },
};

/** The boundary’s fallback is shown until the response. */
export const Pending: Story = {
  render: ({ sessionId }) => (
    <Boundaries>
      <SessionTitle sessionId={sessionId} />
    </Boundaries>
  ),
  parameters: { docs: codeOf("Suspense", "Boundaries"), pending: true, sandbox: { prepare, latencyMs: 3_600_000 } },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText("Loading…")).toBeVisible();
  },
};

/** An error reaches the error boundary. TanStack’s `QueryErrorResetBoundary` allows another request. */
export const FailedOnce: Story = {
  render: ({ sessionId }) => (
    <Boundaries>
      <SessionTitle sessionId={sessionId} />
    </Boundaries>
  ),
  parameters: {
    docs: codeOf("Suspense", "Boundaries"),
    sandbox: { prepare, faults: [{ operation: "getSessionById", status: 403 }] },
  },
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole("alert")).toHaveTextContent("This could not be read (forbidden).");
    await userEvent.click(await canvas.findByRole("button", { name: "Try again" }));
    await expect(await canvas.findByRole("heading", { name: "Knee rehab follow-up" })).toBeVisible();
  },
};
