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
import { faultRow } from "./faultRow.ts";

/** A sandbox whose answers are twisted, and what the client reports of them. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- says what the twist expects
function twisted<Answer>(twist: (answer: Answer, url: URL) => unknown, seed = 3) {
  const sandbox = createSandbox({ now: testNow, seed });
  const drifts: Drift[] = [];
  async function fetch(...request: Parameters<typeof globalThis.fetch>): Promise<Response> {
    const { url } = new Request(...request);
    const answer = await sandbox.fetch(...request);
    return Response.json(twist(await answer.json(), new URL(url)));
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

faultRow("J10", "what comes twice is shown once, as it came first, and counted", [
  {
    name: "a session twice × in one answer",
    async run({ holds }) {
      const { client, drifts } = twisted((page: SessionPage) => ({
        ...page,
        content: page.content.flatMap((session) => [session, { ...session, session_name: "Twin" }]),
      }));
      const { names, unmount } = await shownRows(client);
      await holds("I4", () => expect(names()).toEqual(["Review 1", "Review 2", "Review 3"]));
      await holds("I4", () =>
        expect(document.querySelector(".coviu-summary")).toHaveTextContent(/^3 upcoming sessions/),
      );
      const twin = { what: "session", fields: ["session_id"] };
      await holds("I7", () => expect(drifts).toEqual([twin, twin, twin]));
      unmount();
    },
  },
  {
    name: "a session twice × on two pages",
    async run({ holds }) {
      const { client } = twisted(
        (page: SessionPage, { searchParams }) => ({
          ...page,
          content: page.content.map((session) =>
            searchParams.get("page") === "1" ? { ...session, session_name: "Twin" } : session,
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
      // The page begins with the row before it, by another name.
      await holds("I4", () => expect(names().slice(-2)).toEqual(["Review 200", "Twin"]));
      unmount();
    },
  },
  {
    name: "a person twice × in a row of the list",
    async run({ holds }) {
      const { client, drifts } = twisted(withPeople((session) => [person(session, "Ana"), person(session, "Twin")]));
      const { unmount } = await shownRows(client);
      await holds("I4", () => expect(screen.getByText("Ana")).toBeVisible());
      await holds("I4", () => expect(screen.queryByText("Twin")).not.toBeInTheDocument());
      await holds("I7", () => expect(drifts).toEqual([{ what: "participant", fields: ["participant_id"] }]));
      unmount();
    },
  },
  {
    name: "a person twice × in the people of a session",
    async run({ holds }) {
      const { sandbox, client, drifts } = twisted((page: ParticipantPage) => ({
        ...page,
        content: page.content.flatMap((one) => [
          { ...one, display_name: "Ana" },
          { ...one, display_name: "Twin" },
        ]),
      }));
      const { content } = await listSessions(createCoviuClient(sandbox));
      const { unmount } = renderWithCoviu(<ParticipantList sessionId={content[0]?.session_id ?? ""} />, { client });
      await holds("I4", async () => expect((await screen.findAllByText("Ana")).length).toBeGreaterThan(0));
      await holds("I4", () => expect(screen.queryByText("Twin")).not.toBeInTheDocument());
      await holds("I7", () => expect(drifts).toEqual([{ what: "participant", fields: ["participant_id"] }]));
      unmount();
    },
  },
]);

const foreign = { what: "participant", fields: ["session_id"] };

faultRow("J10", "a person of another session is not shown in this one", [
  {
    name: "of another session × in a row of the list",
    async run({ holds }) {
      const { client, drifts } = twisted(
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
      const { sandbox, client, drifts } = twisted((session: Session) => ({
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
    async run({ holds }: Parameters<Parameters<typeof faultRow>[2][number]["run"]>[0]) {
      const { sandbox, client, drifts } = twisted(({ content }: ParticipantPage) => {
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
