import { describe, expect, it } from "vitest";

import {
  addParticipantMutationOptions,
  cancelSessionMutationOptions,
  createCoviuClient,
  createSession,
  createSessionMutationOptions,
  infiniteSessionsQueryOptions,
  participantQueryOptions,
  participantsQueryOptions,
  removeParticipantMutationOptions,
  sessionQueryOptions,
  type ListSessionsParams,
  sessionsQueryOptions,
  type SessionUpdateRequest,
  updateParticipantMutationOptions,
  updateSessionMutationOptions,
} from "../../src/core.ts";
import { clinic, inDays, isStale, namesOf, now, watch, write } from "./clinic.ts";

const clock = () => new Date(now);
/** Read time of a stale entry. Details of canceled sessions are never refetched. */
const longAgo = Date.now() - 60_000;
const removed = { deleted_participants: true };
const moved = { start_time: inDays(3), end_time: inDays(3, 30) };
const renamed = { session_name: "Knee rehab, second visit" };

describe("a changed session in a cached list", () => {
  const cases: [string, ListSessionsParams, SessionUpdateRequest, { rows: number; stale: boolean }][] = [
    ["is replaced in a list without filters", {}, renamed, { rows: 1, stale: false }],
    [
      "is replaced in a list by time when its time is the same",
      { start_time: inDays(0) },
      renamed,
      { rows: 1, stale: false },
    ],
    ["is replaced in a list without a time filter when it is moved", {}, moved, { rows: 1, stale: false }],
    ["makes a list by time stale when it is moved", { start_time: inDays(0) }, moved, { rows: 1, stale: true }],
    [
      "is removed from the days it is moved from",
      { start_time: inDays(0), end_time: inDays(2) },
      moved,
      { rows: 0, stale: true },
    ],
    ["makes the list of the days it is moved to stale", { start_time: inDays(2) }, moved, { rows: 0, stale: true }],
    ["does not change lists of other days", { start_time: inDays(5) }, moved, { rows: 0, stale: false }],
    [
      "makes a list stale when only the server can decide",
      { end_time: inDays(3, 15) },
      moved,
      { rows: 1, stale: true },
    ],
    ["is replaced in the list of its participant", { state: "chen" }, renamed, { rows: 1, stale: false }],
    ["does not change the list of another participant", { state: "okafor" }, renamed, { rows: 0, stale: false }],
  ];

  it.each(cases)("%s (%j)", async (_, params, request, expected) => {
    const { client, queryClient, sessionId, sandbox } = await clinic();
    const list = sessionsQueryOptions(client, params);
    const infinite = infiniteSessionsQueryOptions(client, params);
    await queryClient.prefetchQuery(list);
    await queryClient.prefetchInfiniteQuery(infinite);
    sandbox.log.clear();
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request });

    const rows = queryClient.getQueryData(list.queryKey)?.content;
    expect({ rows: rows?.length, stale: isStale(queryClient, list.queryKey) }).toEqual(expected);
    for (const row of rows ?? []) expect(row).toMatchObject(request);
    expect(queryClient.getQueryData(infinite.queryKey)?.pages.map((page) => page.content)).toEqual([rows]);
    expect(isStale(queryClient, infinite.queryKey)).toBe(expected.stale);
    // Lists without an observer are not refetched.
    expect(sandbox.log.count()).toBe(1);
  });

  it("refetches at once a list that has an observer", async () => {
    const { client, queryClient, sessionId, sandbox } = await clinic();
    const list = sessionsQueryOptions(client, { start_time: inDays(2) });
    await queryClient.prefetchQuery(list);
    const unwatch = watch(queryClient, list.queryKey);
    sandbox.log.clear();
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: moved });
    await expect.poll(() => queryClient.getQueryData(list.queryKey)?.content.length).toBe(1);
    expect(sandbox.log.entries().map((entry) => entry.operation)).toEqual(["updateSession", "getSessionPage"]);
    unwatch();
  });
});

describe("a new session", () => {
  it("is not inserted: lists that may contain it become stale, the others do not change", async () => {
    const { client, queryClient } = await clinic();
    const listOf = (params: ListSessionsParams) => sessionsQueryOptions(client, params);
    const lists = [
      listOf({}),
      listOf({ start_time: inDays(0) }),
      listOf({ state: "okafor" }),
      listOf({ end_time: inDays(1) }),
    ];
    for (const list of lists) await queryClient.prefetchQuery(list);
    await write(queryClient, createSessionMutationOptions(client), moved);
    expect(lists.map((list) => isStale(queryClient, list.queryKey))).toEqual([true, true, false, false]);
    expect(queryClient.getQueryData(listOf({}).queryKey)?.content).toHaveLength(1);
  });
});

