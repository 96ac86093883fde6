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
/** An answer of then is stale, unless it can never be asked for again. */
const longAgo = Date.now() - 60_000;
const removed = { deleted_participants: true };
const moved = { start_time: inDays(3), end_time: inDays(3, 30) };
const renamed = { session_name: "Knee rehab, second visit" };

describe("a changed session, per cached list", () => {
  const cases: [string, ListSessionsParams, SessionUpdateRequest, { rows: number; stale: boolean }][] = [
    ["is replaced where it stays", {}, renamed, { rows: 1, stale: false }],
    ["is replaced where it stays in time", { start_time: inDays(0) }, renamed, { rows: 1, stale: false }],
    ["is replaced where time is no filter", {}, moved, { rows: 1, stale: false }],
    ["may have another place among times", { start_time: inDays(0) }, moved, { rows: 1, stale: true }],
    [
      "leaves the days it is moved from",
      { start_time: inDays(0), end_time: inDays(2) },
      moved,
      { rows: 0, stale: true },
    ],
    ["is asked for in the days it is moved to", { start_time: inDays(2) }, moved, { rows: 0, stale: true }],
    ["is of no concern to other days", { start_time: inDays(5) }, moved, { rows: 0, stale: false }],
    ["is asked for where only the server can tell", { end_time: inDays(3, 15) }, moved, { rows: 1, stale: true }],
    ["is replaced among those of its person", { state: "chen" }, renamed, { rows: 1, stale: false }],
    ["is of no concern to another person", { state: "okafor" }, renamed, { rows: 0, stale: false }],
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
    // Nobody looks at them: they are asked for when somebody does.
    expect(sandbox.log.count()).toBe(1);
  });

  it("asks at once for a list that is looked at", async () => {
    const { client, queryClient, sessionId, sandbox } = await clinic();
    const list = sessionsQueryOptions(client, { start_time: inDays(2) });
    await queryClient.prefetchQuery(list);
    const leave = watch(queryClient, list.queryKey);
    sandbox.log.clear();
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: moved });
    await expect.poll(() => queryClient.getQueryData(list.queryKey)?.content.length).toBe(1);
    expect(sandbox.log.entries().map((entry) => entry.operation)).toEqual(["updateSession", "getSessionPage"]);
    leave();
  });
});

describe("a new session", () => {
  it("is not inserted by hand: lists that admit it are asked, the others stay", async () => {
    const { client, queryClient } = await clinic();
    const of = (params: ListSessionsParams) => sessionsQueryOptions(client, params);
    const lists = [of({}), of({ start_time: inDays(0) }), of({ state: "okafor" }), of({ end_time: inDays(1) })];
    for (const list of lists) await queryClient.prefetchQuery(list);
    await write(queryClient, createSessionMutationOptions(client), moved);
    expect(lists.map((list) => isStale(queryClient, list.queryKey))).toEqual([true, true, false, false]);
    expect(queryClient.getQueryData(of({}).queryKey)?.content).toHaveLength(1);
  });
});

