import { act, render, screen, waitFor } from "@testing-library/react";
import { StrictMode } from "react";
import { describe, expect, it } from "vitest";

import {
  CoviuProvider,
  createCoviuClient,
  useAddParticipant,
  useCancelSession,
  useCreateSession,
  useParticipant,
  useParticipants,
  useRemoveParticipant,
  useSession,
  useSessions,
  useUpdateParticipant,
  useUpdateSession,
} from "../../src/index.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

const day = 24 * 3_600_000;
const from = new Date(Date.parse(testNow) - day).toISOString();
const params = { start_time: from };

/** A sandbox with one upcoming session of two people, and what the API calls them. */
async function clinic() {
  const sandbox = createSandbox({ now: testNow, seed: "none" });
  const client = createCoviuClient(sandbox);
  const session = await client.http
    .post("sessions", {
      json: {
        session_name: "Knee rehab",
        start_time: new Date(Date.parse(testNow) + day).toISOString(),
        end_time: new Date(Date.parse(testNow) + day + 1_800_000).toISOString(),
        participants: [
          { display_name: "Mei-Ling Chen", role: "host", state: "clinician-chen" },
          { display_name: "Ana Lee", role: "guest" },
        ],
      },
    })
    .json<{ session_id: string; participants: { participant_id: string; display_name: string }[] }>();
  const guest = session.participants.find((person) => person.display_name === "Ana Lee");
  if (!guest) throw new Error("the sandbox did not name the guest");
  sandbox.log.clear();
  return { sandbox, client, sessionId: session.session_id, participantId: guest.participant_id };
}

type Clinic = Awaited<ReturnType<typeof clinic>>;

function show({ client }: Clinic, ui: React.ReactNode) {
  return render(
    <StrictMode>
      <CoviuProvider client={client} timeZone="Australia/Sydney" locale="en-AU" now={clock}>
        {ui}
      </CoviuProvider>
    </StrictMode>,
  );
}

const clock = () => new Date(testNow);
const names = (people: readonly { display_name?: string | undefined }[] | undefined) =>
  people?.map((person) => person.display_name).join(", ");

function ListView() {
  const { data } = useSessions(params);
  return <p data-testid="list">{data && (names(data.content.flatMap((row) => row.participants ?? [])) || "nobody")}</p>;
}
function RowsView() {
  const { data } = useSessions(params);
  return <p data-testid="rows">{data?.content.map((row) => `${row.session_name} ${row.start_time}`).join("; ")}</p>;
}
function DetailView({ sessionId }: { sessionId: string }) {
  const { data } = useSession(sessionId);
  return <p data-testid="detail">{data && `${data.session_name}: ${names(data.participants)}`}</p>;
}
function PeopleView({ sessionId }: { sessionId: string }) {
  const { data } = useParticipants(sessionId);
  return <p data-testid="people">{names(data?.content)}</p>;
}
function PersonView({ participantId }: { participantId: string }) {
  const { data } = useParticipant(participantId);
  return <p data-testid="person">{data?.display_name}</p>;
}
function FourViews({ sessionId, participantId }: Clinic) {
  return (
    <>
      <ListView />
      <DetailView sessionId={sessionId} />
      <PeopleView sessionId={sessionId} />
      <PersonView participantId={participantId} />
    </>
  );
}

async function fourViewsShow(name: string) {
  for (const view of ["list", "detail", "people", "person"]) {
    await waitFor(() => expect(screen.getByTestId(view)).toHaveTextContent(name));
  }
}

