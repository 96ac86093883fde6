import { expect } from "vitest";

import {
  addParticipant,
  cancelSession,
  type CoviuClient,
  createCoviuClient,
  getParticipant,
  getSession,
  listParticipants,
  removeParticipant,
  updateParticipant,
  updateSession,
} from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";
import { faultRow } from "./faultRow.ts";

const operations: Record<string, (client: CoviuClient, id: string) => Promise<unknown>> = {
  getSession: (client, id) => getSession(client, id),
  updateSession: (client, id) => updateSession(client, id, { session_name: "Intake" }),
  cancelSession: (client, id) => cancelSession(client, id),
  listParticipants: (client, id) => listParticipants(client, id),
  addParticipant: (client, id) => addParticipant(client, id, { display_name: "Ana Lee" }),
  getParticipant: (client, id) => getParticipant(client, id),
  updateParticipant: (client, id) => updateParticipant(client, id, { display_name: "Ana Lee" }),
  removeParticipant: (client, id) => removeParticipant(client, id),
};

const ids = [
  "..",
  ".",
  "...",
  "%2e%2e",
  "%2E.",
  ".%2e",
  "a/..",
  "../sessions",
  "..\\sessions",
  "a/b",
  "/",
  "//evil.example",
  "a\\b",
  "a%2fb",
  "a?b",
  "?include_canceled=true",
  "a#b",
  "a;b",
  "a&b",
  "a:b",
  "a@b",
  "a b",
  "a\0b",
  "a\r\nhost: evil.example",
  "a\tb",
  "\ufeffa",
  "a\u200bb",
  "．．",
  "a／b",
  "\ud800",
  "",
  " ",
  "https://evil.example/",
  "javascript:alert(1)",
  "x".repeat(1_000_000),
  "../".repeat(300_000),
];

faultRow(
  "H5",
  "an id such as .. or with slashes is refused before a URL is built",
  Object.entries(operations).flatMap(([operation, call]) =>
    ids.map((id) => ({
      name: `${operation} × ${JSON.stringify(id.slice(0, 30))}`,
      async run({ holds }) {
        const sandbox = createSandbox({ now: "2026-01-11T22:52:00Z" });
        const client = createCoviuClient(sandbox);
        const error: unknown = await call(client, id).catch((failure: unknown) => failure);
        await holds("I4", () => expect(error).toMatchObject({ code: "invalid_input", outcome: "not-sent" }));
        await holds("I8", () => expect(sandbox.log.entries()).toEqual([]));
        // The error does not contain the id.
        if (id.trim().length > 3)
          await holds("I5", () => expect(JSON.stringify([error, String(error)])).not.toContain(id));
      },
    })),
  ),
);
