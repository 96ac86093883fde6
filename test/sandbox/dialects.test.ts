import { describe, expect, it } from "vitest";

import { cancelSession, createSession, getSession, listParticipants } from "../../src/core.ts";
import { at, connect } from "./connect.ts";

const body = {
  start_time: "Mon, 12 Jan 2026 10:00:00 GMT",
  end_time: "2026-01-12T21:30:00+11:00",
  participants: [{ display_name: "Ana Lee" }],
};

describe("the dialect spec", () => {
  it("responds with ISO 8601 in UTC for every form that was sent", async () => {
    const { call } = connect();
    const { json } = await call("POST", "/sessions", { body });
    expect(json).toMatchObject({ start_time: at(60), end_time: at(90) });
  });

  it("responds with participants as a page", async () => {
    const { call } = connect();
    const { json } = await call("POST", "/sessions", { body });
    const list = await call("GET", `/sessions/${String(json["session_id"])}/participants`);
    const info = { more: false, page: 0, page_size: 1, page_count: 1 };
    expect(list.json).toEqual({ content: json["participants"], ...info });
  });
});

describe("the dialect observed", () => {
  const observed = { dialect: "observed" } as const;

  it("responds with times in the form in which they were sent", async () => {
    const { call } = connect(observed);
    const { json } = await call("POST", "/sessions", { body });
    const { start_time, end_time } = body;
    expect(json).toMatchObject({ start_time, end_time });
    const path = `/sessions/${String(json["session_id"])}`;
    expect((await call("PUT", path, { body: { end_time: at(120) } })).json).toMatchObject({
      start_time,
      end_time: at(120),
    });
    expect((await call("GET", path)).json).toMatchObject({ start_time, end_time: at(120) });
  });

  it("responds with participants as an array", async () => {
    const { call } = connect(observed);
    const { json } = await call("POST", "/sessions", { body });
    const list = await call("GET", `/sessions/${String(json["session_id"])}/participants`);
    expect(list.json).toEqual(json["participants"]);
  });

  it("responds with 401 for a canceled session and 404 for an unknown one", async () => {
    const { call, client } = connect(observed);
    const { session_id } = await createSession(client, { start_time: at(60), end_time: at(90) });
    await cancelSession(client, session_id);
    for (const [method, path] of [
      ["GET", ""],
      ["PUT", ""],
      ["DELETE", ""],
      ["GET", "/participants"],
      ["POST", "/participants"],
    ] as const) {
      const sent = method === "GET" ? {} : { body: {} };
      expect(await call(method, `/sessions/${session_id}${path}`, sent)).toMatchObject({ status: 401 });
      expect(await call(method, `/sessions/00000000${path}`, sent)).toMatchObject({ status: 404 });
    }
  });
});

it("the client decodes the same from both", async () => {
  const read = async (dialect: "spec" | "observed") => {
    const { client } = connect({ dialect });
    const { session_id } = await createSession(client, body);
    const session = await getSession(client, session_id);
    const { content, more } = await listParticipants(client, session_id);
    await cancelSession(client, session_id);
    const gone: unknown = await getSession(client, session_id).catch((error: unknown) => error);
    return { session, content, more, gone: { ...Object(gone) } };
  };
  const spec = await read("spec");
  expect(spec).toMatchObject({ session: { start_time: at(60), end_time: at(90) }, gone: { code: "not_found" } });
  expect(await read("observed")).toEqual(spec);
});
