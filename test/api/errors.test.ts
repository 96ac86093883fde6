import { afterEach, describe, expect, it, vi } from "vitest";

import { notSent, toCoviuError } from "../../src/api/errors.ts";
import { CoviuError, type CoviuErrorCode, createCoviuClient, getSession, updateSession } from "../../src/core.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** Error of a write whose response is this. Writes are not repeated. */
async function failureAfter(respond: () => Response | Promise<Response>): Promise<CoviuError> {
  const client = createCoviuClient({
    baseUrl: "https://clinic.example/api/coviu",
    // The list request succeeds, so a 404 means that the session is not found.
    fetch: async (input) =>
      input instanceof Request && input.method === "GET" ? Response.json({ content: [], more: false }) : respond(),
  });
  const reason: unknown = await updateSession(client, "s", {}).catch((error: unknown) => error);
  if (!CoviuError.is(reason)) throw new TypeError("expected a CoviuError");
  return reason;
}

function failureFor(status: number, body: unknown = "", headers: Record<string, string> = {}): Promise<CoviuError> {
  const type = typeof body === "string" ? "text/plain" : "application/json";
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return failureAfter(() => new Response(text, { status, headers: { "content-type": type, ...headers } }));
}

describe("an error response", () => {
  it.each<[number, CoviuErrorCode, CoviuError["outcome"], boolean]>([
    [400, "invalid_request", "refused", false],
    [401, "auth_required", "refused", false],
    [402, "invalid_request", "refused", false],
    [403, "forbidden", "refused", false],
    [404, "not_found", "refused", false],
    [408, "timeout", "unknown", true],
    [409, "conflict", "refused", false],
    [410, "not_found", "refused", false],
    [412, "conflict", "refused", false],
    [422, "invalid_request", "refused", false],
    [429, "rate_limited", "refused", true],
    [499, "invalid_request", "refused", false],
    [500, "server", "unknown", true],
    [503, "server", "unknown", true],
    [599, "server", "unknown", true],
    [300, "bad_response", "unknown", false],
  ])("with status %i has code %s and outcome %s", async (status, code, outcome, retryable) => {
    const error = await failureFor(status);
    const message = `updateSession: ${code}`;
    const details = { name: "CoviuError", code, operation: "updateSession", status, outcome, retryable, message };
    expect(error.toJSON()).toEqual({ ...details, retryAfter: undefined });
    expect(error).toMatchObject(details);
  });

  it.each([
    [{ message: "The end is before the start." }, "The end is before the start."],
    [{ error: { message: "No such room" } }, "No such room"],
    [{ error: "No such room" }, "No such room"],
    [{ error: { error: { message: "Deep" } } }, "Deep"],
    [{ message: "This", error: "that" }, "This"],
    ["plain words", "plain words"],
    [{ message: "two\nlines\u0000and \u202Ea turn" }, "two lines and  a turn"],
    [{ message: "see https://coviu.com/session/1 for more" }, "see … for more"],
    [{ message: "see //host/x" }, "see …"],
    [{ message: "no 7c1e9a52-0b4d-4f1a-9d63-2f8a5b7e40c1, sorry" }, "no … sorry"],
    [{ message: "abcdefghijklmnopqrstuvw" }, "abcdefghijklmnopqrstuvw"],
    [{ message: "abcdefghijklmnopqrstuvwx" }, "…"],
    [{ message: "x ".repeat(400) }, "x ".repeat(250)],
    ["<html><body>502</body></html>", undefined],
    ["  {broken", undefined],
    ["[1", undefined],
    ["   ", undefined],
    ["", undefined],
    [{ message: 7 }, undefined],
    [{ detail: "other" }, undefined],
    [null, undefined],
    [[], undefined],
  ])("with body %j has explanation %j", async (body, explanation) => {
    expect((await failureFor(400, body)).explanation).toBe(explanation);
  });

  it.each([
    ["12", undefined, 12],
    ["0", undefined, 0],
    ["1.5", undefined, undefined],
    ["-1", undefined, undefined],
    ["soon", undefined, undefined],
    ["", undefined, undefined],
    ["12x", undefined, undefined],
    // Relative to the Date header, or to the local clock without one.
    ["Mon, 12 Jan 2026 00:01:00 GMT", "Mon, 12 Jan 2026 00:00:30 GMT", 30],
    ["Mon, 12 Jan 2026 00:01:00 GMT", undefined, 60],
    ["Mon, 12 Jan 2026 00:01:00 GMT", "nonsense", 60],
    ["Sun, 11 Jan 2026 23:59:00 GMT", undefined, undefined],
  ])("with Retry-After %j and Date %j has retryAfter %s", async (value, date, seconds) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-01-12T00:00:00Z") });
    const error = await failureFor(429, null, { "retry-after": value, ...(date !== undefined && { date }) });
    expect(error.retryAfter).toBe(seconds);
  });
});

describe("no response", () => {
  it.each<[string, unknown, CoviuErrorCode]>([
    ["a TypeError", new TypeError("Failed to fetch https://secret"), "unreachable"],
    ["a TypeError with another message", new TypeError("NetworkError when attempting"), "unreachable"],
    ["anything else", new Error("secret"), "bad_response"],
    ["a thrown string", "secret", "bad_response"],
  ])("but %s has an unknown outcome", async (_, thrown, code) => {
    const error = await failureAfter(() => {
      throw thrown;
    });
    expect(error).toMatchObject({ code, outcome: "unknown", message: `updateSession: ${code}` });
    expect(error.status).toBeUndefined();
  });

  it("returns a CoviuError unchanged", () => {
    const error = notSent("forbidden", "app", { retryAfter: 3, hint: "state" });
    expect(toCoviuError(error, "getSessionPage")).toBe(error);
    expect(error).toMatchObject({ outcome: "not-sent", retryAfter: 3, message: "app: forbidden state" });
  });
});

describe("a response that can't be decoded", () => {
  it.each(["", "null", "[]", '"text"', "7", "{}", '{"start_time":1}', "<b", '{"session_id":'])(
    "%j is bad_response, and the message does not quote it",
    async (body) => {
      const client = createCoviuClient({
        baseUrl: "https://clinic.example/api/coviu",
        fetch: async () => new Response(body),
      });
      await expect(getSession(client, "s")).rejects.toMatchObject({
        code: "bad_response",
        operation: "getSessionById",
        outcome: "unknown",
        message: "getSessionById: bad_response",
      });
    },
  );

  it.each([
    [4_999_990, true],
    [5_000_001, false],
  ])("of %i bytes is read: %s", async (size, isRead) => {
    const session = { session_id: "s", start_time: "2026-01-12T00:00:00Z", end_time: "2026-01-12T01:00:00Z" };
    const text = JSON.stringify({ ...session, session_name: "" });
    const body = JSON.stringify({ ...session, session_name: "x".repeat(size - text.length) });
    const client = createCoviuClient({
      baseUrl: "https://clinic.example/api/coviu",
      fetch: async () => new Response(body),
    });
    const read = getSession(client, "s", undefined, { retry: false });
    if (isRead) await expect(read).resolves.toMatchObject({ session_id: "s" });
    else {
      await expect(read).rejects.toMatchObject({
        code: "bad_response",
        status: 200,
        outcome: "unknown",
        message: "getSessionById: bad_response too large",
      });
    }
  });
});
