import { afterEach, describe, expect, it, vi } from "vitest";

import { joinUrl } from "../../src/api/entryUrl.ts";
import {
  CoviuError,
  createCoviuClient,
  createSession,
  getSession,
  listSessions,
  revealEntryUrl,
  updateParticipant,
  updateSession,
} from "../../src/core.ts";

const session = {
  session_id: "s",
  start_time: "2026-01-12T00:00:00.000Z",
  end_time: "2026-01-12T01:00:00.000Z",
};

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A client of a proxy whose response is what `respond` returns, and the requests that reached it. */
function connect(
  respond: (request: Request) => unknown,
  options: Partial<Parameters<typeof createCoviuClient>[0]> = {},
) {
  const reached: { method: string; url: string; headers: Headers; body: string }[] = [];
  const client = createCoviuClient({
    baseUrl: "https://clinic.example/api/coviu",
    async fetch(input, init) {
      const request = new Request(input, init);
      const { method, url, headers } = request;
      reached.push({ method, url, headers, body: await request.clone().text() });
      const response = respond(request);
      return response instanceof Response ? response : Response.json(response);
    },
    ...options,
  });
  return { client, reached };
}

describe("a request to a proxy", () => {
  it("has the headers accept and coviu-kit", async () => {
    const { client, reached } = connect(() => session);
    await getSession(client, "s", { deleted_participants: true });
    expect(reached).toMatchObject([
      {
        method: "GET",
        url: "https://clinic.example/api/coviu/sessions/s?deleted_participants=true",
      },
    ]);
    expect(reached[0]?.headers.get("accept")).toBe("application/json");
    expect(reached[0]?.headers.get("coviu-kit")).toBe("1");
    expect(client.entryUrls).toBe("with-participants");
    expect(connect(() => session, { entryUrls: "on-demand" }).client.entryUrls).toBe("on-demand");
  });

  it("has the previous values of an edit as if_unchanged, which a request to the API does not have", async () => {
    const { client, reached } = connect(() => ({ ...session, participant_id: "p" }));
    await updateSession(client, "s", { session_name: "New" }, { ifUnchanged: { session_name: "Old" } });
    await updateParticipant(client, "p", { state: "x" }, { ifUnchanged: { state: "" } });
    await updateSession(client, "s", { session_name: "New" });
    expect(reached.map(({ body }): unknown => JSON.parse(body))).toEqual([
      { session_name: "New", if_unchanged: { session_name: "Old" } },
      { state: "x", if_unchanged: { state: "" } },
      { session_name: "New" },
    ]);
    const direct = connect(() => session, { getAccessToken: async () => "token" });
    await updateSession(direct.client, "s", { session_name: "New" }, { ifUnchanged: { session_name: "Old" } });
    expect(direct.reached.map(({ body }) => body)).toEqual(['{"session_name":"New"}']);
  });

  it("has an idempotency key on plain HTTP too, without crypto.randomUUID and crypto.subtle", async () => {
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const { client, reached } = connect(() => session);
    await updateSession(client, "s", {});
    await updateSession(client, "s", {});
    const ids = reached.map(({ headers }) => headers.get("idempotency-key"));
    expect(ids[0]).toMatch(/^"[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}"$/);
    expect(ids[1]).not.toBe(ids[0]);
  });

  it("is sent once with retry: false", async () => {
    const { client, reached } = connect(() => new Response(null, { status: 503 }));
    await expect(listSessions(client, {}, { retry: false })).rejects.toMatchObject({ code: "server" });
    expect(reached).toHaveLength(1);
  });
});

describe("a request that the schema refuses", () => {
  it("rejects with the names of its fields, and is not sent", async () => {
    const { client, reached } = connect(() => session);
    const { start_time, end_time } = session;
    await expect(createSession(client, { start_time: end_time, end_time: start_time })).rejects.toMatchObject({
      code: "invalid_input",
      outcome: "not-sent",
    });
    // @ts-expect-error -- not in the contract
    await expect(updateSession(client, "s", { session_name: 7, room: 1 })).rejects.toMatchObject({
      message: "updateSession: invalid_input session_name, room",
    });
    await expect(getSession(client, "..")).rejects.toMatchObject({ message: "getSessionById: invalid_input id" });
    expect(reached).toEqual([]);
  });
});

