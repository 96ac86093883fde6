import { describe, expect, it, vi } from "vitest";

import { booking, type ClinicOptions, createClinic, inTime, now, origin, fakeClockAtNow } from "./clinic.ts";

const creating = { method: "POST", path: "sessions", body: booking };

fakeClockAtNow();

/** Adds fields with ids and links to every object of a response, as a later version of the service might. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value !== "object" || value === null) return value;
  const own = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withMore(one)]));
  const text = JSON.stringify(value);
  const ids = text.match(/(?<="participant_id":")[\w-]+/g) ?? [];
  const urls = text.match(/https:\/\/coviu\.com\/session\/[\w-]+/g) ?? [];
  return {
    ...own,
    links: urls,
    waiting: { room: urls[0] ?? canaryUrl },
    people: Object.fromEntries(ids.map((id) => [id, 1])),
  };
}
const canaryUrl = "https://coviu.com/session/canary-0000";

async function openClinic(options: ClinicOptions = {}) {
  const clinic = createClinic({ entryUrls: "on-demand", ...options });
  const { json: session } = await inTime(clinic.write("chen", creating));
  const [host, guest] = session.participants;
  const upstreamId: string =
    clinic.sandbox
      .canaries()
      .filter(({ kind }) => kind === "participant-id")
      .map(({ value }) => value)
      .at(-1) ?? "";
  const entryUrl = `https://coviu.com/session/${upstreamId}`;
  clinic.wire.length = 0;
  clinic.events.length = 0;
  const reveal = (user: "chen" | "okafor" | "desk", handle: string = guest.participant_id, { send } = clinic) =>
    inTime(send(user, `participants/${handle}/entry-url`, { method: "POST" }));
  /** Opens a join URL as a click on a page of the app does. */
  const join = (user: string, handle: string = guest.participant_id, headers: Record<string, string> = {}) =>
    inTime(
      clinic.proxy(
        new Request(`${origin}/api/coviu/participants/${handle}/join`, {
          headers: {
            cookie: `user=${user}`,
            "sec-fetch-site": "same-origin",
            "sec-fetch-mode": "navigate",
            ...headers,
          },
        }),
      ),
    );
  return { ...clinic, session, host, guest, upstreamId, entryUrl, reveal, join };
}

