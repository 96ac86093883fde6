import { expect, it } from "vitest";

it("the server's part in a browser bundle fails on import, with a sentence that says what to do instead", async () => {
  const error: unknown = await import("../../src/server/browser.ts").catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(Error);
  expect(String(error)).toMatch(
    /coviu-react\/server .*browser.* key and secret.* server only.* proxy.* getAccessToken/,
  );
});