describe("a canceled session", () => {
  it("leaves the lists, stays with its time where canceled ones are asked for, and in its detail", async () => {
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

  it("is not asked for again by a read of it that was under way", async () => {
    const { client, queryClient, sessionId, sandbox } = await clinic();
    const detail = sessionQueryOptions(client, sessionId);
    await queryClient.prefetchQuery(detail);
    const held = sandbox.faults.hold({ operation: "getSessionById" });
    const read = queryClient.refetchQueries({ queryKey: detail.queryKey });
    await held.reached;
    await write(queryClient, cancelSessionMutationOptions(client, clock), { sessionId });
    held.release();
    await Promise.all([read, held.answered]);
    expect(queryClient.getQueryState(detail.queryKey)).toMatchObject({
      data: { canceled_time: now },
      fetchStatus: "idle",
      status: "success",
    });
    expect(sandbox.log.count({ operation: "getSessionById" })).toBe(2);
  });
});

describe("people", () => {
  it("that change are right in every view with one request", async () => {
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

  it("of another state take the session from one person's list to the other's", async () => {
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

  it("of another state may matter to every list of a state that holds their session", async () => {
    const { client, queryClient, guest } = await clinic();
    const list = sessionsQueryOptions(client, { state: "chen" });
    await queryClient.prefetchQuery(list);
    const { participant_id: participantId } = guest;
    await write(queryClient, updateParticipantMutationOptions(client), { participantId, request: { state: "lee" } });
    expect(queryClient.getQueryData(list.queryKey)?.content).toHaveLength(1);
    expect(isStale(queryClient, list.queryKey)).toBe(true);
  });

  it("that change bring their session into no list without a state", async () => {
    const { client, queryClient, guest } = await clinic();
    const first = sessionsQueryOptions(client);
    const later = sessionsQueryOptions(client, { page: 1 });
    for (const list of [first, later]) await queryClient.prefetchQuery(list);
    const { participant_id: participantId } = guest;
    await write(queryClient, updateParticipantMutationOptions(client), { participantId, request: { state: "lee" } });
    expect(isStale(queryClient, later.queryKey)).toBe(false);
  });

  it("that are added appear at the end of every view of their session, and in no other", async () => {
    const { client, queryClient, sessionId } = await clinic();
    const other = await createSession(client, moved);
    const list = sessionsQueryOptions(client);
    const people = participantsQueryOptions(client, sessionId);
    const others = participantsQueryOptions(client, other.session_id);
    await queryClient.prefetchQuery(list);
    await queryClient.prefetchQuery(people);
    await queryClient.prefetchQuery(others);
    await write(queryClient, addParticipantMutationOptions(client), { sessionId, request: { display_name: "Tāne" } });
    const names = ["Mei-Ling Chen", "Ana Lee", "Tāne"];
    expect(queryClient.getQueryData(list.queryKey)?.content.map(namesOf)).toEqual([names, []]);
    expect(queryClient.getQueryData(people.queryKey)?.content.map((person) => person.display_name)).toEqual(names);
    expect(queryClient.getQueryData(others.queryKey)?.content).toEqual([]);
  });

  it("that are removed are gone, but kept with the time where removed people are asked for", async () => {
    const { client, queryClient, sessionId, guest, sandbox } = await clinic();
    const { participant_id: participantId } = guest;
    const views = [undefined, removed].map((params) => ({
      list: sessionsQueryOptions(client, params),
      detail: sessionQueryOptions(client, sessionId, params),
      people: participantsQueryOptions(client, sessionId, params),
    }));
    for (const { list, detail, people } of views) {
      await queryClient.prefetchQuery(list);
      await queryClient.prefetchQuery(detail);
      await queryClient.prefetchQuery(people);
    }
    const person = participantQueryOptions(client, participantId);
    await queryClient.prefetchQuery(person);
    queryClient.setQueryData(person.queryKey, (known) => known, { updatedAt: longAgo });
    await write(queryClient, removeParticipantMutationOptions(client, clock), { participantId });

    const shown = views.map(({ list, detail, people }) => [
      queryClient.getQueryData(list.queryKey)?.content[0]?.participants,
      queryClient.getQueryData(detail.queryKey)?.participants,
      queryClient.getQueryData(people.queryKey)?.content,
    ]);
    for (const known of shown[0] ?? []) expect(known?.map((one) => one.display_name)).toEqual(["Mei-Ling Chen"]);
    for (const known of shown[1] ?? []) {
      expect(known).toMatchObject([{ display_name: "Mei-Ling Chen" }, { display_name: "Ana Lee", deleted_at: now }]);
    }
    sandbox.log.clear();
    expect(await queryClient.fetchQuery(person)).toMatchObject({ display_name: "Ana Lee", deleted_at: now });
    expect(sandbox.log.entries()).toEqual([]);
  });
});

describe("the cache", () => {
  it("holds no more entries after a write than before it", async () => {
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

  it("keeps the people it knows where the answer to a write does not name them", async () => {
    const { client, queryClient, sessionId, session, sandbox } = await clinic();
    const detail = sessionQueryOptions(client, sessionId);
    await queryClient.prefetchQuery(detail);
    const { participants: _, ...answer } = { ...session, ...renamed };
    sandbox.faults.next({ operation: "updateSession", status: 200, body: answer });
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed });
    const known = queryClient.getQueryData(detail.queryKey);
    expect(known).toMatchObject(renamed);
    expect(namesOf(known)).toEqual(["Mei-Ling Chen", "Ana Lee"]);
  });

  it("takes the people from the answer where it did not know them", async () => {
    const { client, queryClient, sessionId, session } = await clinic();
    const { queryKey } = sessionsQueryOptions(client);
    const { participants: _, ...unknown } = session;
    queryClient.setQueryData(queryKey, { content: [unknown], more: false });
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed });
    expect(queryClient.getQueryData(queryKey)?.content.map(namesOf)).toEqual([["Mei-Ling Chen", "Ana Lee"]]);
  });

  it("does not take an unknown crowd for an empty one when a person is added", async () => {
    const { client, queryClient, sessionId, session } = await clinic();
    const { queryKey } = sessionsQueryOptions(client);
    const { participants: _, ...unknown } = session;
    queryClient.setQueryData(queryKey, { content: [unknown], more: false });
    await write(queryClient, addParticipantMutationOptions(client), { sessionId, request: { display_name: "Tāne" } });
    expect(queryClient.getQueryData(queryKey)?.content[0]?.participants).toBeUndefined();
  });

  it("cuts off a read that is under way and starts it again, so that an old answer cannot undo a write", async () => {
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

  it("is left as it is by a write that was refused", async () => {
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

  it("does not make an entry look fresher than it is", async () => {
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

  it("of another scope is not touched", async () => {
    const { client, queryClient, sessionId, sandbox } = await clinic();
    const other = createCoviuClient({ ...sandbox, scope: "another" });
    const { queryKey } = sessionQueryOptions(other, sessionId);
    await queryClient.prefetchQuery(sessionQueryOptions(other, sessionId));
    await write(queryClient, updateSessionMutationOptions(client), { sessionId, request: renamed });
    expect(queryClient.getQueryData(queryKey)).toMatchObject({ session_name: "Knee rehab" });
  });

  it("edits the row in the page that holds it and leaves the other pages", async () => {
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
