import { describe, expect, it } from "vitest";

import {
  cancelSession,
  createSession,
  listSessions,
  removeParticipant,
  type SessionCreationRequest,
  type ListSessionsParams,
} from "../../src/core.ts";
import { at, connect } from "./connect.ts";

async function booked(...sessions: (Partial<SessionCreationRequest> & { session_name: string })[]) {
  const connected = connect();
  const ids: Record<string, string> = {};
  const participantIds: Record<string, string> = {};
  for (const session of sessions) {
    const created = await createSession(connected.client, { start_time: at(60), end_time: at(90), ...session });
    ids[session.session_name] = created.session_id;
    participantIds[session.session_name] = created.participants?.[0]?.participant_id ?? "";
  }
  const names = async (params: ListSessionsParams = {}) =>
    (await listSessions(connected.client, params)).content.map(({ session_name }) => session_name);
  return {
    ...connected,
    names,
    id: (name: string) => ids[name] ?? "",
    participantId: (name: string) => participantIds[name] ?? "",
  };
}

describe("pages", () => {
  it("are zero-based, and have page_size, page_count and more", async () => {
    const { client } = connect({ seed: 5 });
    const read = async (page: number) => {
      const { content, ...info } = await listSessions(client, { page, page_size: 2 });
      return { names: content.map(({ session_name }) => session_name), ...info };
    };
    const page_count = 3;
    expect(await read(0)).toEqual({ names: ["Review 1", "Review 2"], more: true, page: 0, page_size: 2, page_count });
    expect(await read(1)).toEqual({ names: ["Review 3", "Review 4"], more: true, page: 1, page_size: 2, page_count });
    expect(await read(2)).toEqual({ names: ["Review 5"], more: false, page: 2, page_size: 1, page_count });
    expect(await read(3)).toEqual({ names: [], more: false, page: 3, page_size: 0, page_count });
  });

  it("have 200 rows by default, and never more", async () => {
    const { client, call } = connect({ seed: 201 });
    const { content, more } = await listSessions(client);
    expect({ rows: content.length, more }).toEqual({ rows: 200, more: true });
    expect(await listSessions(client, { page_size: 200, page: 1 })).toMatchObject({ page_size: 1, more: false });
    expect((await listSessions(client, { page_size: 1 })).content).toHaveLength(1);
    for (const size of [0, 201])
      expect(await call("GET", `/sessions?page_size=${size}`)).toMatchObject({ status: 400 });
  });

  it("that are exactly full have more: false if no row follows", async () => {
    const { client } = connect({ seed: 4 });
    expect((await listSessions(client, { page_size: 2, page: 1 })).more).toBe(false);
  });
});

describe("filters", () => {
  it("by time return sessions that start from start_time to end_time, inclusive", async () => {
    const { names } = await booked(
      { session_name: "ten", start_time: at(60), end_time: at(180) },
      { session_name: "eleven", start_time: at(120), end_time: at(150) },
      { session_name: "twelve", start_time: at(180), end_time: at(210) },
    );
    expect(await names({ start_time: at(60) })).toEqual(["ten", "eleven", "twelve"]);
    expect(await names({ start_time: at(60.01) })).toEqual(["eleven", "twelve"]);
    expect(await names({ end_time: at(120) })).toEqual(["ten", "eleven"]);
    expect(await names({ end_time: at(119.99) })).toEqual(["ten"]);
    expect(await names({ start_time: at(120), end_time: at(120) })).toEqual(["eleven"]);
    expect(await names({ start_time: at(150), end_time: at(160) })).toEqual([]);
  });

  it("by state return sessions in which a participant has exactly that state", async () => {
    const { client, names, participantId } = await booked(
      { session_name: "theirs", participants: [{ state: "user-1" }, { state: "user-2" }] },
      { session_name: "longer", participants: [{ state: "user-11" }] },
      { session_name: "removed", participants: [{ state: "user-1" }] },
      { session_name: "empty" },
    );
    await removeParticipant(client, participantId("removed"));
    expect(await names({ state: "user-1" })).toEqual(["theirs"]);
    expect(await names({ state: "user-2" })).toEqual(["theirs"]);
    expect(await names({ state: "USER-1" })).toEqual([]);
    expect(await names({ state: "user-1", deleted_participants: true })).toEqual(["theirs", "removed"]);
  });

  it("exclude canceled sessions by default", async () => {
    const { client, names, id } = await booked({ session_name: "other" }, { session_name: "canceled" });
    await cancelSession(client, id("canceled"));
    expect(await names()).toEqual(["other"]);
    expect(await names({ include_canceled: false })).toEqual(["other"]);
    expect(await names({ include_canceled: true })).toEqual(["other", "canceled"]);
  });

  it("apply before paging", async () => {
    const { client, id } = await booked({ session_name: "canceled" }, { session_name: "a" }, { session_name: "b" });
    await cancelSession(client, id("canceled"));
    const first = await listSessions(client, { page_size: 1 });
    expect(first).toMatchObject({ content: [{ session_name: "a" }], more: true, page_count: 2 });
  });
});

describe("orders", () => {
  const unsorted = [
    { session_name: "second", start_time: at(120), end_time: at(150) },
    { session_name: "first", start_time: at(60), end_time: at(90) },
    { session_name: "third", start_time: at(180), end_time: at(210) },
  ];

  it("are by creation without a time filter", async () => {
    const { names } = await booked(...unsorted);
    expect(await names()).toEqual(["second", "first", "third"]);
    expect(await names({ order: "forward" })).toEqual(["second", "first", "third"]);
    expect(await names({ order: "reverse" })).toEqual(["third", "first", "second"]);
  });

  it.each([{ start_time: at(0) }, { end_time: at(600) }])("are by start with a time filter: %o", async (filter) => {
    const { names } = await booked(...unsorted);
    expect(await names(filter)).toEqual(["first", "second", "third"]);
    expect(await names({ ...filter, order: "forward" })).toEqual(["first", "second", "third"]);
    expect(await names({ ...filter, order: "reverse" })).toEqual(["third", "second", "first"]);
  });

  it("accept backwards as an alias of reverse, and no other value", async () => {
    const { call } = await booked(...unsorted);
    const { json: reverse } = await call("GET", "/sessions?order=reverse");
    expect(await call("GET", "/sessions?order=backwards")).toEqual({ status: 200, json: reverse });
    expect(await call("GET", "/sessions?order=backward")).toMatchObject({ status: 400 });
  });
});
