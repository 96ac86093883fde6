import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { getSession, listSessions, updateParticipant, updateSession } from "../../src/core.ts";
import { ParticipantList, SessionScheduler } from "../../src/index.ts";
import { enterText } from "../enterText.ts";
import { renderWithCoviu } from "../render.tsx";
import { createClinic } from "../server/clinic.ts";

/** A desk behind the clinic's back end, where something happens just before its edit arrives there. */
async function desk(meanwhile: (session: { session_id: string; participant_id: string }) => Promise<unknown>) {
  const { browserOf, proxy, sandbox } = createClinic();
  const other = browserOf("desk");
  let pending = true;
  const client = browserOf("desk", async (request) => {
    if (request.method === "PUT" && pending) {
      pending = false;
      await meanwhile(ids);
    }
    return proxy(request);
  });
  const { content } = await listSessions(client, { start_time: "2026-01-12T03:00:00Z" });
  const session = content[0];
  const person = session?.participants?.find(({ role }) => role === "GUEST");
  if (!session || !person) throw new Error("The seed has such a session.");
  const ids = { session_id: session.session_id, participant_id: person.participant_id };
  return { client, other, sandbox, session, person, now: () => sandbox.clock.now() };
}

describe("behind the clinic's back end, when another user writes first", () => {
  it("an edit of a session is refused, and both are shown to choose from", async () => {
    const setting = await desk(({ session_id }) =>
      updateSession(setting.other, session_id, { session_name: "Foot rehab" }),
    );
    const { client, session, now, sandbox } = setting;
    const { user } = renderWithCoviu(<SessionScheduler sessionId={session.session_id} />, { client, now });
    const name = await screen.findByLabelText("Session name");
    await waitFor(() => expect(name).toHaveValue(session.session_name));
    await user.clear(name);
    await enterText(user, name, "Hand rehab");
    await user.click(screen.getByRole("button", { name: "Save changes" }));
    const asked = await screen.findByText("Someone else changed the same thing");
    const panel = asked.closest<HTMLElement>("[role=group]");
    expect(panel).toHaveTextContent("Foot rehab");
    expect(name).toHaveValue("Hand rehab");
    expect(await getSession(client, session.session_id)).toMatchObject({ session_name: "Foot rehab" });

    await user.click(within(panel ?? document.body).getByRole("button", { name: /mine/i }));
    await user.click(screen.getByRole("button", { name: "Save changes" }));
    await screen.findByText("Changes saved.");
    expect(await getSession(client, session.session_id)).toMatchObject({ session_name: "Hand rehab" });
    // The other's, and ours at the second try: the first never got as far as the service.
    expect(sandbox.log.count({ operation: "updateSession" })).toBe(2);
  });

  it("an edit of a person is refused, and both are shown to choose from", async () => {
    const setting = await desk(({ participant_id }) =>
      updateParticipant(setting.other, participant_id, { display_name: "Ana Jones" }),
    );
    const { client, session, person, now } = setting;
    const { user } = renderWithCoviu(<ParticipantList sessionId={session.session_id} />, { client, now });
    await user.click(await screen.findByRole("button", { name: `Edit ${person.display_name}` }));
    const dialog = await screen.findByRole("dialog");
    const name = within(dialog).getByLabelText("Name");
    await user.clear(name);
    await enterText(user, name, "Ana Smith");
    await user.click(within(dialog).getByRole("button", { name: "Save changes" }));
    await within(dialog).findByText("Someone else changed the same thing");
    const conflict = within(dialog).getByRole("group", { name: "Someone else changed the same thing" });
    expect(conflict).toHaveFocus();
    expect(within(conflict).getByRole("group", { name: "Name" })).toHaveAccessibleDescription(/Ana Smith .* Ana Jones/);
    // It is read because it has the focus: an alert would be read a second time.
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    expect(name).toHaveValue("Ana Smith");
  });
});
