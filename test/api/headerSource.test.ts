import { expect, it, vi } from "vitest";

import { createHeaderSource, type GetHeaders } from "../../src/api/headerSource.ts";

/** A header source over a function whose calls the test settles one by one, and the `renew` of each call. */
function sourceOver() {
  const ending = new AbortController();
  const calls: { renew: boolean; resolve: (token: string) => void; reject: () => void }[] = [];
  const getHeaders = vi.fn<GetHeaders>(
    ({ renew }) =>
      new Promise((resolve, reject) => {
        calls.push({ renew, resolve: (token) => resolve({ "x-token": token }), reject: () => reject(new Error("no")) });
      }),
  );
  const next = createHeaderSource(getHeaders, 10_000, ending.signal);
  const renewals = () => calls.map(({ renew }) => renew);
  return { next, calls, renewals, ending };
}

it("renews headers once: a later 401 for headers from before the renewal starts an ordinary call", async () => {
  const { renewals, next, calls } = sourceOver();
  const before = next();
  calls[0]?.resolve("t1");
  const old = await before;
  const renewed = next(old);
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  calls[1]?.resolve("t2");
  expect((await renewed).get("x-token")).toBe("t2");
  const late = next(old);
  await vi.waitFor(() => expect(calls).toHaveLength(3));
  calls[2]?.resolve("t2");
  await late;
  expect(renewals()).toEqual([false, true, false]);
});

it("renews again when the renewed headers are refused too", async () => {
  const { renewals, next, calls } = sourceOver();
  let refused: Headers | undefined;
  for (const [index, token] of ["t1", "t2", "t3"].entries()) {
    const headers = next(refused);
    // oxlint-disable-next-line no-await-in-loop -- one call after the other
    await vi.waitFor(() => expect(calls).toHaveLength(index + 1));
    calls[index]?.resolve(token);
    // oxlint-disable-next-line no-await-in-loop
    refused = await headers;
  }
  expect(renewals()).toEqual([false, true, true]);
});

it("starts the renewal after a call in progress, which may fail", async () => {
  const { renewals, next, calls } = sourceOver();
  const before = next();
  calls[0]?.resolve("t1");
  const old = await before;
  const failing = next().catch((error: unknown) => error);
  const renewed = next(old);
  expect(renewals()).toEqual([false, false]);
  calls[1]?.reject();
  expect(await failing).toMatchObject({ code: "auth_unavailable" });
  await vi.waitFor(() => expect(calls).toHaveLength(3));
  calls[2]?.resolve("t2");
  expect((await renewed).get("x-token")).toBe("t2");
  expect(renewals()).toEqual([false, false, true]);
});

it("does not count a failed renewal", async () => {
  const { renewals, next, calls } = sourceOver();
  const before = next();
  calls[0]?.resolve("t1");
  const old = await before;
  const failing = next(old).catch((error: unknown) => error);
  await vi.waitFor(() => expect(calls).toHaveLength(2));
  calls[1]?.reject();
  expect(await failing).toMatchObject({ code: "auth_unavailable" });
  const again = next(old);
  await vi.waitFor(() => expect(calls).toHaveLength(3));
  calls[2]?.resolve("t2");
  await again;
  expect(renewals()).toEqual([false, true, true]);
});

it("calls nothing after the client has ended", async () => {
  const { next, calls, ending } = sourceOver();
  ending.abort();
  await expect(next()).rejects.toMatchObject({ name: "AbortError" });
  expect(calls).toEqual([]);
});
