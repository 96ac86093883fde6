import { describe, expect, it, vi } from "vitest";

import { withCredentials } from "../../src/api/withCredentials.ts";

type Respond = number | Error | ((path: string, token: string) => number | Promise<number>);

/** A fetch with `withCredentials` that responds with this status or error, and the token and path of each request. */
function serviceWith(respond: Respond, baseUrl = "https://api.test/v1") {
  const reached: string[] = [];
  let tokens = 0;
  const getAccessToken = vi.fn(async () => `t${(tokens += 1)}`);
  const send = withCredentials(
    { baseUrl, getAccessToken },
    async (request) => {
      const token = request.headers.get("authorization")?.replace("Bearer ", "") ?? "";
      const { pathname, search } = new URL(request.url);
      reached.push(`${token} ${pathname}${search}`);
      if (respond instanceof Error) throw respond;
      return new Response(null, { status: typeof respond === "number" ? respond : await respond(pathname, token) });
    },
    new AbortController().signal,
  );
  const get = async (path: string) => (await send(new Request(`https://api.test/v1/${path}`))).status;
  return { get, reached, getAccessToken };
}

const probe = "/v1/sessions?page_size=1";

describe("withCredentials", () => {
  it("requests no new token for a 401 when the same token was accepted meanwhile, and returns 404", async () => {
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

  it("requests a new token for a 401 when the old one was accepted only before the request", async () => {
    const dead = new Set<string>();
    const { get, reached } = serviceWith((_, token) => (dead.has(token) ? 401 : 200));
    await get("sessions/a");
    dead.add("t1");
    expect(await get("sessions/b")).toBe(200);
    expect(reached).toEqual(["t1 /v1/sessions/a", "t1 /v1/sessions/b", "t2 /v1/sessions/b"]);
  });

  it("does not count a 500 as proof that the token was accepted", async () => {
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
    "checks the list once for several 401 responses at the same time, with baseUrl %s",
    async (baseUrl) => {
      const { get, reached } = serviceWith((path) => (path === "/v1/sessions" ? 200 : 401), baseUrl);
      expect(await Promise.all([get("sessions/a"), get("sessions/b")])).toEqual([404, 404]);
      expect(reached.filter((request) => request.endsWith(probe))).toEqual([`t2 ${probe}`]);
      // A later 401 is checked again.
      expect(await get("sessions/c")).toBe(404);
      expect(reached.filter((request) => request.endsWith(probe))).toHaveLength(2);
    },
  );

  it("returns the 401 when the list responds with 401 as well", async () => {
    const { get } = serviceWith(401);
    expect(await get("sessions/a")).toBe(401);
  });

  it.each([500, 503])("rejects with auth_unavailable when the list responds with %i", async (status) => {
    const { get } = serviceWith((path) => (path === "/v1/sessions" ? status : 401));
    await expect(get("sessions/a")).rejects.toMatchObject({
      code: "auth_unavailable",
      operation: "getAccessToken",
      outcome: "not-sent",
    });
  });
});
