import { describe, expect, it } from "vitest";

import { createCoviuClient, listSessions } from "../../src/core.ts";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.ts";
import { jsonOf, connect, minute, now } from "./connect.ts";

const key = "clinic-key";
const secret = "clinic-secret";

interface TokenRequest {
  basic?: string;
  form?: Record<string, string>;
  type?: string;
}

/** Requests a token as a server does. */
async function requestToken(sandbox: Sandbox, { basic = `${key}:${secret}`, form, type }: TokenRequest = {}) {
  const response = await sandbox.fetch(`${sandbox.baseUrl}/auth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(basic)}`, "content-type": type ?? "application/x-www-form-urlencoded" },
    body: String(new URLSearchParams(form ?? { grant_type: "client_credentials" })),
  });
  return { status: response.status, json: await jsonOf(response) };
}

async function statusWith(sandbox: Sandbox, authorization: string): Promise<number> {
  return (await sandbox.fetch(`${sandbox.baseUrl}/sessions`, { headers: { authorization } })).status;
}

function open() {
  return connect({ key, secret });
}

describe("the token endpoint", () => {
  it("returns a bearer token for the key and its secret", async () => {
    const { sandbox } = open();
    const { status, json } = await requestToken(sandbox);
    expect(status).toBe(200);
    expect(json).toEqual({
      access_token: expect.any(String),
      refresh_token: expect.any(String),
      expires_in: 3600,
      token_type: "Bearer",
      scope: expect.any(String),
    });
    expect(await statusWith(sandbox, `Bearer ${String(json["access_token"])}`)).toBe(200);
  });

  it("returns a JWT with its owner and expiry", async () => {
    const { sandbox } = open();
    const { json } = await requestToken(sandbox);
    const [head = "", claims = ""] = String(json["access_token"]).split(".");
    expect(JSON.parse(Buffer.from(head, "base64url").toString())).toEqual({ alg: "HS256", typ: "JWT" });
    const issued = Date.parse(now) / 1000;
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
      userId: "sandbox",
      clientId: key,
      iat: issued,
      exp: issued + 3600,
    });
  });

  it("accepts a refresh token once, and returns the next one", async () => {
    const { sandbox } = open();
    const first = await requestToken(sandbox);
    const form = { grant_type: "refresh_token", refresh_token: String(first.json["refresh_token"]) };
    const second = await requestToken(sandbox, { form });
    expect(second.status).toBe(200);
    expect(second.json["access_token"]).not.toBe(first.json["access_token"]);
    expect(second.json["refresh_token"]).not.toBe(form.refresh_token);
    expect(await requestToken(sandbox, { form })).toMatchObject({ status: 400 });
    const next = { ...form, refresh_token: String(second.json["refresh_token"]) };
    expect(await requestToken(sandbox, { form: next })).toMatchObject({ status: 200 });
  });

  it.each<[string, TokenRequest, number]>([
    ["another secret", { basic: `${key}:other` }, 401],
    ["another key", { basic: `other:${secret}` }, 401],
    ["no key", { basic: ":" }, 401],
    ["another grant", { form: { grant_type: "password" } }, 400],
    ["no grant", { form: {} }, 400],
    ["an unknown refresh token", { form: { grant_type: "refresh_token", refresh_token: "refresh-1" } }, 400],
    ["no refresh token", { form: { grant_type: "refresh_token" } }, 400],
    ["a body that is not a form", { type: "application/json" }, 400],
  ])("refuses %s, without repeating the sent values", async (_, request, status) => {
    const { sandbox } = open();
    const refusal = await requestToken(sandbox, request);
    expect(refusal).toEqual({ status, json: { error: { message: expect.any(String) } } });
    expect(JSON.stringify(refusal.json)).not.toMatch(/clinic-|other|password|refresh-1/);
  });

  it("refuses a request without HTTP Basic", async () => {
    const { sandbox } = open();
    expect((await sandbox.fetch(`${sandbox.baseUrl}/auth/token`, { method: "POST" })).status).toBe(401);
  });

  it("accepts keys and secrets that are not ASCII", async () => {
    const sandbox = createSandbox({ now, key: "clínica", secret: "ключ" });
    const basic = String.fromCharCode(...new TextEncoder().encode("clínica:ключ"));
    expect(await requestToken(sandbox, { basic })).toMatchObject({ status: 200 });
    await expect(listSessions(createCoviuClient(sandbox))).resolves.toMatchObject({ page: 0 });
  });
});

describe("an access token", () => {
  it("is required", async () => {
    const { sandbox } = open();
    expect((await sandbox.fetch(`${sandbox.baseUrl}/sessions`)).status).toBe(401);
    expect(await statusWith(sandbox, `Basic ${btoa(`${key}:${secret}`)}`)).toBe(401);
    for (const token of ["garbage", "a.b.c", "..", "ä.ö.ü"])
      expect(await statusWith(sandbox, encodeURI(`Bearer ${token}`))).toBe(401);
  });

  it("of a sandbox with another secret is refused", async () => {
    const { json } = await requestToken(open().sandbox);
    const authorization = `Bearer ${String(json["access_token"])}`;
    expect(await statusWith(connect({ key, secret: "another" }).sandbox, authorization)).toBe(401);
  });

  it("is refused after one of its claims was changed", async () => {
    const { sandbox } = open();
    const { json } = await requestToken(sandbox);
    const [head, claims = "", signature] = String(json["access_token"]).split(".");
    const changed = Buffer.from(claims, "base64url")
      .toString()
      .replace(/"exp":\d+/, '"exp":9999999999');
    const forged = Buffer.from(changed).toString("base64url");
    expect(await statusWith(sandbox, `Bearer ${head}.${forged}.${signature}`)).toBe(401);
    expect(await statusWith(sandbox, `Bearer ${head}.${claims}.${signature}`)).toBe(200);
  });

  it("expires after one hour of the sandbox's clock", async () => {
    const { sandbox } = open();
    const { json } = await requestToken(sandbox);
    const authorization = `Bearer ${String(json["access_token"])}`;
    sandbox.clock.advance(60 * minute - 1);
    expect(await statusWith(sandbox, authorization)).toBe(200);
    sandbox.clock.advance(1);
    expect(await statusWith(sandbox, authorization)).toBe(401);
  });

  it("that has expired is replaced by the client", async () => {
    const { sandbox, client } = open();
    await listSessions(client);
    sandbox.clock.advance(61 * minute);
    sandbox.log.clear();
    await expect(listSessions(client)).resolves.toMatchObject({ page: 0 });
    expect(sandbox.log.entries().map(({ operation, status }) => `${operation} ${status}`)).toEqual([
      "getSessionPage 401",
      "token 200",
      "getSessionPage 200",
    ]);
  });
});