describe("entry links on demand", () => {
  it("remove entry links and participant ids from the responses of all ten operations", async () => {
    const { sandbox, session, host, guest, server, events } = await openClinic();
    const odd = server({
      async fetch(input, init) {
        const response = await sandbox.fetch(input, init);
        if (!response.ok) return response;
        const body: object = await response.json();
        return "access_token" in body ? Response.json(body) : Response.json(withMore(body));
      },
    });
    const session_id: string = session.session_id;
    const participant = `participants/${guest.participant_id}`;
    const calls = [
      { method: "GET", path: "sessions" },
      { method: "GET", path: `sessions?start_time=${now}&deleted_participants=true&include_canceled=true` },
      creating,
      { method: "GET", path: `sessions/${session_id}` },
      { method: "PUT", path: `sessions/${session_id}`, body: { session_name: "New" } },
      { method: "GET", path: `sessions/${session_id}/participants` },
      { method: "POST", path: `sessions/${session_id}/participants`, body: { display_name: "Kwame Mensah" } },
      { method: "GET", path: participant },
      { method: "PUT", path: participant, body: { display_name: "Ana L" } },
      { method: "DELETE", path: `participants/${host.participant_id}` },
      { method: "DELETE", path: `sessions/${session_id}` },
    ];
    const responses: string[] = [];
    for (const call of calls) {
      // The host is removed first, so that only reception keeps access.
      // oxlint-disable-next-line no-await-in-loop
      const own = await handleFor(call.path);
      // oxlint-disable-next-line no-await-in-loop
      const { status, headers, json } = await inTime(odd.write("desk", { ...call, path: own }));
      expect([status, own]).toEqual([200, own]);
      responses.push(JSON.stringify([json, [...headers]]));
    }

    const secrets = sandbox.canaries().filter(({ kind }) => kind === "participant-id" || kind === "entry-link");
    const all = responses.join("\n") + JSON.stringify(events);
    expect(secrets.length).toBeGreaterThan(50);
    expect(secrets.filter(({ value }) => all.includes(value))).toEqual([]);
    expect(all).not.toMatch(/coviu\.com|canary|entry_url|client_id|team_id/);
    // The participants themselves are in the response.
    expect(all).toMatch(/Kwame Mensah.*participant_id|participant_id.*Kwame Mensah/);

    /** Finds reception's handle for a participant of whom Chen has a handle. */
    async function handleFor(path: string): Promise<string> {
      const [, chensHandle = ""] = /^participants\/(.+)$/.exec(path) ?? [];
      if (!chensHandle) return path;
      const index = chensHandle === host.participant_id ? 0 : 1;
      const { json } = await inTime(odd.write("desk", { method: "GET", path: `sessions/${session_id}` }));
      return `participants/${json.participants[index].participant_id}`;
    }
  });

  it("use the same handle for a participant each time and on every server, for one user only", async () => {
    const { send, server, session, guest, upstreamId, reveal, join, write, wire } = await openClinic();
    const read = async (user: string, from: typeof send = send) =>
      inTime(from(user, `sessions/${session.session_id}`)).then((response) => response.json());
    const guestHandle = (body: { participants: { participant_id: string }[] }) => body.participants[1]?.participant_id;
    expect(guestHandle(await read("chen"))).toBe(guest.participant_id);
    expect(guestHandle(await read("chen", server().send))).toBe(guest.participant_id);
    const deskHandle = guestHandle(await read("desk"));
    expect(deskHandle).not.toBe(guest.participant_id);
    expect(guest.participant_id).toMatch(/^[\w-]{40,512}$/);

    wire.length = 0;
    const flip = (text: string) => (text.startsWith("A") ? `B${text.slice(1)}` : `A${text.slice(1)}`);
    const foreign = [
      deskHandle ?? "",
      upstreamId,
      flip(guest.participant_id),
      `${guest.participant_id}A`,
      "x",
      session.session_id,
    ];
    for (const handle of foreign) {
      const path = `participants/${handle}`;
      // oxlint-disable no-await-in-loop
      expect((await reveal("chen", handle)).status).toBe(404);
      expect((await join("chen", handle)).status).toBe(404);
      expect((await inTime(send("chen", path))).status).toBe(404);
      expect((await inTime(write("chen", { method: "PUT", path, body: { display_name: "X" } }))).status).toBe(404);
      expect((await inTime(write("chen", { method: "DELETE", path }))).status).toBe(404);
      // oxlint-enable no-await-in-loop
    }
    expect(wire).toEqual([]);
    const north = server({ authenticate: () => ({ id: "clinician-chen", role: "clinician", tenant: "north" }) });
    expect((await inTime(north.send("chen", `participants/${guest.participant_id}`))).status).toBe(404);
  });

  it("are requested one by one, and each appears in the audit", async () => {
    const { reveal, send, session, entryUrl, events } = await openClinic();
    const response = await reveal("chen");
    expect([response.status, await response.json()]).toEqual([200, { entry_url: entryUrl }]);
    const { participants } = await inTime(send("desk", `sessions/${session.session_id}`)).then((response) =>
      response.json(),
    );
    expect((await reveal("desk", participants[1].participant_id)).status).toBe(200);
    expect((await reveal("okafor")).status).toBe(404);

    const audited = events.filter(({ operation }) => operation === "revealEntryUrl");
    expect(audited).toMatchObject([
      { user: "clinician-chen", outcome: "done", status: 200, at: "2026-01-11T22:52:00.000Z" },
      { user: "desk", outcome: "done", status: 200 },
      { user: "clinician-okafor", outcome: "refused", status: 404, code: "not_found" },
    ]);
    // The audit shows that both received the entry link of the same participant.
    expect(audited[0]?.handle).toBe(audited[1]?.handle);
    expect(JSON.stringify(events)).not.toMatch(/coviu\.com|Ana/);
  });

  it("call authorize for each", async () => {
    const { reveal, join, send, guest } = await openClinic({
      authorize: (_, operation) => operation !== "revealEntryUrl" && operation !== "joinSession",
    });
    expect((await inTime(send("chen", `participants/${guest.participant_id}`))).status).toBe(200);
    const response = await reveal("chen");
    expect([response.status, await response.text()]).toEqual([403, expect.not.stringContaining("coviu.com")]);
    const joined = await join("chen");
    expect([joined.status, joined.headers.get("location")]).toEqual([403, null]);
  });

  it("are limited per user across all servers, for copying and joining together", async () => {
    const { reveal, join, server, guest, send, session } = await openClinic({ entryUrlsPerHour: 5 });
    const other = server();
    const requests = Array.from({ length: 20 }, (_, index) => {
      const { proxy } = index % 2 ? other : server();
      const headers = { cookie: "user=chen", "sec-fetch-site": "same-origin", "coviu-kit": "1" };
      const path = `${origin}/api/coviu/participants/${guest.participant_id}`;
      return proxy(
        index % 3
          ? new Request(`${path}/entry-url`, { method: "POST", headers })
          : new Request(`${path}/join`, { headers: { ...headers, "sec-fetch-mode": "navigate" } }),
      );
    });
    const responses = await inTime(Promise.all(requests));
    const granted = responses.filter(({ status }) => status === 200 || status === 303);
    const refused = responses.filter(({ status }) => status === 429);
    expect([granted.length, refused.length]).toEqual([5, 15]);
    // The hour ends 8 minutes later.
    expect(refused[0]?.headers.get("retry-after")).toBe("480");
    expect((await join("chen")).status).toBe(429);

    const { participants } = await inTime(send("desk", `sessions/${session.session_id}`)).then((response) =>
      response.json(),
    );
    expect((await reveal("desk", participants[1].participant_id)).status).toBe(200);
    await vi.advanceTimersByTimeAsync(480_000);
    expect((await reveal("chen")).status).toBe(200);
  });

  it("are refused while the store can't count them", async () => {
    const { server, guest } = await openClinic();
    const down = () => Promise.reject(new Error("store"));
    const { send } = server({ store: { get: down, swap: down } });
    const response = await inTime(send("chen", `participants/${guest.participant_id}/entry-url`, { method: "POST" }));
    expect([response.status, await response.text()]).toEqual([503, expect.not.stringContaining("coviu.com/")]);
  });

  it("redirect only from pages of the app, and to trusted hosts", async () => {
    const { join, entryUrl, wire } = await openClinic();
    const response = await join("chen");
    expect([response.status, response.headers.get("location"), await response.text()]).toEqual([303, entryUrl, ""]);
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(response.headers.get("cache-control")).toBe("no-store");

    wire.length = 0;
    for (const site of ["cross-site", "same-site", "none", ""]) {
      // oxlint-disable-next-line no-await-in-loop
      const refused = await join("chen", undefined, { "sec-fetch-site": site });
      expect([refused.status, refused.headers.get("location"), site]).toEqual([403, null, site]);
    }
    for (const mode of ["cors", "no-cors", "same-origin", "websocket", ""]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await join("chen", undefined, { "sec-fetch-mode": mode })).status).toBe(403);
    }
    expect((await join("chen", undefined, { origin: "https://evil.example" })).status).toBe(403);
    expect(wire).toEqual([]);
    expect((await join("unknown")).status).toBe(401);
  });

  it.each([
    "https://evil.example/session/x",
    "https://coviu.com.evil.example/session/x",
    "https://coviu.com@evil.example/session/x",
    "http://coviu.com/session/x",
    "javascript:alert(1)//coviu.com",
    "//coviu.com/session/x",
    "https://coviu.com\\@evil.example/",
    "https://coviu.com/a\r\nset-cookie: a=b",
    "",
    undefined,
  ])("are refused with 502 when the service returns %s", async (entry_url) => {
    const { server, sandbox, guest } = await openClinic();
    const { send } = server({
      async fetch(input, init) {
        const response = await sandbox.fetch(input, init);
        const body: object = await response.json();
        return Response.json("entry_url" in body ? { ...body, entry_url } : body);
      },
    });
    const path = `participants/${guest.participant_id}`;
    const headers = { "sec-fetch-mode": "navigate" };
    const joined = await inTime(send("chen", `${path}/join`, { headers }));
    expect([joined.status, joined.headers.get("location"), joined.headers.get("set-cookie")]).toEqual([
      502,
      null,
      null,
    ]);
    const revealed = await inTime(send("chen", `${path}/entry-url`, { method: "POST" }));
    expect([revealed.status, await revealed.text()]).toEqual([502, expect.not.stringMatching(/evil|alert/)]);
  });

  it("are refused with 502 for a host that is not in entryUrlHosts", async () => {
    const { join } = await openClinic({ entryUrlHosts: ["video.clinic.example"] });
    expect((await join("chen")).status).toBe(502);
  });
});
