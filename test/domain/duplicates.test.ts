import * as fc from "fast-check";
import { expect, it } from "vitest";

import type { Session } from "../../src/api/schemas.ts";
import { areDuplicates, duplicatesIn, duplicateTest } from "../../src/domain/duplicates.ts";

const rosters = [undefined, [], ["Ana"], ["Ben"], ["Ana", "Ben"], ["Ben", "Ana"], ["Ana", "Ben", "-Cem"]];

/** A dash before a name marks a removed participant. */
function participant(name: string, index: number) {
  const display_name = name.replace("-", "");
  return {
    participant_id: `${name}${index}`,
    display_name,
    ...(name !== display_name && { deleted_at: "2026-01-01T00:00:00Z" }),
  };
}

const session = fc.record({
  session_name: fc.constantFrom(undefined, "", "Knee rehab"),
  start_time: fc.constantFrom("2026-01-12T00:00:00Z", "2026-01-12T00:00:00.000Z", "2026-01-12T00:15:00Z"),
  end_time: fc.constantFrom("2026-01-12T01:00:00Z", "2026-01-12T01:00:00.000Z", "2026-01-12T01:15:00Z"),
  participants: fc.constantFrom(...rosters).map((names) => names?.map(participant)),
  canceled_time: fc.constantFrom(undefined, undefined, undefined, "2026-01-11T00:00:00Z"),
});

it("returns every session of a list that has a duplicate in it", () => {
  fc.assert(
    fc.property(fc.array(session, { maxLength: 12 }), (rows) => {
      const sessions: Session[] = rows.map((row, index) => ({ ...row, session_id: String(index) }));
      const duplicates = sessions.filter((one) => sessions.some((other) => areDuplicates(one, other)));
      expect([...duplicatesIn(sessions)].toSorted(byId)).toEqual(duplicates.toSorted(byId));
      expect(sessions.filter(duplicateTest(sessions))).toEqual(duplicates);
    }),
    { numRuns: 2000 },
  );
});

it("handles 20,000 duplicates of one session in linear time", () => {
  const sessions = Array.from({ length: 20_000 }, (_, index) => ({
    session_id: String(index),
    start_time: "2026-01-12T00:00:00Z",
    end_time: "2026-01-12T01:00:00Z",
    participants: [],
  }));
  expect(duplicatesIn(sessions).size).toBe(20_000);
});

function byId(a: Session, b: Session): number {
  return Number(a.session_id) - Number(b.session_id);
}
