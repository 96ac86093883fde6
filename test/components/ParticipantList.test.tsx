import { act, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { createCoviuClient } from "../../src/api/client.ts";
import { getParticipant, listParticipants, removeParticipant } from "../../src/api/participants.ts";
import type { ParticipantCreationRequest } from "../../src/api/requests.ts";
import { createSession } from "../../src/api/sessions.ts";
import { ParticipantList, type ParticipantListProps } from "../../src/components/ParticipantList/ParticipantList.tsx";
import { createSandbox } from "../../src/sandbox/index.ts";
import { recordAnnouncements } from "../announcements.ts";
import { byText } from "../byText.ts";
import { conforms } from "../conformance.tsx";
import { enterText } from "../enterText.ts";
import { renderWithCoviu, type RenderSettings, testNow } from "../render.tsx";
import { react18 } from "../tags.ts";

const everyone = [
  { display_name: "Ana Lee", role: "GUEST" },
  { display_name: "Dr Amara Okafor", role: "HOST", state: "user-17" },
  { display_name: "Kwame Mensah", role: "GUEST" },
];

/** A session from 10:00 am with people, on a server that has nothing else. */
async function booked(participants: ParticipantCreationRequest[] = everyone) {
  const sandbox = createSandbox({ now: testNow, seed: "none" });
  const client = createCoviuClient(sandbox);
  const session = await createSession(client, {
    session_name: "Knee rehab follow-up",
    start_time: "2026-01-11T23:00:00.000Z",
    end_time: "2026-01-11T23:30:00.000Z",
    participants,
  });
  sandbox.log.clear();
  return { sandbox, client, sessionId: session.session_id, now: () => sandbox.clock.now() };
}

type Booked = Awaited<ReturnType<typeof booked>>;

function renderList({ sessionId, ...world }: Booked, props?: Partial<ParticipantListProps>, settings?: RenderSettings) {
  const ui = <ParticipantList data-testid="list" sessionId={sessionId} {...props} />;
  return { ...renderWithCoviu(ui, { ...world, ...settings }), root: screen.getByTestId("list") };
}

async function rows() {
  const list = await screen.findByRole("list");
  return within(list).getAllByRole("listitem");
}

const button = (name: string | RegExp) => screen.getByRole("button", { name });

/** The list, with the form for another person open. */
async function addPeople(world: Booked) {
  const { user } = renderList(world);
  await rows();
  await user.click(button("Add people"));
  return { user, dialog: within(await screen.findByRole("dialog")) };
}

/** Writes since the list was rendered. */
function writes({ sandbox }: Pick<Booked, "sandbox">) {
  return sandbox.log
    .entries()
    .flatMap(({ method, body, status }) => (method === "GET" ? [] : [{ method, body, status }]));
}

afterEach(() => {
  vi.useRealTimers();
});

describe("ParticipantList", () => {
  conforms<HTMLElement>((props) => <ParticipantList sessionId="no-such-session" {...props} />);

  it("is pending at first, then ready with a count", async () => {
    const { root } = renderList(await booked());
    expect(root).toHaveAttribute("data-state", "pending");
    expect(screen.getByText("Loading people")).toBeInTheDocument();
    expect(await screen.findByRole("heading", { level: 3, name: "People 3" })).toBeInTheDocument();
    expect(root).toHaveAttribute("data-state", "ready");
    expect(screen.getByRole("region", { name: "People 3" })).toBe(root);
  });

  it("lists hosts first, then guests, each in the order in which they were added, with what their role means", async () => {
    renderList(await booked());
    const texts = (await rows()).map((row) => row.textContent);
    expect(texts[0]).toMatch(/Dr Amara Okafor.*Host.*Enters directly/);
    expect(texts[1]).toMatch(/Ana Lee.*Guest.*Waits until a host lets them in/);
    expect(texts[2]).toMatch(/Kwame Mensah.*Guest/);
  });

  it("keeps links and ids out of the page", async () => {
    const world = await booked();
    renderList(world);
    await rows();
    const { content } = await listParticipants(world.client, world.sessionId);
    for (const { participant_id } of content) expect(document.documentElement.outerHTML).not.toContain(participant_id);
    expect(document.documentElement.outerHTML).not.toContain(world.sessionId);
  });

  it("gives each participant their own link", async () => {
    const world = await booked();
    const { user } = renderList(world);
    const { content } = await listParticipants(world.client, world.sessionId);
    await user.click(await screen.findByRole("button", { name: "Copy link for Kwame Mensah" }));
    await screen.findByText(byText("Link for Kwame Mensah (guest) copied"));
    expect(await navigator.clipboard.readText()).toBe(
      content.find((person) => person.display_name === "Kwame Mensah")?.entry_url,
    );
    await user.click(button("Copy host link for Dr Amara Okafor"));
    expect(await screen.findByRole("alertdialog")).toHaveTextContent("Ana Lee and Kwame Mensah each have their own.");
  });

  it("shows that there are no people", async () => {
    const { root } = renderList(await booked([]));
    expect(await screen.findByText("Nobody has been added yet")).toBeInTheDocument();
    expect(root).toHaveAttribute("data-state", "empty");
    expect(screen.getByRole("heading", { name: "People 0" })).toBeInTheDocument();
  });

  it("offers to try again after a failure", async () => {
    const world = await booked();
    world.sandbox.faults.next({ method: "GET", status: 500, times: Infinity });
    const { root, user } = renderList(world);
    expect(await screen.findByText("People could not be loaded")).toBeVisible();
    await waitFor(() =>
      expect(screen.getByRole("status")).toHaveTextContent(/^People could not be loaded\. The service had a problem\./),
    );
    expect(root).toHaveAttribute("data-state", "error");
    world.sandbox.faults.clear();
    await user.click(button("Try again"));
    expect(await rows()).toHaveLength(3);
  });

  describe("adding", () => {
    it("adds a person with one request, announces it, and returns the focus", react18, async () => {
      const world = await booked();
      const { user } = renderList(world);
      await rows();
      await user.click(button("Add people"));
      const dialog = within(await screen.findByRole("dialog", { name: "Add a person" }));
      const name = dialog.getByRole("textbox", { name: "Name" });
      expect(name).toHaveFocus();
      await enterText(user, name, "  Tāne Wihongi ");
      await user.click(dialog.getByRole("radio", { name: /^Host/ }));
      await enterText(user, dialog.getByRole("textbox", { name: "Your reference" }), "user-18");
      await user.dblClick(dialog.getByRole("button", { name: "Add person" }));
      expect(await screen.findByText(byText("Tāne Wihongi added"))).toBeVisible();
      expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
      await waitFor(() => expect(button("Add people")).toHaveFocus());
      expect(await rows()).toHaveLength(4);
      expect(writes(world)).toEqual([
        { method: "POST", status: 200, body: { display_name: "Tāne Wihongi", role: "HOST", state: "user-18" } },
      ]);
    });

    it("can be done by keyboard alone", async () => {
      const world = await booked([]);
      const { user } = renderList(world);
      await screen.findByText("Nobody has been added yet");
      await user.tab();
      await user.keyboard("{Enter}");
      await screen.findByRole("dialog");
      await user.keyboard("Ana Lee");
      while (document.activeElement?.textContent !== "Add person") await user.tab();
      await user.keyboard("{Enter}");
      expect(await screen.findByText(byText("Ana Lee added"))).toBeVisible();
      expect(writes(world)).toHaveLength(1);
    });

    it.each([
      ["no name", "Name", " ", "Enter a name"],
      ["a name of 10,000 characters", "Name", "a".repeat(10_000), "Use at most 256 characters"],
      ["a reference of 257 characters", "Your reference", "a".repeat(257), "Use at most 256 characters"],
      [
        "a script as picture",
        "Picture address",
        "javascript:alert(1)",
        "Enter a web address that starts with https://",
      ],
      [
        "a picture without encryption",
        "Picture address",
        "http://a.example/b.png",
        "Enter a web address that starts with https://",
      ],
    ])("sends nothing for %s and says so at the field", async (_, label, value, problem) => {
      const world = await booked();
      const { user, dialog } = await addPeople(world);
      await enterText(user, dialog.getByRole("textbox", { name: "Name" }), "Tāne");
      const field = dialog.getByRole("textbox", { name: label });
      await user.clear(field);
      await user.click(field);
      await user.paste(value);
      await user.click(dialog.getByRole("button", { name: "Add person" }));
      expect(field).toBeInvalid();
      expect(field).toHaveAccessibleDescription(expect.stringContaining(problem));
      expect(field).toHaveFocus();
      expect(field).toHaveValue(value);
      expect(writes(world)).toEqual([]);
    });

    it("keeps the typed text when the service refuses, shows its reason, and can be sent again", async () => {
      const world = await booked();
      world.sandbox.faults.next({
        operation: "addSessionParticipant",
        status: 400,
        body: { error: { message: "No more than 5 people." } },
      });
      const { user, dialog } = await addPeople(world);
      await enterText(user, dialog.getByRole("textbox", { name: "Name" }), "Tāne Wihongi");
      await user.click(dialog.getByRole("button", { name: "Add person" }));
      expect(await dialog.findByRole("alert")).toHaveTextContent("No more than 5 people.");
      expect(dialog.getByRole("textbox", { name: "Name" })).toHaveValue("Tāne Wihongi");
      await user.click(dialog.getByRole("button", { name: "Add person" }));
      expect(await screen.findByText(byText("Tāne Wihongi added"))).toBeVisible();
    });

    it("adds again after a lost response only once the user has read that the outcome is unknown", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const world = await booked();
      const { user, dialog } = await addPeople(world);
      await enterText(user, dialog.getByRole("textbox", { name: "Name" }), "Tāne Wihongi");
      world.sandbox.faults.next({ operation: "addSessionParticipant", cut: "after-commit" });
      const lost = { operation: "getSessionParticipants", status: 400, times: 100 } as const;
      world.sandbox.faults.next(lost);
      await user.click(dialog.getByRole("button", { name: "Add person" }));
      await act(() => vi.advanceTimersByTimeAsync(6100));
      expect(await dialog.findByText("We couldn’t confirm this")).toBeVisible();
      expect(dialog.queryByText("We couldn’t look for the person")).not.toBeInTheDocument();
      await user.click(dialog.getByRole("button", { name: "Add person" }));
      expect(await dialog.findByText("We couldn’t look for the person")).toBeVisible();
      expect(dialog.getByText("The service refused this.")).toBeVisible();
      expect(dialog.getByText("We couldn’t confirm this")).toBeVisible();
      // A person found later would not be the one shown here.
      await user.type(dialog.getByRole("textbox", { name: "Name" }), " of another family");
      await user.click(dialog.getByText("Host"));
      expect(dialog.getByRole("radio", { name: /^Guest/ })).toBeChecked();
      expect(dialog.getByRole("textbox", { name: "Name" })).toHaveValue("Tāne Wihongi");
      expect(writes(world)).toHaveLength(1);
      await user.click(dialog.getByRole("button", { name: "Add person" }));
      expect(await screen.findByText(byText("Tāne Wihongi added"))).toBeVisible();
      expect(writes(world)).toHaveLength(2);
    });

    it("asks before it discards typed text", async () => {
      const world = await booked();
      const { user } = renderList(world);
      await rows();
      await user.click(button("Add people"));
      const dialog = await screen.findByRole("dialog");
      await enterText(user, within(dialog).getByRole("textbox", { name: "Name" }), "Tāne");
      await user.keyboard("{Escape}");
      await screen.findByRole("alertdialog", { name: "Discard what you typed?" });
      expect(button("Keep editing")).toHaveFocus();
      await user.keyboard("{Enter}");
      expect(within(dialog).getByRole("textbox", { name: "Name" })).toHaveValue("Tāne");
      await user.keyboard("{Escape}");
      await user.click(await screen.findByRole("button", { name: "Discard" }));
      await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
      await waitFor(() => expect(button("Add people")).toHaveFocus());
    });
  });

  describe("changing", () => {
    it("sends only changed fields and shows them everywhere", async () => {
      const world = await booked();
      const { user } = renderList(world);
      await rows();
      await user.click(button("Edit Ana Lee"));
      const dialog = within(await screen.findByRole("dialog", { name: "Edit Ana Lee" }));
      expect(dialog.getByText("A host enters directly and can let people in.")).toBeInTheDocument();
      await user.click(dialog.getByRole("radio", { name: /^Host/ }));
      await user.click(dialog.getByRole("button", { name: "Save changes" }));
      expect(await screen.findByText(byText("Changes to Ana Lee saved"))).toBeVisible();
      await waitFor(() => expect(button("Edit Ana Lee")).toHaveFocus());
      expect(writes(world)).toEqual([{ method: "PUT", status: 200, body: { role: "HOST" } }]);
      expect(button("Copy host link for Ana Lee")).toBeInTheDocument();
    });

    it("is not announced as a change by someone else", async () => {
      const world = await booked();
      const { user } = renderList(world);
      await rows();
      await user.click(button("Edit Ana Lee"));
      const dialog = within(await screen.findByRole("dialog", { name: "Edit Ana Lee" }));
      const announcements = recordAnnouncements();
      await user.type(dialog.getByRole("textbox", { name: "Name" }), "-Smith");
      await user.click(dialog.getByRole("button", { name: "Save changes" }));
      await waitFor(() => expect(announcements).toContain("Changes to Ana Lee-Smith saved"));
      expect(announcements.filter((text) => text.startsWith("Someone else"))).toEqual([]);
    });

    it("announces the problem of the focused field at every attempt", async () => {
      const world = await booked();
      const { dialog } = await addPeople(world);
      const announcements = recordAnnouncements();
      expect(dialog.getByRole("textbox", { name: "Name" })).toHaveFocus();
      const press = () => fireEvent.keyDown(dialog.getByRole("textbox", { name: "Name" }), { key: "Enter" });
      press();
      await waitFor(() => expect(announcements).toEqual(["Enter a name"]));
      press();
      await waitFor(() => expect(announcements).toEqual(["Enter a name", "Enter a name"]));
    });

    it("sends nothing when nothing is different", async () => {
      const world = await booked();
      const { user } = renderList(world);
      await rows();
      await user.click(button("Edit Dr Amara Okafor"));
      const dialog = within(await screen.findByRole("dialog"));
      expect(dialog.getByRole("textbox", { name: "Your reference" })).toHaveValue("user-17");
      await user.click(dialog.getByRole("button", { name: "Save changes" }));
      await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
      expect(writes(world)).toEqual([]);
      expect(screen.queryByText(/saved/)).not.toBeInTheDocument();
    });

    it("does not judge what another program has stored", async () => {
      const world = await booked([{ display_name: "Ana Lee", picture: "not a real picture" }]);
      const { user } = renderList(world);
      await rows();
      await user.click(button("Edit Ana Lee"));
      const dialog = within(await screen.findByRole("dialog"));
      await user.type(dialog.getByRole("textbox", { name: "Name" }), "-Smith");
      await user.click(dialog.getByRole("button", { name: "Save changes" }));
      expect(await screen.findByText(byText("Changes to Ana Lee-Smith saved"))).toBeVisible();
      expect(writes(world)).toEqual([{ method: "PUT", status: 200, body: { display_name: "Ana Lee-Smith" } }]);
    });

    it("explains that the person was removed and keeps the typed text", async () => {
      const world = await booked();
      const { user } = renderList(world);
      await rows();
      const { content } = await listParticipants(world.client, world.sessionId);
      await removeParticipant(world.client, idOf(content, "Ana Lee"));
      await user.click(button("Edit Ana Lee"));
      const dialog = within(await screen.findByRole("dialog"));
      await user.type(dialog.getByRole("textbox", { name: "Name" }), "-Smith");
      await user.click(dialog.getByRole("button", { name: "Save changes" }));
      expect(await dialog.findByRole("alert")).toHaveTextContent("Ana Lee has already been removed");
      await waitFor(() => expect(screen.queryByText("Waits until a host lets them in")).toBeInTheDocument());
      expect(dialog.getByRole("textbox", { name: "Name" })).toHaveValue("Ana Lee-Smith");
    });
  });

  describe("removing", () => {
    it("asks first, with the focus on the safe choice", async () => {
      const world = await booked();
      const { user } = renderList(world);
      await rows();
      await user.click(button("Remove Ana Lee"));
      const question = await screen.findByRole("alertdialog", { name: "Remove Ana Lee?" });
      expect(question).toHaveAccessibleDescription("Their link stops working and this can’t be undone.");
      expect(button("Keep Ana Lee")).toHaveFocus();
      await user.keyboard("{Enter}");
      await waitFor(() => expect(button("Remove Ana Lee")).toHaveFocus());
      expect(writes(world)).toEqual([]);
    });

    it.each([
      ["the first", "Dr Amara Okafor", "Remove Ana Lee"],
      ["a middle one", "Ana Lee", "Remove Kwame Mensah"],
      ["the last", "Kwame Mensah", "Remove Ana Lee"],
    ])("removes %s with one request, says so, and focus goes to a row that stays", async (_, name, next) => {
      const world = await booked();
      const { user } = renderList(world);
      await rows();
      await user.click(button(`Remove ${name}`));
      const question = within(await screen.findByRole("alertdialog"));
      await user.dblClick(question.getByRole("button", { name: `Remove ${name}` }));
      expect(await screen.findByText(byText(`${name} removed`))).toBeVisible();
      await waitFor(() => expect(button(next)).toHaveFocus());
      expect(await rows()).toHaveLength(2);
      expect(writes(world)).toMatchObject([{ method: "DELETE", status: 200 }]);
    });

    it("moves the focus to the add button when the last person is removed", async () => {
      const world = await booked([{ display_name: "Ana Lee" }]);
      const { user } = renderList(world);
      await rows();
      await user.click(button("Remove Ana Lee"));
      await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove Ana Lee" }));
      expect(await screen.findByText("Nobody has been added yet")).toBeInTheDocument();
      await waitFor(() => expect(button("Add people")).toHaveFocus());
    });

    it("says so when someone else was faster", async () => {
      const world = await booked();
      const { user } = renderList(world);
      await rows();
      const { content } = await listParticipants(world.client, world.sessionId);
      await removeParticipant(world.client, idOf(content, "Ana Lee"));
      await user.click(button("Remove Ana Lee"));
      await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove Ana Lee" }));
      expect(await screen.findByText(byText("Ana Lee had already been removed"))).toBeVisible();
      await waitFor(() => expect(button("Remove Kwame Mensah")).toHaveFocus());
      expect(await rows()).toHaveLength(2);
    });

    it("does not say that the person is kept while the removal is on its way", async () => {
      const world = await booked();
      const { user } = renderList(world);
      await rows();
      await user.click(button("Remove Ana Lee"));
      const dialog = await screen.findByRole("alertdialog");
      const request = world.sandbox.faults.hold({ operation: "deleteSessionParticipant" });
      await user.click(within(dialog).getByRole("button", { name: "Remove Ana Lee" }));
      await request.reached;
      await user.click(within(dialog).getByRole("button", { name: "Keep Ana Lee" }));
      await user.keyboard("{Escape}");
      expect(dialog).toBeVisible();
      request.release();
      expect(await screen.findByText(byText("Ana Lee removed"))).toBeVisible();
      expect(dialog).not.toBeInTheDocument();
    });

    it("keeps the question open when the outcome is unknown, and does not claim that nothing happened", async () => {
      vi.useFakeTimers({ shouldAdvanceTime: true });
      const world = await booked();
      world.sandbox.faults.next({ operation: "deleteSessionParticipant", cut: "before-commit" });
      const { user } = renderList(world);
      await rows();
      await user.click(button("Remove Ana Lee"));
      const question = within(await screen.findByRole("alertdialog"));
      await user.click(question.getByRole("button", { name: "Remove Ana Lee" }));
      // The kit checks the outcome for some seconds.
      await act(() => vi.advanceTimersByTimeAsync(7000));
      expect(await question.findByRole("alert")).toHaveTextContent("We couldn’t confirm this");
      await user.click(question.getByRole("button", { name: "Remove Ana Lee" }));
      expect(await screen.findByText(byText("Ana Lee removed"))).toBeVisible();
    });
  });

  it("reads removed people when the history is opened", async () => {
    const world = await booked();
    const { content } = await listParticipants(world.client, world.sessionId);
    await removeParticipant(world.client, idOf(content, "Kwame Mensah"));
    world.sandbox.log.clear();
    const { user } = renderList(world);
    expect(await rows()).toHaveLength(2);
    const asked = () => world.sandbox.log.entries().filter(({ query }) => query.deleted_participants === "true").length;
    expect(asked()).toBe(0);
    await user.click(screen.getByText("History"));
    expect(await screen.findByText("History: 1 removed person")).toBeVisible();
    expect(screen.getByText(byText(/^Removed Monday 12 January, 9:52\sam$/))).toBeVisible();
    expect(asked()).toBe(1);
  });

  it("disables the actions with a reason once the session has ended", async () => {
    const world = await booked();
    world.sandbox.clock.set("2026-01-12T00:00:00Z");
    const { user } = renderList(world);
    await rows();
    const reason = "This session has ended. People and links can no longer change.";
    expect(await screen.findByText(reason)).toBeVisible();
    for (const name of ["Add people", "Edit Ana Lee", "Remove Ana Lee"]) {
      expect(button(name)).toHaveAttribute("aria-disabled", "true");
      expect(button(name)).toHaveAccessibleDescription(reason);
      await user.click(button(name));
    }
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /^Copy/ })).not.toBeInTheDocument();
  });

  it("lets people be added while the session is running", async () => {
    const world = await booked();
    world.sandbox.clock.set("2026-01-11T23:10:00Z");
    const { user } = renderList(world);
    await rows();
    await user.click(button("Add people"));
    expect(await screen.findByRole("dialog")).toBeInTheDocument();
    expect(screen.queryByRole("link")).not.toBeInTheDocument();
  });

  it("loads pictures only from the hosts of the provider", async () => {
    const world = await booked([
      { display_name: "Ana Lee", picture: "https://pictures.clinic.example/ana.png" },
      { display_name: "Kwame Mensah", picture: "https://elsewhere.example/kwame.png" },
    ]);
    const { root } = renderList(world, {}, { pictureHosts: ["pictures.clinic.example"] });
    await rows();
    expect([...root.querySelectorAll("img")].map((image) => image.src)).toEqual([
      "https://pictures.clinic.example/ana.png",
    ]);
    expect(screen.getByText("KM")).toBeInTheDocument();
  });

  it("has a name for people without one", async () => {
    const world = await booked([{ role: "GUEST" }]);
    renderList(world);
    expect((await rows())[0]).toHaveTextContent("Person without a name");
    expect(button("Edit Person without a name")).toBeInTheDocument();
  });

  it("accepts another heading level and other messages", async () => {
    renderList(await booked(), { headingLevel: 2, messages: { title: "Personen" } });
    expect(await screen.findByRole("heading", { level: 2, name: "Personen 3" })).toBeInTheDocument();
  });

  it("sends exactly these changes to the server", async () => {
    const world = await booked();
    const { user } = renderList(world);
    await rows();
    await user.click(button("Edit Kwame Mensah"));
    const dialog = within(await screen.findByRole("dialog"));
    await user.clear(dialog.getByRole("textbox", { name: "Name" }));
    await enterText(user, dialog.getByRole("textbox", { name: "Name" }), "Kwame Mensah-Boateng");
    await user.click(dialog.getByRole("button", { name: "Save changes" }));
    await screen.findByText(byText("Changes to Kwame Mensah-Boateng saved"));
    const { content } = await listParticipants(world.client, world.sessionId);
    const renamed = await getParticipant(world.client, idOf(content, "Kwame Mensah-Boateng"));
    expect(renamed).toMatchObject({ display_name: "Kwame Mensah-Boateng", role: "GUEST" });
  });
});

