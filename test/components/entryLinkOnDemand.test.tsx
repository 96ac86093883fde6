import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import { EntryLink, type Participant, SessionDetails } from "../../src/index.ts";
import { renderWithCoviu } from "../render.tsx";
import { type ClinicOptions, createClinic, origin } from "../server/clinic.ts";

/** A guest of a running session, at a desk whose server gives links on demand. */
async function desk(options: ClinicOptions = {}) {
  const clinic = createClinic({ entryUrls: "on-demand", ...options });
  const { proxy, sandbox } = clinic;
  const client = createCoviuClient({
    baseUrl: `${origin}/api/coviu`,
    entryUrls: "on-demand",
    fetch: (input, init) => {
      const request = new Request(input, init);
      request.headers.set("cookie", "user=desk");
      request.headers.set("sec-fetch-site", "same-origin");
      return proxy(request);
    },
  });
  const now = () => sandbox.clock.now();
  const { content } = await listSessions(client, { page_size: 200 });
  const session = content.find(
    ({ start_time, end_time }) => start_time < now().toISOString() && end_time > now().toISOString(),
  );
  const person = session?.participants?.find(({ role }) => role === "GUEST");
  if (!session || !person) throw new Error("The seed has a running session.");
  return { ...clinic, client, session, person, now };
}

describe("EntryLink where links are given on demand", () => {
  it("asks for the link when it is to be seen, and forgets it when it is hidden", async () => {
    const { client, session, person, now, events } = await desk();
    expect(person.entry_url).toBeUndefined();
    const { user, container } = renderWithCoviu(<EntryLink participant={person} session={session} />, { client, now });
    const show = await screen.findByRole("button", { name: `Show link for ${person.display_name}` });
    expect(events.map(({ operation }) => operation)).toEqual(["getSessionPage"]);
    await user.click(show);
    await screen.findByText(/^https:\/\/coviu\.com\//);
    expect(events.at(-1)).toMatchObject({ operation: "revealEntryUrl", outcome: "done", user: "desk" });
    await user.click(show);
    await waitFor(() => expect(container).not.toHaveTextContent("https:"));
  });

  it("copies the link of just this person, once for two clicks", async () => {
    const { client, session, person, now, events } = await desk();
    const { user } = renderWithCoviu(<EntryLink participant={person} session={session} />, { client, now });
    await user.dblClick(await screen.findByRole("button", { name: `Copy link for ${person.display_name}` }));
    await screen.findByText(/^Link for .* copied$/);
    const copied = await navigator.clipboard.readText();
    expect(copied).toMatch(/^https:\/\/coviu\.com\/.*[\da-f-]{36}$/);
    expect(copied).not.toContain(person.participant_id);
    expect(events.filter(({ operation }) => operation === "revealEntryUrl")).toHaveLength(1);
  });

  it.each(["Go back", "another session"])("copies nothing any more after %s", async (way) => {
    const { client, session, person, now, sandbox } = await desk();
    const host = session.participants?.find(({ role }) => role === "HOST");
    if (!host) throw new Error("The seed has a host.");
    const links = (people: Participant[]) =>
      people.map((one) => <EntryLink key={one.participant_id} participant={one} />);
    const { user, rerender } = renderWithCoviu(<>{links([host, person])}</>, { client, now });
    const held = sandbox.faults.hold({ operation: "getSessionParticipant" });
    await user.click(await screen.findByRole("button", { name: `Copy host link for ${host.display_name}` }));
    const question = within(await screen.findByRole("alertdialog"));
    await user.click(question.getByRole("button", { name: `Copy host link for ${host.display_name}` }));
    await held.reached;
    if (way === "Go back") await user.click(question.getByRole("button", { name: "Go back" }));
    else rerender(<>{links([person])}</>);
    await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
    await user.click(screen.getByRole("button", { name: `Copy link for ${person.display_name}` }));
    await screen.findByText(/^Link for .* copied$/);
    const copied = await navigator.clipboard.readText();
    held.release();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await navigator.clipboard.readText()).toBe(copied);
    expect(screen.getAllByText(/^Link for .* copied$/)).toHaveLength(1);
  });

  it("says of the last link alone that it was copied", async () => {
    const { client, person, now } = await desk();
    const people = [person, { ...person, participant_id: "another", entry_url: "https://coviu.com/session/another" }];
    const ui = people.map((one) => <EntryLink key={one.participant_id} participant={one} />);
    const { user } = renderWithCoviu(<>{ui}</>, { client, now });
    for (const copy of await screen.findAllByRole("button", { name: `Copy link for ${person.display_name}` })) {
      // oxlint-disable-next-line no-await-in-loop -- there is one clipboard
      await user.click(copy);
      // oxlint-disable-next-line no-await-in-loop
      await waitFor(() => expect(copy.closest(".coviu-entry-link")).toHaveTextContent(/copied$/));
    }
    expect(screen.getAllByText(/copied$/)).toHaveLength(1);
  });

  it("joins by way of the server, with nothing secret in the link", async () => {
    const { client, session, person, now } = await desk();
    renderWithCoviu(<EntryLink participant={person} session={session} />, { client, now });
    const join = await screen.findByRole("link", { name: `Join as ${person.display_name} (opens in a new tab)` });
    expect(join).toHaveAttribute("href", `${origin}/api/coviu/participants/${person.participant_id}/join`);
  });

  it("offers the same to a participant who opens the session", async () => {
    const { client, session, now } = await desk();
    const host = session.participants?.find(({ state }) => state !== undefined);
    renderWithCoviu(<SessionDetails sessionId={session.session_id} joinAs={host?.state ?? ""} />, { client, now });
    const joins = await screen.findAllByRole("link", { name: /^Join/ });
    expect(joins[0]).toHaveAttribute("href", `${origin}/api/coviu/participants/${host?.participant_id}/join`);
  });

  it("shows why the server returns no link", async () => {
    const { client, session, person, now } = await desk({ entryUrlsPerHour: 0 });
    const { user, container } = renderWithCoviu(<EntryLink participant={person} session={session} />, { client, now });
    await user.click(await screen.findByRole("button", { name: `Copy link for ${person.display_name}` }));
    await screen.findByText(/Too many entry links in one hour/);
    expect(container).not.toHaveTextContent("copied");
  });

  it("shows that a link leads to a domain that is not trusted", async () => {
    const { client, session, person, now } = await desk();
    const entryUrlHosts = ["other.example"];
    const { user } = renderWithCoviu(<EntryLink participant={person} session={session} />, {
      client,
      now,
      entryUrlHosts,
    });
    await user.click(await screen.findByRole("button", { name: `Show link for ${person.display_name}` }));
    expect(await screen.findByText(/^This link leads to an address that isn’t trusted here/)).toBeVisible();
  });
});