describe("a canceled session", () => {
  it("is removed from lists, and keeps its canceled_time in lists with include_canceled and in its detail", async () => {
    const { client, queryClient, sessionId, sandbox } = await clinic();
    const plain = sessionsQueryOptions(client);
    const all = sessionsQueryOptions(client, { include_canceled: true });
    const detail = sessionQueryOptions(client, sessionId);
    for (const options of [plain, all]) await queryClient.prefetchQuery(options);
    await queryClient.prefetchQuery(detail);
    queryClient.setQueryData(detail.queryKey, (known) => known, { updatedAt: longAgo });
    await write(queryClient, cancelSessionMutationOptions(client, clock), { sessionId });
    expect(queryClient.getQueryData(plain.queryKey)?.content).toEqual([]);
    expect(isStale(queryClient, plain.queryKey)).toBe(true);
    expect(queryClient.getQueryData(all.queryKey)?.content).toMatchObject([{ canceled_time: now }]);
    expect(isStale(queryClient, all.queryKey)).toBe(false);

    sandbox.log.clear();
    expect(await queryClient.fetchQuery(detail)).toMatchObject({ session_name: "Knee rehab", canceled_time: now });
    expect(sandbox.log.entries()).toEqual([]);
  });

  it("is not refetched by a read that was under way", async () => {
    const { client, queryClient, sessionId, sandbox } = await clinic();
    const detail = sessionQueryOptions(client, sessionId);
    await queryClient.prefetchQuery(detail);
    const held = sandbox.faults.hold({ operation: "getSessionById" });
    const read = queryClient.refetchQueries({ queryKey: detail.queryKey });
    await held.reached;
    await write(queryClient, cancelSessionMutationOptions(client, clock), { sessionId });
    held.release();
    await Promise.all([read, held.finished]);
    expect(queryClient.getQueryState(detail.queryKey)).toMatchObject({
      data: { canceled_time: now },
      fetchStatus: "idle",
      status: "success",
    });
    expect(sandbox.log.count({ operation: "getSessionById" })).toBe(2);
  });
});

