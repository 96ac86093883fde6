import { expect } from "vitest";

import { createCoviuClient, getSession } from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { row } from "./row.ts";

row(
  "H5",
  "an id that could climb is refused before an address exists",
  ["..", ".", "%2e%2e", "a/b", "a?b", "a#b", "a\0b", "", "x".repeat(1_000_000)].map((id) => ({
    name: `getSession × ${JSON.stringify(id.slice(0, 20))}`,
    async run({ holds }) {
      const sandbox = createSandbox({ now: "2026-01-11T22:52:00Z" });
      const client = createCoviuClient(sandbox);
      const failure = getSession(client, id);
      await holds("I4", () => expect(failure).rejects.toMatchObject({ code: "invalid_input", outcome: "not-sent" }));
      await holds("I8", () => expect(sandbox.log.entries()).toEqual([]));
    },
  })),
);