function idOf(people: { participant_id: string; display_name?: string | undefined }[], name: string): string {
  const found = people.find((person) => person.display_name === name);
  if (!found) throw new Error(`There is no participant ${name}.`);
  return found.participant_id;
}

describe("two people of one name", () => {
  it("are distinguished in every action on one of them", async () => {
    const sandbox = createSandbox({ now: testNow, seed: "none" });
    const client = createCoviuClient(sandbox);
    const people = ["Ana Lee", "Ana Lee", "\u200b"].map((display_name) => ({ display_name }));
    const times = { start_time: "2026-01-12T22:00:00Z", end_time: "2026-01-12T22:30:00Z" };
    const { session_id } = await client.http
      .post("sessions", { json: { session_name: "Review", ...times, participants: people } })
      .json<{ session_id: string }>();
    renderWithCoviu(<ParticipantList sessionId={session_id} />, { sandbox, client });
    await screen.findByRole("button", { name: "Copy link for Ana Lee" });
    const buttons = screen.getAllByRole("button", { name: /^(Copy|Show|Edit|Remove)/ });
    const names = buttons.map((button) => button.getAttribute("aria-label"));
    expect(names).toHaveLength(12);
    expect(new Set(names).size).toBe(12);
    expect(names).toContain("Copy link for Ana Lee (2)");
    expect(names).toContain("Remove Person without a name");
  });
});
