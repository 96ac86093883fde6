import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import { EntryLink, SessionDetails } from "../../src/index.ts";
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

  it("joins by way of the server, with nothing secret in the link", async () => {
    const { client, session, person, now } = await desk();
    renderWithCoviu(<EntryLink participant={person} session={session} />, { client, now });
    const join = await screen.findByRole("link", { name: `Join as ${person.display_name} (opens in a new tab)` });
    expect(join).toHaveAttribute("href", `${origin}/api/coviu/participants/${person.participant_id}/join`);
  });

  it("offers the same to whoever opens the session as one of its people", async () => {
    const { client, session, now } = await desk();
    const host = session.participants?.find(({ state }) => state !== undefined);
    renderWithCoviu(<SessionDetails sessionId={session.session_id} joinAs={host?.state ?? ""} />, { client, now });
    const joins = await screen.findAllByRole("link", { name: /^Join/ });
    expect(joins[0]).toHaveAttribute("href", `${origin}/api/coviu/participants/${host?.participant_id}/join`);
  });

  it("says why the server gives no link, and shows none", async () => {
    const { client, session, person, now } = await desk({ entryUrlsPerHour: 0 });
    const { user, container } = renderWithCoviu(<EntryLink participant={person} session={session} />, { client, now });
    await user.click(await screen.findByRole("button", { name: `Copy link for ${person.display_name}` }));
    await screen.findByText(/Too many links in an hour/);
    expect(container).not.toHaveTextContent("copied");
  });

  it("says that a link leads to a host that is not trusted here", async () => {
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
