import type { Meta, StoryObj } from "@storybook/react-vite";
import { useId, useState } from "react";
import { expect, userEvent, waitFor, within } from "storybook/test";

import {
  useCancelSession,
  useCoviu,
  useCreateSession,
  useInfiniteSessions,
  useSession,
  useSessions,
  useUpdateSession,
} from "../../src/index.ts";
import { codeOf, type LiveArgs, prepare, withRequests } from "./live.tsx";

const meta: Meta<LiveArgs> = {
  title: "Hooks/Sessions",
  decorators: [withRequests],
  parameters: {
    frame: "card",
    sandbox: { prepare },
    controls: { disable: true },
    docs: {
      description: {
        component:
          "Read, book, change and cancel sessions: one hook per endpoint, each of which returns TanStack Query’s own result. " +
          "A write brings every list and session on the page up to date by itself.",
      },
    },
  },
};
export default meta;

type Story = StoryObj<LiveArgs>;

function SessionsByPage() {
  const { now, locale, timeZone } = useCoviu();
  const [start_time] = useState(() => now().toISOString());
  const [page, setPage] = useState(0);
  const { data, isPending, error } = useSessions({ start_time, order: "forward", page_size: 5, page });

  return (
    <div className="coviu-stack" data-gap="wide">
      <h1 className="coviu-heading">Next sessions</h1>
      {isPending && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      {error && (
        <p className="coviu-text" role="alert">
          The sessions could not be read ({error.code}).
        </p>
      )}
      <ul className="coviu-stack" aria-label="Next sessions">
        {data?.content.map((session) => (
          <li key={session.session_id} className="coviu-row" data-align="between">
            <bdi>{session.session_name}</bdi>
            <time className="coviu-hint" dateTime={session.start_time}>
              {new Date(session.start_time).toLocaleString(locale, {
                timeZone,
                dateStyle: "short",
                timeStyle: "short",
              })}
            </time>
          </li>
        ))}
      </ul>
      <div className="coviu-row">
        <button className="coviu-button" aria-disabled={page === 0} onClick={() => setPage(Math.max(0, page - 1))}>
          Previous page
        </button>
        <button className="coviu-button" aria-disabled={!data?.more} onClick={() => data?.more && setPage(page + 1)}>
          Next page
        </button>
        <span role="status">Page {page + 1}</span>
      </div>
    </div>
  );
}

/** One page of a list. Parameters have the names of the API. A page in the cache is shown at once. */
export const UseSessions: Story = {
  name: "useSessions",
  render: () => <SessionsByPage />,
  parameters: { docs: codeOf("Sessions", "SessionsByPage"), sandbox: { prepare, seed: 12 } },
  play: async ({ canvas }) => {
    await canvas.findByText("Review 5");
    await userEvent.click(await canvas.findByRole("button", { name: "Next page" }));
    await canvas.findByText("Review 6");
    await userEvent.click(await canvas.findByRole("button", { name: "Previous page" }));
    await canvas.findByText("Review 5");
    await expect(canvas.getByText("Requests that reached the sandbox: 2")).toBeVisible();
  },
};

function SessionsSoFar() {
  const { now, locale, timeZone } = useCoviu();
  const [start_time] = useState(() => now().toISOString());
  const sessions = useInfiniteSessions({ start_time, order: "forward", page_size: 4 });
  const rows = sessions.data?.pages.flatMap((page) => page.content) ?? [];

  return (
    <div className="coviu-stack" data-gap="wide">
      <h1 className="coviu-heading">Everything ahead</h1>
      {sessions.isPending && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      {sessions.error && (
        <p className="coviu-text" role="alert">
          The sessions could not be read ({sessions.error.code}).
        </p>
      )}
      <ul className="coviu-stack" aria-label="Everything ahead">
        {rows.map((session) => (
          <li key={session.session_id} className="coviu-row" data-align="between">
            <bdi>{session.session_name}</bdi>
            <time className="coviu-hint" dateTime={session.start_time}>
              {new Date(session.start_time).toLocaleString(locale, {
                timeZone,
                dateStyle: "short",
                timeStyle: "short",
              })}
            </time>
          </li>
        ))}
      </ul>
      <div className="coviu-row">
        {sessions.hasNextPage && (
          <button className="coviu-button" onClick={() => void sessions.fetchNextPage()}>
            Load more
          </button>
        )}
        <span role="status">
          {rows.length} sessions{sessions.hasNextPage ? " so far" : ", that is all"}
        </span>
      </div>
    </div>
  );
}

/** Pages that are added one after the other. */
export const UseInfiniteSessions: Story = {
  name: "useInfiniteSessions",
  render: () => <SessionsSoFar />,
  parameters: { docs: codeOf("Sessions", "SessionsSoFar"), sandbox: { prepare, seed: 10 } },
  play: async ({ canvas }) => {
    await canvas.findByText("4 sessions so far");
    await userEvent.click(await canvas.findByRole("button", { name: "Load more" }));
    await canvas.findByText("8 sessions so far");
    await userEvent.click(await canvas.findByRole("button", { name: "Load more" }));
    await canvas.findByText("10 sessions, that is all");
    await expect(canvas.getAllByRole("listitem").filter((row) => within(row).queryByText(/^Review/))).toHaveLength(10);
    await expect(canvas.queryByRole("button", { name: "Load more" })).toBeNull();
  },
};

function OneSession({ sessionId }: { sessionId: string }) {
  const { locale, timeZone } = useCoviu();
  const [chosen, setChosen] = useState<string>();
  const { data, isFetching, error, refetch } = useSession(chosen);

  return (
    <div className="coviu-stack" data-gap="wide">
      <h1 className="coviu-heading">One session</h1>
      <div className="coviu-row">
        <button className="coviu-button" aria-pressed={chosen !== undefined} onClick={() => setChosen(sessionId)}>
          Show the next session
        </button>
        {chosen && (
          <button className="coviu-button" onClick={() => void refetch()}>
            Read it again
          </button>
        )}
      </div>
      {!chosen && <p className="coviu-hint">No request is sent while the id is undefined.</p>}
      {isFetching && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      {error && (
        <p className="coviu-text" role="alert">
          The session could not be read ({error.code}).
        </p>
      )}
      {data && (
        <div className="coviu-stack">
          <h2 className="coviu-strong">
            <bdi>{data.session_name}</bdi>
          </h2>
          <time dateTime={data.start_time}>
            {new Date(data.start_time).toLocaleString(locale, { timeZone, dateStyle: "full", timeStyle: "short" })}
          </time>
          <p className="coviu-text">
            With <bdi>{data.participants?.map(({ display_name }) => display_name).join(", ")}</bdi>
          </p>
        </div>
      )}
    </div>
  );
}

/** One session by its id. With `undefined` it waits until there is one. */
export const UseSession: Story = {
  name: "useSession",
  render: ({ sessionId }) => <OneSession sessionId={sessionId} />,
  parameters: { docs: codeOf("Sessions", "OneSession") },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText("Requests that reached the sandbox: 0")).toBeVisible();
    await userEvent.click(await canvas.findByRole("button", { name: "Show the next session" }));
    await expect(await canvas.findByRole("heading", { name: "Knee rehab follow-up" })).toBeVisible();
    await expect(canvas.getByText(/Tāne Wihongi/)).toBeVisible();
    await userEvent.click(await canvas.findByRole("button", { name: "Read it again" }));
    await canvas.findByText("Requests that reached the sandbox: 2");
  },
};

function BookingForm() {
  const { now } = useCoviu();
  const [name, setName] = useState("");
  const [guest, setGuest] = useState("");
  const book = useCreateSession();
  const fields = { name: useId(), guest: useId() };

  function submit() {
    if (book.isPending) return;
    const start = now().getTime() + 60 * 60_000;
    book.mutate({
      session_name: name,
      start_time: new Date(start).toISOString(),
      end_time: new Date(start + 30 * 60_000).toISOString(),
      participants: [{ display_name: guest, role: "GUEST" }],
    });
  }

  return (
    <form
      className="coviu-stack"
      data-gap="wide"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h1 className="coviu-heading">Book a session in an hour</h1>
      <div className="coviu-field">
        <label className="coviu-label" htmlFor={fields.name}>
          Session name
        </label>
        <input
          id={fields.name}
          className="coviu-input"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <div className="coviu-field">
        <label className="coviu-label" htmlFor={fields.guest}>
          Guest
        </label>
        <input
          id={fields.guest}
          className="coviu-input"
          required
          value={guest}
          onChange={(event) => setGuest(event.target.value)}
        />
      </div>
      <div className="coviu-row">
        <button className="coviu-button" data-variant="primary" aria-disabled={book.isPending}>
          Book
        </button>
        <span role="status">
          {book.data && (
            <>
              Booked: <bdi>{book.data.session_name}</bdi>, with an entry link for{" "}
              <bdi>{book.data.participants?.[0]?.display_name}</bdi>
            </>
          )}
        </span>
      </div>
      {book.error && (
        <p className="coviu-text" role="alert">
          Nothing was booked ({book.error.code}). What you typed is still here.
        </p>
      )}
    </form>
  );
}

/** Books a session with its people in one request. */
export const UseCreateSession: Story = {
  name: "useCreateSession",
  render: () => <BookingForm />,
  parameters: { docs: codeOf("Sessions", "BookingForm") },
  play: async ({ canvas }) => {
    await userEvent.type(await canvas.findByLabelText("Session name"), "Wound check");
    await userEvent.type(await canvas.findByLabelText("Guest"), "Ana Lee");
    await userEvent.click(await canvas.findByRole("button", { name: "Book" }));
    await waitFor(() =>
      expect(canvas.getByRole("status")).toHaveTextContent("Booked: Wound check, with an entry link for Ana Lee"),
    );
    await expect(canvas.getByText("Requests that reached the sandbox: 2")).toBeVisible();
  },
};

/** A write is not retried. The form keeps its values and shows the error. */
export const UseCreateSessionRefused: Story = {
  name: "useCreateSession, refused",
  render: () => <BookingForm />,
  parameters: {
    docs: codeOf("Sessions", "BookingForm"),
    sandbox: { prepare, faults: [{ operation: "createSession", status: 403 }] },
  },
  play: async ({ canvas }) => {
    await userEvent.type(await canvas.findByLabelText("Session name"), "Wound check");
    await userEvent.type(await canvas.findByLabelText("Guest"), "Ana Lee");
    await userEvent.click(await canvas.findByRole("button", { name: "Book" }));
    await expect(await canvas.findByRole("alert")).toHaveTextContent("Nothing was booked (forbidden).");
    await expect(canvas.getByLabelText("Session name")).toHaveValue("Wound check");
    await expect(canvas.getByText("Requests that reached the sandbox: 2")).toBeVisible();
  },
};

function RenameForm({ sessionId }: { sessionId: string }) {
  const { now } = useCoviu();
  const [start_time] = useState(() => now().toISOString());
  const list = useSessions({ start_time, order: "forward", page_size: 3 });
  const session = useSession(sessionId);
  const rename = useUpdateSession();
  const [name, setName] = useState("");
  const field = useId();

  return (
    <div className="coviu-stack" data-gap="wide">
      <h1 className="coviu-heading">
        <bdi>{session.data?.session_name ?? "…"}</bdi>
      </h1>
      <form
        className="coviu-row"
        onSubmit={(event) => {
          event.preventDefault();
          if (!rename.isPending) rename.mutate({ sessionId, request: { session_name: name } });
        }}
      >
        <label className="coviu-label" htmlFor={field}>
          New name
        </label>
        <input
          id={field}
          className="coviu-input"
          style={{ flex: "1 1 12rem", inlineSize: "auto" }}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button className="coviu-button" data-variant="primary" aria-disabled={rename.isPending}>
          Rename
        </button>
        <span role="status">{rename.isSuccess && "Saved"}</span>
      </form>
      {rename.error && (
        <p className="coviu-text" role="alert">
          Nothing was changed ({rename.error.code}).
        </p>
      )}
      {list.isPending && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      <ul className="coviu-stack" aria-label="Next sessions">
        {list.data?.content.map((row) => (
          <li key={row.session_id}>
            <bdi>{row.session_name}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Changes the given fields. Every view of the session is updated without another request. */
export const UseUpdateSession: Story = {
  name: "useUpdateSession",
  render: ({ sessionId }) => <RenameForm sessionId={sessionId} />,
  parameters: { docs: codeOf("Sessions", "RenameForm") },
  play: async ({ canvas }) => {
    await canvas.findByRole("heading", { name: "Knee rehab follow-up" });
    const list = canvas.getByRole("list", { name: "Next sessions" });
    await within(list).findByText("Knee rehab follow-up");
    await userEvent.type(await canvas.findByLabelText("New name"), "Knee rehab, last visit");
    await userEvent.click(await canvas.findByRole("button", { name: "Rename" }));
    await expect(await canvas.findByRole("heading", { name: "Knee rehab, last visit" })).toBeVisible();
    await expect(within(list).getByText("Knee rehab, last visit")).toBeVisible();
    await expect(canvas.getByText("Requests that reached the sandbox: 3")).toBeVisible();
  },
};

function CancelButton({ sessionId }: { sessionId: string }) {
  const { now } = useCoviu();
  const [start_time] = useState(() => now().toISOString());
  const list = useSessions({ start_time, order: "forward", page_size: 3 });
  const session = useSession(sessionId);
  const cancel = useCancelSession();
  const isCanceled = session.data?.canceled_time !== undefined;

  return (
    <div className="coviu-stack" data-gap="wide">
      <h1 className="coviu-heading">
        <bdi>{session.data?.session_name ?? "…"}</bdi>
      </h1>
      <div className="coviu-row">
        <button
          className="coviu-button"
          data-tone="danger"
          aria-disabled={isCanceled || cancel.isPending}
          onClick={() => isCanceled || cancel.isPending || cancel.mutate({ sessionId })}
        >
          Cancel this session
        </button>
        <span role="status">{isCanceled && "Canceled, for ever"}</span>
      </div>
      {cancel.error && (
        <p className="coviu-text" role="alert">
          Nothing was canceled ({cancel.error.code}).
        </p>
      )}
      {list.isPending && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      <ul className="coviu-stack" aria-label="Next sessions">
        {list.data?.content.map((row) => (
          <li key={row.session_id}>
            <bdi>{row.session_name}</bdi>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Cancels permanently, so ask first. The session is removed from lists. Its loaded details stay on the screen. */
export const UseCancelSession: Story = {
  name: "useCancelSession",
  render: ({ sessionId }) => <CancelButton sessionId={sessionId} />,
  parameters: { docs: codeOf("Sessions", "CancelButton") },
  play: async ({ canvas }) => {
    const list = await canvas.findByRole("list", { name: "Next sessions" });
    await within(list).findByText("Knee rehab follow-up");
    await canvas.findByRole("heading", { name: "Knee rehab follow-up" });
    await userEvent.click(await canvas.findByRole("button", { name: "Cancel this session" }));
    await expect(await canvas.findByText("Canceled, for ever")).toBeVisible();
    await waitFor(() => expect(within(list).queryByText("Knee rehab follow-up")).toBeNull());
    await expect(canvas.getByRole("heading", { name: "Knee rehab follow-up" })).toBeVisible();
  },
};
