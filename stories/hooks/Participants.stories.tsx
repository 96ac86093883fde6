import type { Meta, StoryObj } from "@storybook/react-vite";
import { useId, useState } from "react";
import { expect, userEvent, waitFor, within } from "storybook/test";

import {
  isHost,
  useAddParticipant,
  useParticipant,
  useParticipants,
  useRemoveParticipant,
  useUpdateParticipant,
} from "../../src/index.ts";
import { codeOf, type LiveArgs, prepare, withRequests } from "./live.tsx";

const meta: Meta<LiveArgs> = {
  title: "Hooks/Participants",
  decorators: [withRequests],
  parameters: {
    frame: "card",
    sandbox: { prepare },
    controls: { disable: true },
    docs: {
      description: {
        component:
          "The people of a session, each with a role and an entry link of their own: read, add, change and remove them. " +
          "What one hook writes, the others show at once.",
      },
    },
  },
};
export default meta;

type Story = StoryObj<LiveArgs>;

function PeopleOfSession({ sessionId }: { sessionId: string }) {
  const { data, isPending, error } = useParticipants(sessionId);

  return (
    <div className="coviu-stack" data-gap="wide">
      <h1 className="coviu-heading">People</h1>
      {isPending && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      {error && (
        <p className="coviu-text" role="alert">
          The people could not be read ({error.code}).
        </p>
      )}
      <ul className="coviu-stack" aria-label="People">
        {data?.content.map((person) => (
          <li key={person.participant_id} className="coviu-row">
            <bdi>{person.display_name}</bdi>
            <span className="coviu-tag" data-role={isHost(person) ? "host" : undefined}>
              {isHost(person) ? "Host" : "Guest"}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Participants of one session. If the session is in the cache, no request is sent. */
export const UseParticipants: Story = {
  name: "useParticipants",
  render: ({ sessionId }) => <PeopleOfSession sessionId={sessionId} />,
  parameters: { docs: codeOf("Participants", "PeopleOfSession") },
  play: async ({ canvas }) => {
    const list = await canvas.findByRole("list", { name: "People" });
    await expect((await within(list).findByText("Mei-Ling Chen")).closest("li")).toHaveTextContent("Host");
    await expect(within(list).getByText("Tāne Wihongi").closest("li")).toHaveTextContent("Guest");
    await expect(canvas.getByText("Requests that reached the sandbox: 1")).toBeVisible();
  },
};

function OnePerson({ sessionId }: { sessionId: string }) {
  const people = useParticipants(sessionId);
  const [chosen, setChosen] = useState<string>();
  const person = useParticipant(chosen);

  return (
    <div className="coviu-stack" data-gap="wide">
      <h1 className="coviu-heading">Who is it?</h1>
      {people.isPending && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      <div className="coviu-row">
        {people.data?.content.map(({ participant_id, display_name }) => (
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
      {person.error && (
        <p className="coviu-text" role="alert">
          The person could not be read ({person.error.code}).
        </p>
      )}
      <p className="coviu-text" role="status" data-state={person.isLoading ? "pending" : "ready"}>
        {person.data ? (
          <>
            <bdi>{person.data.display_name}</bdi>{" "}
            {isHost(person.data) ? "enters directly." : "waits until a host lets them in."}
          </>
        ) : (
          "Choose a person."
        )}
      </p>
    </div>
  );
}

/** One participant by id. With `undefined` no request is sent. */
export const UseParticipant: Story = {
  name: "useParticipant",
  render: ({ sessionId }) => <OnePerson sessionId={sessionId} />,
  parameters: { docs: codeOf("Participants", "OnePerson") },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Tāne Wihongi" }));
    await waitFor(() =>
      expect(canvas.getByRole("status")).toHaveTextContent("Tāne Wihongi waits until a host lets them in."),
    );
    await userEvent.click(await canvas.findByRole("button", { name: "Mei-Ling Chen" }));
    await waitFor(() => expect(canvas.getByRole("status")).toHaveTextContent("Mei-Ling Chen enters directly."));
  },
};

function AddForm({ sessionId }: { sessionId: string }) {
  const people = useParticipants(sessionId);
  const add = useAddParticipant();
  const [name, setName] = useState("");
  const field = useId();

  function submit() {
    if (add.isPending) return;
    const request = { display_name: name, role: "GUEST" };
    add.mutate({ sessionId, request }, { onSuccess: () => setName("") });
  }

  return (
    <div className="coviu-stack" data-gap="wide">
      <h1 className="coviu-heading">{people.data?.content.length ?? "…"} people</h1>
      {people.isPending && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      <ul className="coviu-stack" aria-label="People">
        {people.data?.content.map((person) => (
          <li key={person.participant_id}>
            <bdi>{person.display_name}</bdi>
          </li>
        ))}
      </ul>
      <form
        className="coviu-row"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label className="coviu-label" htmlFor={field}>
          Guest
        </label>
        <input
          id={field}
          className="coviu-input"
          style={{ flex: "1 1 12rem", inlineSize: "auto" }}
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <button className="coviu-button" data-variant="primary" aria-disabled={add.isPending}>
          Add
        </button>
        <span role="status">
          {add.data && (
            <>
              <bdi>{add.data.display_name}</bdi> was added
            </>
          )}
        </span>
      </form>
      {add.error && (
        <p className="coviu-text" role="alert">
          Nobody was added ({add.error.code}).
        </p>
      )}
    </div>
  );
}

/** Adds a participant with a separate entry link. The list is updated with the response. */
export const UseAddParticipant: Story = {
  name: "useAddParticipant",
  render: ({ sessionId }) => <AddForm sessionId={sessionId} />,
  parameters: { docs: codeOf("Participants", "AddForm") },
  play: async ({ canvas }) => {
    await canvas.findByRole("heading", { name: "2 people" });
    await userEvent.type(await canvas.findByLabelText("Guest"), "Ana Lee{Enter}");
    await waitFor(() => expect(canvas.getByRole("status")).toHaveTextContent("Ana Lee was added"));
    await expect(canvas.getByRole("heading", { name: "3 people" })).toBeVisible();
    await expect(canvas.getByLabelText("Guest")).toHaveValue("");
    await expect(canvas.getByText("Requests that reached the sandbox: 3")).toBeVisible();
  },
};

function RoleButtons({ sessionId }: { sessionId: string }) {
  const people = useParticipants(sessionId);
  const update = useUpdateParticipant();

  return (
    <div className="coviu-stack" data-gap="wide">
      <h1 className="coviu-heading">Who may let people in?</h1>
      {people.isPending && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      <ul className="coviu-stack" aria-label="People">
        {people.data?.content.map((person) => (
          <li key={person.participant_id} className="coviu-row" data-align="between">
            <bdi>{person.display_name}</bdi>
            <button
              className="coviu-button"
              aria-pressed={isHost(person)}
              aria-label={`${person.display_name} is a host`}
              onClick={() =>
                update.mutate({
                  participantId: person.participant_id,
                  request: { role: isHost(person) ? "GUEST" : "HOST" },
                })
              }
            >
              {isHost(person) ? "Host" : "Guest"}
            </button>
          </li>
        ))}
      </ul>
      {update.error && (
        <p className="coviu-text" role="alert">
          Nothing was changed ({update.error.code}).
        </p>
      )}
    </div>
  );
}

/** Changes the given fields of a participant. */
export const UseUpdateParticipant: Story = {
  name: "useUpdateParticipant",
  render: ({ sessionId }) => <RoleButtons sessionId={sessionId} />,
  parameters: { docs: codeOf("Participants", "RoleButtons") },
  play: async ({ canvas }) => {
    const role = await canvas.findByRole("button", { name: "Tāne Wihongi is a host", pressed: false });
    await userEvent.click(role);
    await canvas.findByRole("button", { name: "Tāne Wihongi is a host", pressed: true });
    await expect(role).toHaveTextContent("Host");
    await expect(canvas.getByText("Requests that reached the sandbox: 2")).toBeVisible();
  },
};

function RemoveButtons({ sessionId }: { sessionId: string }) {
  const present = useParticipants(sessionId);
  const [history, setHistory] = useState(false);
  const everyone = useParticipants(sessionId, { deleted_participants: true }, { enabled: history });
  const remove = useRemoveParticipant();
  const people = history ? everyone : present;

  return (
    <div className="coviu-stack" data-gap="wide">
      <h1 className="coviu-heading">People</h1>
      <label className="coviu-row">
        <input type="checkbox" checked={history} onChange={(event) => setHistory(event.target.checked)} />
        Also people who were removed
      </label>
      {people.isPending && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      <ul className="coviu-stack" aria-label="People">
        {people.data?.content.map((person) => (
          <li key={person.participant_id} className="coviu-row" data-align="between">
            <bdi>{person.display_name}</bdi>
            {person.deleted_at ? (
              <span className="coviu-hint">Removed</span>
            ) : (
              <button
                className="coviu-button"
                data-tone="danger"
                aria-label={`Remove ${person.display_name}`}
                onClick={() => remove.isPending || remove.mutate({ participantId: person.participant_id })}
              >
                Remove
              </button>
            )}
          </li>
        ))}
      </ul>
      <p className="coviu-text" role="status">
        {remove.isSuccess && "Removed. The entry link no longer works."}
      </p>
      {remove.error && (
        <p className="coviu-text" role="alert">
          Nobody was removed ({remove.error.code}).
        </p>
      )}
    </div>
  );
}

/** Removes a participant permanently, so ask first. Removed participants can be read with `deleted_participants`. */
export const UseRemoveParticipant: Story = {
  name: "useRemoveParticipant",
  render: ({ sessionId }) => <RemoveButtons sessionId={sessionId} />,
  parameters: { docs: codeOf("Participants", "RemoveButtons") },
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole("button", { name: "Remove Tāne Wihongi" }));
    await canvas.findByText("Removed. The entry link no longer works.");
    await waitFor(() => expect(canvas.queryByText("Tāne Wihongi")).toBeNull());
    await userEvent.click(await canvas.findByRole("checkbox", { name: "Also people who were removed" }));
    await expect((await canvas.findByText("Tāne Wihongi")).closest("li")).toHaveTextContent("Removed");
    await expect(canvas.queryByRole("button", { name: "Remove Tāne Wihongi" })).toBeNull();
  },
};
