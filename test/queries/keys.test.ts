import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";

import {
  createCoviuClient,
  infiniteSessionsQueryOptions,
  participantKeys,
  participantQueryOptions,
  participantsQueryOptions,
  sessionKeys,
  sessionQueryOptions,
  sessionsQueryOptions,
} from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

const client = createCoviuClient({ baseUrl: "/api/coviu", scope: "reception" });

describe("keys", () => {
  it.each([
    ["a page", sessionsQueryOptions(client, { state: "chen" }), ["sessions", "list", { state: "chen" }]],
    ["a page without parameters", sessionsQueryOptions(client), ["sessions", "list", {}]],
    ["pages", infiniteSessionsQueryOptions(client, { page_size: 5 }), ["sessions", "infinite", { page_size: 5 }]],
    ["a session", sessionQueryOptions(client, "s-1"), ["sessions", "detail", "s-1", {}]],
    [
      "a session with removed participants",
      sessionQueryOptions(client, "s-1", { deleted_participants: true }),
      ["sessions", "detail", "s-1", { deleted_participants: true }],
    ],
    ["participants", participantsQueryOptions(client, "s-1"), ["participants", "list", "s-1", {}]],
    ["a participant", participantQueryOptions(client, "p-1"), ["participants", "detail", "p-1"]],
  ])("of %s begin with the kit's name and the scope", (_, { queryKey }, rest) => {
    expect(queryKey).toEqual(["coviu", "reception", ...rest]);
  });

  it.each([
    ["offsets", { start_time: "2026-01-12T09:00:00+11:00" }, { start_time: "2026-01-11T22:00:00.000Z" }],
    ["forms of a date", { end_time: "Sun, 11 Jan 2026 22:00:00 GMT" }, { end_time: "2026-01-11T22:00:00Z" }],
    ["absent keys", { state: undefined, order: undefined }, {}],
    ["a flag that is off", { include_canceled: false, deleted_participants: false }, {}],
    ["orders of keys", { state: "chen", page: 1 }, { page: 1, state: "chen" }],
  ] as const)("are the same for two spellings of one request: %s", (_, one, other) => {
    expect(sessionKeys("a").list(one)).toEqual(sessionKeys("a").list(other));
    expect(sessionKeys("a").infinite(one)).toEqual(sessionKeys("a").infinite(other));
  });

  it("of two spellings share one cache entry and one request", async () => {
    const sandbox = createSandbox();
    const real = createCoviuClient(sandbox);
    const queryClient = new QueryClient();
    await queryClient.fetchQuery(sessionsQueryOptions(real, { start_time: "2026-01-12T09:00:00+11:00", page_size: 5 }));
    await queryClient.fetchQuery(sessionsQueryOptions(real, { page_size: 5, start_time: "2026-01-11T22:00:00Z" }));
    expect(queryClient.getQueryCache().getAll()).toHaveLength(1);
    expect(sandbox.log.count()).toBe(1);
    queryClient.clear();
  });

  it.each([{ page: 0 }, { state: "" }, { state: "chen" }, { order: "forward" }, { page_size: 5 }] as const)(
    "differ when the requests differ: %j",
    (params) => {
      expect(sessionKeys("a").list(params)).not.toEqual(sessionKeys("a").list());
    },
  );

  it("of an infinite list ignore the page", () => {
    expect(sessionKeys("a").infinite({ page: 3, state: "chen" })).toEqual(sessionKeys("a").infinite({ state: "chen" }));
  });

  it("contain an invalid time unchanged, for the request to refuse", () => {
    expect(sessionKeys("a").list({ start_time: "tomorrow" }).at(-1)).toEqual({ start_time: "tomorrow" });
  });

  it("of two scopes have no common prefix", () => {
    expect(sessionKeys("a").all).not.toEqual(sessionKeys("b").all);
    expect(participantKeys("a").all).not.toEqual(participantKeys("b").all);
    expect(sessionKeys("a").all).not.toEqual(participantKeys("a").all);
  });
});