describe("participants", () => {
  it("that change are updated in every view with one request", async () => {
    const { client, queryClient, sessionId, guest, sandbox } = await clinic();
    const views = await everyView();
    const { participant_id: participantId } = guest;
    sandbox.log.clear();
    await write(queryClient, updateParticipantMutationOptions(client), {
      participantId,
      request: { display_name: "Ana Lee-Park" },
    });
    for (const view of views) expect(JSON.stringify(queryClient.getQueryData(view))).toContain("Ana Lee-Park");
    for (const view of views) expect(isStale(queryClient, view)).toBe(false);
    expect(sandbox.log.count()).toBe(1);

    async function everyView() {
      const reads = [sessionsQueryOptions(client), sessionsQueryOptions(client, removed)];
      for (const options of reads) await queryClient.prefetchQuery(options);
      await queryClient.prefetchInfiniteQuery(infiniteSessionsQueryOptions(client));
      for (const params of [undefined, removed]) {
        await queryClient.prefetchQuery(sessionQueryOptions(client, sessionId, params));
        await queryClient.prefetchQuery(participantsQueryOptions(client, sessionId, params));
      }
      await queryClient.prefetchQuery(participantQueryOptions(client, guest.participant_id));
      const keys = queryClient
        .getQueryCache()
        .getAll()
        .map((query) => query.queryKey);
      expect(keys).toHaveLength(8);
      return keys;
    }
  });

  it("with another state remove the session from the old state's list and make the new one stale", async () => {
    const { client, queryClient, host } = await clinic();
    const [chen, okafor, all] = ["chen", "okafor", undefined].map((state) => sessionsQueryOptions(client, { state }));
    if (!chen || !okafor || !all) throw new Error("three lists");
    for (const list of [chen, okafor, all]) await queryClient.prefetchQuery(list);
    const { participant_id: participantId } = host;
    await write(queryClient, updateParticipantMutationOptions(client), { participantId, request: { state: "okafor" } });
    expect(queryClient.getQueryData(chen.queryKey)?.content).toEqual([]);
    expect(queryClient.getQueryData(okafor.queryKey)?.content).toEqual([]);
    expect([chen, okafor, all].map((list) => isStale(queryClient, list.queryKey))).toEqual([true, true, false]);
  });

  it("with another state make every list by state stale that contains their session", async () => {
    const { client, queryClient, guest } = await clinic();
    const list = sessionsQueryOptions(client, { state: "chen" });
    await queryClient.prefetchQuery(list);
    const { participant_id: participantId } = guest;
    await write(queryClient, updateParticipantMutationOptions(client), { participantId, request: { state: "lee" } });
    expect(queryClient.getQueryData(list.queryKey)?.content).toHaveLength(1);
    expect(isStale(queryClient, list.queryKey)).toBe(true);
  });

  it("that change do not make lists without a state filter stale", async () => {
    const { client, queryClient, guest } = await clinic();
    const first = sessionsQueryOptions(client);
    const later = sessionsQueryOptions(client, { page: 1 });
    for (const list of [first, later]) await queryClient.prefetchQuery(list);
    const { participant_id: participantId } = guest;
    await write(queryClient, updateParticipantMutationOptions(client), { participantId, request: { state: "lee" } });
    expect(isStale(queryClient, later.queryKey)).toBe(false);
  });

  it("that are added are appended to every view of their session, and to no other", async () => {
    const { client, queryClient, sessionId } = await clinic();
    const other = await createSession(client, moved);
    const list = sessionsQueryOptions(client);
    const participants = participantsQueryOptions(client, sessionId);
    const others = participantsQueryOptions(client, other.session_id);
    await queryClient.prefetchQuery(list);
    await queryClient.prefetchQuery(participants);
    await queryClient.prefetchQuery(others);
    await write(queryClient, addParticipantMutationOptions(client), { sessionId, request: { display_name: "Tāne" } });
    const names = ["Mei-Ling Chen", "Ana Lee", "Tāne"];
    expect(queryClient.getQueryData(list.queryKey)?.content.map(namesOf)).toEqual([names, []]);
    expect(queryClient.getQueryData(participants.queryKey)?.content.map(({ display_name }) => display_name)).toEqual(
      names,
    );
    expect(queryClient.getQueryData(others.queryKey)?.content).toEqual([]);
  });

  it("that are removed are dropped, or marked with deleted_at in views with deleted_participants", async () => {
    const { client, queryClient, sessionId, guest, sandbox } = await clinic();
    const { participant_id: participantId } = guest;
    const views = [undefined, removed].map((params) => ({
      list: sessionsQueryOptions(client, params),
      detail: sessionQueryOptions(client, sessionId, params),
      participants: participantsQueryOptions(client, sessionId, params),
    }));
    for (const { list, detail, participants } of views) {
      await queryClient.prefetchQuery(list);
      await queryClient.prefetchQuery(detail);
      await queryClient.prefetchQuery(participants);
    }
    const participant = participantQueryOptions(client, participantId);
    await queryClient.prefetchQuery(participant);
    queryClient.setQueryData(participant.queryKey, (known) => known, { updatedAt: longAgo });
    await write(queryClient, removeParticipantMutationOptions(client, clock), { participantId });

    const shown = views.map(({ list, detail, participants }) => [
      queryClient.getQueryData(list.queryKey)?.content[0]?.participants,
      queryClient.getQueryData(detail.queryKey)?.participants,
      queryClient.getQueryData(participants.queryKey)?.content,
    ]);
    for (const known of shown[0] ?? []) expect(known?.map((one) => one.display_name)).toEqual(["Mei-Ling Chen"]);
    for (const known of shown[1] ?? []) {
      expect(known).toMatchObject([{ display_name: "Mei-Ling Chen" }, { display_name: "Ana Lee", deleted_at: now }]);
    }
    sandbox.log.clear();
    expect(await queryClient.fetchQuery(participant)).toMatchObject({ display_name: "Ana Lee", deleted_at: now });
    expect(sandbox.log.entries()).toEqual([]);
  });
});