describe("requests at the wire", () => {
  it("asks once for twenty components that show one session at once, in StrictMode", react18, async () => {
    const here = await clinic();
    show(
      here,
      Array.from({ length: 20 }, (_, index) => <DetailView key={index} sessionId={here.sessionId} />),
    );
    await waitFor(() => expect(screen.getAllByText(/Knee rehab/)).toHaveLength(20));
    expect(here.sandbox.log.count()).toBe(1);
  });

  it("brings four views up to date with the one request that changes a person", async () => {
    const here = await clinic();
    let rename: ReturnType<typeof useUpdateParticipant> | undefined;
    function Rename() {
      rename = useUpdateParticipant();
      return null;
    }
    show(
      here,
      <>
        <FourViews {...here} />
        <Rename />
      </>,
    );
    await fourViewsShow("Ana Lee");
    here.sandbox.log.clear();
    await act(async () => {
      await rename?.mutateAsync({ participantId: here.participantId, request: { display_name: "Ana Lee-Park" } });
    });
    await fourViewsShow("Ana Lee-Park");
    expect(here.sandbox.log.entries().map((entry) => entry.operation)).toEqual(["updateSessionParticipant"]);
  });

  it("adds a person with one read before it and removes one with one request, right in list, detail and people", async () => {
    const here = await clinic();
    let add: ReturnType<typeof useAddParticipant> | undefined;
    let remove: ReturnType<typeof useRemoveParticipant> | undefined;
    function Writes() {
      add = useAddParticipant();
      remove = useRemoveParticipant();
      return null;
    }
    show(
      here,
      <>
        <ListView />
        <DetailView sessionId={here.sessionId} />
        <PeopleView sessionId={here.sessionId} />
        <Writes />
      </>,
    );
    const views = ["list", "detail", "people"];
    for (const view of views) await waitFor(() => expect(screen.getByTestId(view)).toHaveTextContent("Ana Lee"));
    here.sandbox.log.clear();

    await act(async () => {
      await add?.mutateAsync({ sessionId: here.sessionId, request: { display_name: "Tāne Wihongi" } });
    });
    for (const view of views) await waitFor(() => expect(screen.getByTestId(view)).toHaveTextContent("Tāne Wihongi"));
    expect(here.sandbox.log.entries().map((entry) => entry.operation)).toEqual([
      "getSessionParticipants",
      "addSessionParticipant",
    ]);

    await act(async () => {
      await remove?.mutateAsync({ participantId: here.participantId });
    });
    for (const view of views) await waitFor(() => expect(screen.getByTestId(view)).not.toHaveTextContent("Ana Lee"));
    expect(here.sandbox.log.entries().map((entry) => entry.operation)).toEqual([
      "getSessionParticipants",
      "addSessionParticipant",
      "deleteSessionParticipant",
    ]);
  });

  it("creates with one read before the request plus one refetch of the list that admits the session", async () => {
    const here = await clinic();
    let create: ReturnType<typeof useCreateSession> | undefined;
    function Create() {
      create = useCreateSession();
      return null;
    }
    show(
      here,
      <>
        <RowsView />
        <Create />
      </>,
    );
    await waitFor(() => expect(screen.getByTestId("rows")).toHaveTextContent("Knee rehab"));
    here.sandbox.log.clear();
    await act(async () => {
      await create?.mutateAsync({
        session_name: "Intake",
        start_time: new Date(Date.parse(testNow) + 2 * day).toISOString(),
        end_time: new Date(Date.parse(testNow) + 2 * day + 1_800_000).toISOString(),
      });
    });
    await waitFor(() => expect(screen.getByTestId("rows")).toHaveTextContent("Intake"));
    expect(here.sandbox.log.entries().map((entry) => entry.operation)).toEqual([
      "getSessionPage",
      "createSession",
      "getSessionPage",
    ]);
  });

  it("shows a session that a list holds at once, and asks once behind", async () => {
    const here = await clinic();
    const view = show(here, <RowsView />);
    await waitFor(() => expect(screen.getByTestId("rows")).toHaveTextContent("Knee rehab"));
    here.sandbox.log.clear();
    view.rerender(
      <StrictMode>
        <CoviuProvider client={here.client} timeZone="Australia/Sydney" locale="en-AU" now={clock}>
          <RowsView />
          <DetailView sessionId={here.sessionId} />
        </CoviuProvider>
      </StrictMode>,
    );
    expect(screen.getByTestId("detail")).toHaveTextContent("Knee rehab: Mei-Ling Chen, Ana Lee");
    await waitFor(() => expect(here.sandbox.log.count()).toBe(1));
    expect(here.sandbox.log.entries().map((entry) => entry.operation)).toEqual(["getSessionById"]);
  });

  it("does not let an older read that is still in flight undo a write", async () => {
    const here = await clinic();
    let move: ReturnType<typeof useUpdateSession> | undefined;
    let reread: (() => unknown) | undefined;
    function Move() {
      move = useUpdateSession();
      reread = useSessions(params).refetch;
      return null;
    }
    show(
      here,
      <>
        <RowsView />
        <DetailView sessionId={here.sessionId} />
        <Move />
      </>,
    );
    await waitFor(() => expect(screen.getByTestId("rows")).toHaveTextContent("Knee rehab"));
    await waitFor(() => expect(screen.getByTestId("detail")).toHaveTextContent("Knee rehab"));

    // The response to the read is older than the write and arrives after it.
    const late = here.sandbox.faults.hold({ operation: "getSessionPage" });
    act(() => void reread?.());
    await late.reached;
    await act(async () => {
      await move?.mutateAsync({ sessionId: here.sessionId, request: { session_name: "Knee rehab, moved" } });
    });
    await waitFor(() => expect(screen.getByTestId("rows")).toHaveTextContent("Knee rehab, moved"));
    await act(async () => {
      late.release();
      await late.finished;
    });
    // The first read, the one that was cut off, and the one that took its place.
    await waitFor(() => expect(here.sandbox.log.count({ operation: "getSessionPage" })).toBe(3));
    expect(screen.getByTestId("rows")).toHaveTextContent("Knee rehab, moved");
    expect(screen.getByTestId("detail")).toHaveTextContent("Knee rehab, moved");
  });

  it("takes a canceled session out of the list and keeps its detail without asking for it again", async () => {
    const here = await clinic();
    let cancel: ReturnType<typeof useCancelSession> | undefined;
    function Cancel() {
      cancel = useCancelSession();
      return null;
    }
    function Canceled() {
      return <p data-testid="canceled">{useSession(here.sessionId).data?.canceled_time}</p>;
    }
    show(
      here,
      <>
        <RowsView />
        <Canceled />
        <Cancel />
      </>,
    );
    await waitFor(() => expect(screen.getByTestId("rows")).toHaveTextContent("Knee rehab"));
    here.sandbox.log.clear();
    await act(async () => {
      await cancel?.mutateAsync({ sessionId: here.sessionId });
    });
    await waitFor(() => expect(screen.getByTestId("rows")).toBeEmptyDOMElement());
    expect(screen.getByTestId("canceled")).toHaveTextContent("2026-01-11T22:52:00.000Z");
    // The row goes at once; the list is read again behind it.
    await waitFor(() => expect(here.sandbox.log.count({ operation: "getSessionPage" })).toBe(1));
    expect(here.sandbox.log.entries().map((entry) => entry.operation)).toEqual(["deleteSession", "getSessionPage"]);
  });
});
