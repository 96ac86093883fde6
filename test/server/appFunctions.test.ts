import { describe, expect, it, vi } from "vitest";

import { ownSessions } from "../../src/server/index.ts";
import { createClinic, credentials, type User } from "./clinic.ts";

const booking = {
  method: "POST",
  path: "sessions",
  body: { session_name: "Knee rehab", start_time: "2026-01-13T00:00:00Z", end_time: "2026-01-13T00:30:00Z" },
};

describe("if a function of the app fails", () => {
  it("a user without a state has no access to sessions of participants without one", async () => {
    // @ts-expect-error -- possible in JavaScript
    const { authorize, filter, narrow } = ownSessions<User>({ stateOf: ({ state }) => state });
    for (const options of [{ narrow }, { narrow: undefined }]) {
      const { send, sandbox } = createClinic({ authorize, filter, ...options });
      // oxlint-disable no-await-in-loop
      const list = await send("chen", "sessions");
      expect([list.status, await list.json()]).toMatchObject([500, { error: { code: "server" } }]);
      const { content } = await createClinic()
        .send("desk", "sessions")
        .then((response) => response.json());
      expect((await send("chen", `sessions/${content[0].session_id}`)).status).toBe(500);
      // oxlint-enable no-await-in-loop
      expect(sandbox.log.count({ method: "POST" })).toBe(0);
    }
  });

  it.each([
    ["throws", () => Promise.reject(new Error("Ana Lee"))],
    ["returns a string", async () => "yes"],
  ])("a rule that %s refuses access, and nothing is sent", async (_, rule) => {
    // @ts-expect-error -- only `true` allows
    const { send, write, writes } = createClinic({ authorize: rule });
    const responses = [
      await write("desk", booking),
      await send("desk", "sessions").then(async (r) => [r.status, await r.json()]),
    ];
    expect(JSON.stringify(responses)).not.toMatch(/Ana|content/);
    expect(responses[0]).toMatchObject({ status: expect.toSatisfy((status) => status === 403 || status === 500) });
    expect(writes()).toBe(0);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("disk full");
      },
    ],
    ["rejects", () => Promise.reject(new Error("disk full"))],
  ])("an audit that %s does not change the response", async (_, audit) => {
    const { write, writes } = createClinic({ audit });
    expect((await write("desk", booking)).status).toBe(200);
    expect(writes()).toBe(1);
  });

  it("a missing secret fails requests with 500, and a later secret is used", async () => {
    let secret = "";
    const { write, writes } = createClinic({ apiSecret: () => secret });
    expect((await write("desk", booking)).status).toBe(500);
    expect(writes()).toBe(0);
    secret = credentials.apiSecret;
    expect((await write("desk", booking)).status).toBe(200);
  });

  it("the secret is read at most three times for a list", async () => {
    const apiSecret = vi.fn<() => string>(() => credentials.apiSecret);
    const { send } = createClinic({ apiSecret, entryUrls: "on-demand" });
    const { content } = await send("desk", "sessions").then((response) => response.json());
    expect(content.length).toBeGreaterThan(50);
    expect(apiSecret.mock.calls.length).toBeLessThanOrEqual(3);
  });
});