describe("a browser that reports offline", () => {
  it("makes a write check with a small read first, and then send", async () => {
    vi.stubGlobal("navigator", { onLine: false });
    const { client, reached } = connect(({ method }) => (method === "GET" ? { content: [], more: false } : session));
    await updateSession(client, "s", { session_name: "New" });
    expect(reached.map(({ method, url }) => [method, url.replace(/.*coviu\//, "")])).toEqual([
      ["GET", "sessions?page_size=1"],
      ["PUT", "sessions/s"],
    ]);
  });

  it("makes a write send also when the small read gets 403", async () => {
    vi.stubGlobal("navigator", { onLine: false });
    const { client, reached } = connect(({ method }) =>
      method === "GET" ? new Response(null, { status: 403 }) : session,
    );
    await updateSession(client, "s", {});
    expect(reached).toHaveLength(2);
  });

  it("makes a write fail as not-sent when the small read can't reach the server", async () => {
    vi.stubGlobal("navigator", { onLine: false });
    const { client, reached } = connect(() => {
      throw new TypeError("Failed to fetch");
    });
    await expect(updateSession(client, "s", {})).rejects.toMatchObject({
      code: "unreachable",
      operation: "updateSession",
      outcome: "not-sent",
    });
    expect(reached.map(({ method }) => method)).toEqual(["GET"]);
  });
});

describe("a client that has ended", () => {
  it("rejects a waiting write with an unknown outcome, and sends nothing more", async () => {
    const { client } = connect(() => new Promise(() => {}), { fetch: () => new Promise(() => {}) });
    const waiting = updateSession(client, "s", {});
    client.end();
    await expect(waiting).rejects.toMatchObject({
      code: "auth_required",
      operation: "updateSession",
      outcome: "unknown",
    });
    await expect(getSession(client, "s")).rejects.toMatchObject({ code: "auth_required", outcome: "not-sent" });
  });
});

describe("the app's own requests with client.http", () => {
  it("set the connection to signed-out after a 401, and not after a 403", async () => {
    const onAuthLost = vi.fn<() => void>();
    let status = 403;
    const { client } = connect(() => new Response(null, { status }), { onAuthLost });
    const own = () => client.http.get("sessions").json();
    await expect(own()).rejects.toMatchObject({ code: "forbidden", operation: "request" });
    expect([client.connection.state, onAuthLost.mock.calls.length]).toEqual(["up", 0]);
    status = 401;
    await expect(own()).rejects.toMatchObject({ code: "auth_required", operation: "request" });
    expect([client.connection.state, onAuthLost.mock.calls.length]).toEqual(["signed-out", 1]);
  });

  it("do not quote a response that can't be parsed", async () => {
    const { client } = connect(
      () => new Response('{"display_name": "Ana Lee', { headers: { "content-type": "application/json" } }),
    );
    const error: unknown = await client.http
      .get("sessions")
      .json()
      .catch((reason: unknown) => reason);
    expect(CoviuError.is(error)).toBe(true);
    expect(error).toMatchObject({
      code: "bad_response",
      operation: "request",
      outcome: "unknown",
      message: "request: bad_response",
    });
  });
});

describe("revealEntryUrl", () => {
  it("requests one entry link and returns it", async () => {
    const { client, reached } = connect(() => ({ entry_url: "https://coviu.com/session/x" }));
    await expect(revealEntryUrl(client, "handle_-1")).resolves.toBe("https://coviu.com/session/x");
    expect(reached).toMatchObject([
      { method: "POST", url: "https://clinic.example/api/coviu/participants/handle_-1/entry-url" },
    ]);
  });

  it.each([{}, { entry_url: 7 }, null, "https://coviu.com/session/x", []])(
    "rejects the response %j",
    async (response) => {
      const { client } = connect(() => response);
      await expect(revealEntryUrl(client, "handle")).rejects.toMatchObject({
        code: "bad_response",
        operation: "revealEntryUrl",
        message: "revealEntryUrl: bad_response",
      });
    },
  );

  it("rejects with the server's explanation, and sends nothing for an invalid id", async () => {
    const { client, reached } = connect(() => Response.json({ error: { message: "Too many" } }, { status: 429 }));
    await expect(revealEntryUrl(client, "handle")).rejects.toMatchObject({
      code: "rate_limited",
      operation: "revealEntryUrl",
      explanation: "Too many",
    });
    await expect(revealEntryUrl(client, "../x")).rejects.toMatchObject({ message: "revealEntryUrl: invalid_input id" });
    expect(reached).toHaveLength(1);
    await expect(revealEntryUrl(client, "h", { signal: AbortSignal.abort("aborted") })).rejects.toBe("aborted");
  });
});

describe("joinUrl", () => {
  it("is a URL below the proxy's mount path, and undefined for an invalid id", () => {
    const { client } = connect(() => session, { baseUrl: "https://clinic.example/api/coviu/" });
    expect(joinUrl(client, "handle_-1")).toBe("https://clinic.example/api/coviu/participants/handle_-1/join");
    for (const id of ["..", "", "a/b", "a?b", "x".repeat(513)]) expect(joinUrl(client, id)).toBeUndefined();
  });
});
