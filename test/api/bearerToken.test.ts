import { describe, expect, it, vi } from "vitest";

import { withBearerToken } from "../../src/api/bearerToken.ts";

type Answer = number | Error | ((path: string, token: string) => number | Promise<number>);

/** A service that answers each request as it is told to, and what reached it: path and token. */
function serviceWith(answer: Answer, baseUrl = "https://api.test/v1") {
  const reached: string[] = [];
  let tokens = 0;
  const getAccessToken = vi.fn(async () => `t${(tokens += 1)}`);
  const send = withBearerToken(
    { baseUrl },
    getAccessToken,
    async (request) => {
      const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
      const { pathname, search } = new URL(request.url);
      reached.push(`${token} ${pathname}${search}`);
      if (answer instanceof Error) throw answer;
      return new Response(null, { status: typeof answer === "number" ? answer : await answer(pathname, token) });
    },
    new AbortController().signal,
  );
  const get = async (path: string) => (await send(new Request(`https://api.test/v1/${path}`))).status;
  return { get, reached, getAccessToken };
}

const probe = "/v1/sessions?page_size=1";

describe("withBearerToken", () => {
  it("asks for no new token where the same one has been accepted meanwhile, and says that the resource is gone", async () => {
    let accept: (() => void) | undefined;
    const accepted = new Promise<void>((resolve) => {
      accept = resolve;
    });
    const { get, reached, getAccessToken } = serviceWith(async (path) => {
      if (path !== "/v1/sessions/canceled") return 200;
      await accepted;
      return 401;
    });
    const canceled = get("sessions/canceled");
    await get("sessions/other");
    accept?.();
    expect(await canceled).toBe(404);
    expect(reached).toEqual(["t1 /v1/sessions/canceled", "t1 /v1/sessions/other", `t1 ${probe}`]);
    expect(getAccessToken).toHaveBeenCalledOnce();
  });

  it("takes what was accepted before the request for no proof: tokens die", async () => {
    const dead = new Set<string>();
    const { get, reached } = serviceWith((_, token) => (dead.has(token) ? 401 : 200));
    await get("sessions/a");
    dead.add("t1");
    expect(await get("sessions/b")).toBe(200);
    expect(reached).toEqual(["t1 /v1/sessions/a", "t1 /v1/sessions/b", "t2 /v1/sessions/b"]);
  });

  it("takes an outage for no acceptance", async () => {
    let fail: ((status: number) => void) | undefined;
    const failing = new Promise<number>((resolve) => {
      fail = resolve;
    });
    const { get, reached } = serviceWith(async (path, token) => {
      if (path === "/v1/sessions/slow") return (await failing) && (token === "t1" ? 401 : 200);
      return 500;
    });
    const slow = get("sessions/slow");
    await get("sessions/broken");
    fail?.(500);
    expect(await slow).toBe(200);
    expect(reached.at(-1)).toBe("t2 /v1/sessions/slow");
  });

  it.each(["https://api.test/v1", "https://api.test/v1/", "https://api.test/v1//"])(
    "probes the list once for all that are refused at once, below %s",
    async (baseUrl) => {
      const { get, reached } = serviceWith((path) => (path === "/v1/sessions" ? 200 : 401), baseUrl);
      expect(await Promise.all([get("sessions/a"), get("sessions/b")])).toEqual([404, 404]);
      expect(reached.filter((request) => request.endsWith(probe))).toEqual([`t2 ${probe}`]);
      // And again for the next one: how things stood then says nothing about now.
      expect(await get("sessions/c")).toBe(404);
      expect(reached.filter((request) => request.endsWith(probe))).toHaveLength(2);
    },
  );

  it("lets a 401 through where the list is refused as well", async () => {
    const { get } = serviceWith(401);
    expect(await get("sessions/a")).toBe(401);
  });

  it.each([500, 503])("can't tell while the list answers %i", async (status) => {
    const { get } = serviceWith((path) => (path === "/v1/sessions" ? status : 401));
    await expect(get("sessions/a")).rejects.toMatchObject({
      code: "auth_unavailable",
      operation: "getAccessToken",
      outcome: "not-sent",
    });
  });
});
