import { screen, waitFor } from "@testing-library/react";
import { expect } from "vitest";

import { ParticipantList } from "../../src/components/ParticipantList/ParticipantList.tsx";
import { SessionList } from "../../src/components/SessionList/SessionList.tsx";
import {
  createCoviuClient,
  type Drift,
  getSession,
  listParticipants,
  listSessions,
  type ParticipantPage,
  type Session,
  type SessionPage,
} from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { renderWithCoviu, testNow } from "../render.tsx";
import { type Drill, faultRow } from "./faultRow.ts";

/** Sandbox with changed responses, and the drift that the client reports. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- type of the response
function withResponses<Body>(edit: (body: Body, url: URL) => unknown, seed = 3) {
  const sandbox = createSandbox({ now: testNow, seed });
  const drifts: Drift[] = [];
  async function fetch(...request: Parameters<typeof globalThis.fetch>): Promise<Response> {
    const { url } = new Request(...request);
    const response = await sandbox.fetch(...request);
    return Response.json(edit(await response.json(), new URL(url)));
  }
  const client = createCoviuClient({ ...sandbox, fetch, onDrift: (drift) => void drifts.push(drift) });
  return { sandbox, client, drifts };
}

async function shownRows(client: ReturnType<typeof createCoviuClient>) {
  const view = renderWithCoviu(<SessionList data-testid="list" onSelect={() => {}} />, { client });
  await waitFor(() => expect(screen.getByTestId("list")).toHaveAttribute("data-state", "ready"));
  return {
    ...view,
    names: () => [...document.querySelectorAll(".coviu-session-open")].map((open) => open.textContent),
  };
}

const person = (session: Session, name: string) => ({ ...session.participants?.[0], display_name: name });
/** Puts people into the first session of a page. */
const withPeople = (people: (session: Session) => unknown[]) => (page: SessionPage) => ({
  ...page,
  content: page.content.map((session, index) => (index ? session : { ...session, participants: people(session) })),
});

faultRow("J10", "of rows with the same id the first is shown, and others are left out and counted", [
  {
    name: "a session twice × in one response",
    async run({ holds }) {
      const { client, drifts } = withResponses((page: SessionPage) => ({
        ...page,
        content: page.content.flatMap((session) => [session, { ...session, session_name: "Duplicate" }]),
      }));
      const { names, unmount } = await shownRows(client);
      await holds("I4", () => expect(names()).toEqual(["Review 1", "Review 2", "Review 3"]));
      await holds("I4", () =>
        expect(document.querySelector(".coviu-summary")).toHaveTextContent(/^3 upcoming sessions/),
      );
      const drift = { what: "session", fields: ["session_id"] };
      await holds("I7", () => expect(drifts).toEqual([drift, drift, drift]));
      unmount();
    },
  },
  {
    name: "a session twice × on two pages",
    async run({ holds }) {
      const { client } = withResponses(
        (page: SessionPage, { searchParams }) => ({
          ...page,
          content: page.content.map((session) =>
            searchParams.get("page") === "1" ? { ...session, session_name: "Duplicate" } : session,
          ),
        }),
        201,
      );
      const { user, names, unmount } = await shownRows(client);
      await user.selectOptions(screen.getByLabelText("Dates"), "Next 30 days");
      await screen.findByText("200 upcoming sessions so far", { selector: ".coviu-summary > p" });
      while (!screen.queryByText("Load more")) await user.click(screen.getByText("Next"));
      await user.click(screen.getByText("Load more"));
      await screen.findByText("201 upcoming sessions", { selector: ".coviu-summary > p" });
      // The page begins with the last row of the page before it, with another name.
      await holds("I4", () => expect(names().slice(-2)).toEqual(["Review 200", "Duplicate"]));
      unmount();
    },
  },
  {
    name: "a person twice × in a row of the list",
    async run({ holds }) {
      const { client, drifts } = withResponses(
        withPeople((session) => [person(session, "Ana"), person(session, "Duplicate")]),
      );
      const { unmount } = await shownRows(client);
      await holds("I4", () => expect(screen.getByText("Ana")).toBeVisible());
      await holds("I4", () => expect(screen.queryByText("Duplicate")).not.toBeInTheDocument());
      await holds("I7", () => expect(drifts).toEqual([{ what: "participant", fields: ["participant_id"] }]));
      unmount();
    },
  },
  {
    name: "a person twice × in the people of a session",
    async run({ holds }) {
      const { sandbox, client, drifts } = withResponses((page: ParticipantPage) => ({
        ...page,
        content: page.content.flatMap((one) => [
          { ...one, display_name: "Ana" },
          { ...one, display_name: "Duplicate" },
        ]),
      }));
      const { content } = await listSessions(createCoviuClient(sandbox));
      const { unmount } = renderWithCoviu(<ParticipantList sessionId={content[0]?.session_id ?? ""} />, { client });
      await holds("I4", async () => expect((await screen.findAllByText("Ana")).length).toBeGreaterThan(0));
      await holds("I4", () => expect(screen.queryByText("Duplicate")).not.toBeInTheDocument());
      await holds("I7", () => expect(drifts).toEqual([{ what: "participant", fields: ["participant_id"] }]));
      unmount();
    },
  },
]);

const foreign = { what: "participant", fields: ["session_id"] };

faultRow("J10", "a participant of another session is left out and counted", [
  {
    name: "of another session × in a row of the list",
    async run({ holds }) {
      const { client, drifts } = withResponses(
        withPeople((session) => [
          { ...person(session, "Stranger"), participant_id: "p-1", session_id: "another" },
          { ...person(session, "Ana"), participant_id: "p-2", session_id: undefined },
        ]),
      );
      const { unmount } = await shownRows(client);
      await holds("I4", () => expect(screen.getByText("Ana")).toBeVisible());
      await holds("I5", () => expect(document.body).not.toHaveTextContent("Stranger"));
      await holds("I7", () => expect(drifts).toEqual([foreign]));
      unmount();
    },
  },
  {
    name: "of another session × in one session",
    async run({ holds }) {
      const { sandbox, client, drifts } = withResponses((session: Session) => ({
        ...session,
        participants: [{ ...person(session, "Stranger"), session_id: "another" }],
      }));
      const { content } = await listSessions(createCoviuClient(sandbox));
      const session = await getSession(client, content[0]?.session_id ?? "");
      await holds("I5", () => expect(session.participants).toEqual([]));
      await holds("I7", () => expect(drifts).toEqual([foreign]));
    },
  },
  ...(["spec", "observed"] as const).map((dialect) => ({
    name: `of another session × in the people of a session × ${dialect === "spec" ? "a page" : "a bare list"}`,
    async run({ holds }: Drill) {
      const { sandbox, client, drifts } = withResponses(({ content }: ParticipantPage) => {
        const people = [...content, { ...content[0], participant_id: "p-1", session_id: "another" }];
        return dialect === "spec" ? { content: people, more: false } : people;
      });
      const { content } = await listSessions(createCoviuClient(sandbox));
      const [session] = content;
      const people = await listParticipants(client, session?.session_id ?? "");
      await holds("I5", () => expect(people.content).toEqual(session?.participants));
      await holds("I7", () => expect(drifts).toEqual([foreign]));
    },
  })),
]);