describe("the cache", () => {
  it("has no new entries after a write", async () => {
    const { client, queryClient, sessionId, guest } = await clinic();
    const { participant_id: participantId } = guest;
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed });
    await write(queryClient, updateParticipantMutationOptions(client), {
      participantId,
      request: { display_name: "A" },
    });
    await write(queryClient, addParticipantMutationOptions(client), { sessionId, request: {} });
    await write(queryClient, removeParticipantMutationOptions(client), { participantId });
    await write(queryClient, createSessionMutationOptions(client), moved);
    await write(queryClient, cancelSessionMutationOptions(client), { sessionId });
    expect(queryClient.getQueryCache().getAll()).toEqual([]);
  });

  it("keeps its participants when the response to a write has none", async () => {
    const { client, queryClient, sessionId, session, sandbox } = await clinic();
    const detail = sessionQueryOptions(client, sessionId);
    await queryClient.prefetchQuery(detail);
    const { participants: _, ...response } = { ...session, ...renamed };
    sandbox.faults.next({ operation: "updateSession", status: 200, body: response });
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed });
    const known = queryClient.getQueryData(detail.queryKey);
    expect(known).toMatchObject(renamed);
    expect(namesOf(known)).toEqual(["Mei-Ling Chen", "Ana Lee"]);
  });

  it("takes the participants from the response when it had none", async () => {
    const { client, queryClient, sessionId, session } = await clinic();
    const { queryKey } = sessionsQueryOptions(client);
    const { participants: _, ...unknown } = session;
    queryClient.setQueryData(queryKey, { content: [unknown], more: false });
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed });
    expect(queryClient.getQueryData(queryKey)?.content.map(namesOf)).toEqual([["Mei-Ling Chen", "Ana Lee"]]);
  });

  it("leaves participants undefined when one is added to a session whose participants are not loaded", async () => {
    const { client, queryClient, sessionId, session } = await clinic();
    const { queryKey } = sessionsQueryOptions(client);
    const { participants: _, ...unknown } = session;
    queryClient.setQueryData(queryKey, { content: [unknown], more: false });
    await write(queryClient, addParticipantMutationOptions(client), { sessionId, request: { display_name: "Tāne" } });
    expect(queryClient.getQueryData(queryKey)?.content[0]?.participants).toBeUndefined();
  });

  it("aborts a read that is under way and starts it again, so that an old response can't undo a write", async () => {
    const { client, queryClient, sessionId, sandbox } = await clinic();
    const detail = sessionQueryOptions(client, sessionId);
    const list = sessionsQueryOptions(client);
    const held = [
      sandbox.faults.hold({ operation: "getSessionById" }),
      sandbox.faults.hold({ operation: "getSessionPage" }),
    ];
    const reads = [queryClient.prefetchQuery(detail), queryClient.prefetchQuery(list)];
    for (const one of held) await one.reached;
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed });
    for (const one of held) one.release();
    await Promise.all(reads);
    await expect.poll(() => queryClient.getQueryData(detail.queryKey)?.session_name).toBe(renamed.session_name);
    await expect
      .poll(() => queryClient.getQueryData(list.queryKey)?.content[0]?.session_name)
      .toBe(renamed.session_name);
    expect(sandbox.log.count({ operation: "getSessionById" })).toBe(2);
    expect(sandbox.log.count({ operation: "getSessionPage" })).toBe(2);
  });

  it("does not change after a refused write", async () => {
    const { client, queryClient, sessionId, sandbox } = await clinic();
    const detail = sessionQueryOptions(client, sessionId);
    await queryClient.prefetchQuery(detail);
    const before = queryClient.getQueryState(detail.queryKey);
    sandbox.faults.next({ operation: "updateSession", status: 403 });
    await expect(
      write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed }),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(queryClient.getQueryState(detail.queryKey)).toEqual(before);
  });

  it("does not change dataUpdatedAt of an entry", async () => {
    const { client, queryClient, sessionId } = await clinic();
    const list = sessionsQueryOptions(client);
    await queryClient.prefetchQuery(list);
    const readAt = Date.now() - 60_000;
    queryClient.setQueryData(list.queryKey, (page) => page && { ...page }, { updatedAt: readAt });
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed });
    expect(queryClient.getQueryState(list.queryKey)).toMatchObject({
      data: { content: [renamed] },
      dataUpdatedAt: readAt,
    });
  });

  it("of another scope does not change", async () => {
    const { client, queryClient, sessionId, sandbox } = await clinic();
    const other = createCoviuClient({ ...sandbox, scope: "another" });
    const { queryKey } = sessionQueryOptions(other, sessionId);
    await queryClient.prefetchQuery(sessionQueryOptions(other, sessionId));
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed });
    expect(queryClient.getQueryData(queryKey)).toMatchObject({ session_name: "Knee rehab" });
  });

  it("edits the row in its page and does not change the other pages", async () => {
    const { client, queryClient, sessionId } = await clinic();
    await createSession(client, moved);
    const pages = infiniteSessionsQueryOptions(client, { page_size: 1 });
    await queryClient.prefetchInfiniteQuery({ ...pages, pages: 3 });
    const before = queryClient.getQueryData(pages.queryKey)?.pages;
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed });
    const after = queryClient.getQueryData(pages.queryKey)?.pages;
    expect(after?.map((page) => page.content.length)).toEqual([1, 1]);
    const index = before?.findIndex((page) => page.content[0]?.session_id === sessionId) ?? -1;
    expect(after?.[index]?.content).toMatchObject([renamed]);
    expect(after?.[1 - index]).toEqual(before?.[1 - index]);
  });
});
