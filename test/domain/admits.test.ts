import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { ListSessionsParams } from "../../src/api/requests.ts";
import type { Participant, Session } from "../../src/api/schemas.ts";
import { admits } from "../../src/domain/admits.ts";

const session: Session = {
  session_id: "s1",
  start_time: "2026-01-12T10:00:00.000Z",
  end_time: "2026-01-12T10:30:00.000Z",
};

function participant(state: string | undefined, removed = false): Participant {
  return { participant_id: "p", state, deleted_at: removed ? "2026-01-11T00:00:00.000Z" : undefined };
}

describe("admits", () => {
  const canceled = { ...session, canceled_time: "2026-01-10T00:00:00.000Z" };
  const withParticipants = (...participants: Participant[]) => ({ ...session, participants });

  it.each<[string, ListSessionsParams, Session, string]>([
    ["no filter", {}, session, "in"],
    ["canceled", {}, canceled, "out"],
    ["canceled, with include_canceled", { include_canceled: true }, canceled, "in"],
    ["from its start", { start_time: "2026-01-12T10:00:00.000Z" }, session, "in"],
    ["from just after its start", { start_time: "2026-01-12T10:00:00.001Z" }, session, "out"],
    ["to just before its start", { end_time: "2026-01-12T09:59:59.999Z" }, session, "out"],
    ["to its start", { end_time: "2026-01-12T10:00:00.000Z" }, session, "unknown"],
    ["to its end", { end_time: "2026-01-12T10:30:00.000Z" }, session, "unknown"],
    ["to just after its end", { end_time: "2026-01-12T10:30:00.001Z" }, session, "in"],
    ["the same instant with an offset", { start_time: "2026-01-12T21:00:00+11:00" }, session, "in"],
    [
      "an instant that is later, though its text is smaller",
      { start_time: "2026-01-12T05:30:00-05:00" },
      session,
      "out",
    ],
    ["an instant without an offset, in UTC", { start_time: "2026-01-12 10:00" }, session, "in"],
    ["an instant without an offset, after it in UTC", { start_time: "2026-01-12T10:01" }, session, "out"],
    ["an RFC 1123 date", { end_time: "Mon, 12 Jan 2026 09:00:00 GMT" }, session, "out"],
    ["a state of a present participant", { state: "a" }, withParticipants(participant("b"), participant("a")), "in"],
    [
      "a state that no participant has",
      { state: "a" },
      withParticipants(participant("b"), participant(undefined)),
      "out",
    ],
    ["a state in a session without participants", { state: "a" }, withParticipants(), "out"],
    ["a state of a removed participant only", { state: "a" }, withParticipants(participant("a", true)), "unknown"],
    [
      "a state that present and removed have",
      { state: "a" },
      withParticipants(participant("a", true), participant("a")),
      "in",
    ],
    ["a state when participants are not loaded", { state: "a" }, session, "unknown"],
    ["a state that differs in case", { state: "A" }, withParticipants(participant("a")), "out"],
    [
      "one condition out, another unknown",
      { state: "a", end_time: "2026-01-12T10:10:00.000Z" },
      withParticipants(),
      "out",
    ],
    ["canceled, another condition unknown", { state: "a" }, canceled, "out"],
    ["page, size and order", { page: 3, page_size: 1, order: "reverse" }, session, "in"],
  ])("%s: %j", (_, params, row, verdict) => {
    expect(admits(params, row)).toBe(verdict);
  });

  it("is right for 100,000 random pairs, and unknown only where servers would differ", () => {
    const seen = { in: 0, out: 0, unknown: 0 };
    fc.assert(
      fc.property(request, stored, (filter, row) => {
        const verdict = admits(toParams(filter), toSession(row));
        seen[verdict]++;
        const verdicts = servers.flatMap((holds) => worlds(row).map((world) => holds(filter, world)));
        const isHeld = verdicts.includes(true);
        expect(verdict).toBe(isHeld && verdicts.includes(false) ? "unknown" : isHeld ? "in" : "out");
      }),
      { numRuns: 100_000 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(5000);
  }, 30_000);
});

// Model of the servers that the API's sources describe. It uses slots of a day instead of instants, so that it shares no code with the rule.
interface Row {
  start: number;
  end: number;
  canceled: boolean;
  participants: { state: string | undefined; removed: boolean }[];
  hasParticipants: boolean;
  spelling: number;
}

interface Filter {
  from: number | undefined;
  to: number | undefined;
  canceled: boolean | undefined;
  state: string | undefined;
  spelling: number;
}

type Server = (filter: Filter, row: Row) => boolean;

const servers: Server[] = [
  (row: Row, to: number) => row.start <= to,
  (row: Row, to: number) => row.end <= to,
  (row: Row, to: number) => row.end < to,
].flatMap((endsInTime) =>
  [true, false].map((countsRemoved): Server => {
    return (filter, row) => {
      if (row.canceled && !filter.canceled) return false;
      if (filter.from !== undefined && row.start < filter.from) return false;
      if (filter.to !== undefined && !endsInTime(row, filter.to)) return false;
      const participants = row.participants.filter((one) => countsRemoved || !one.removed);
      return filter.state === undefined || participants.some((one) => one.state === filter.state);
    };
  }),
);

/** All rows that the client's data allows. */
function worlds(row: Row): Row[] {
  if (row.hasParticipants) return [row];
  return [[], ["a"], ["b"]].map((states) => ({
    ...row,
    participants: states.map((state) => ({ state, removed: false })),
  }));
}

const slot = fc.integer({ min: 0, max: 7 });
const state = fc.constantFrom("a", "b", undefined);
const spelling = fc.nat(5);
const request: fc.Arbitrary<Filter> = fc.record({
  from: fc.option(slot, { nil: undefined }),
  to: fc.option(slot, { nil: undefined }),
  canceled: fc.constantFrom(true, false, undefined),
  state,
  spelling,
});
const stored: fc.Arbitrary<Row> = fc
  .record({
    start: slot,
    length: fc.integer({ min: 1, max: 3 }),
    canceled: fc.nat(3).map((dice) => dice === 0),
    participants: fc.array(fc.record({ state, removed: fc.boolean() }), { maxLength: 3 }),
    hasParticipants: fc.nat(3).map((dice) => dice > 0),
    spelling,
  })
  .map(({ length, ...row }) => ({ ...row, end: row.start + length }));

function toParams({ from, to, canceled, state: tag, spelling: form }: Filter): ListSessionsParams {
  return {
    start_time: from === undefined ? undefined : spelled(from, form),
    end_time: to === undefined ? undefined : spelled(to, form + 1),
    include_canceled: canceled,
    state: tag,
  };
}

function toSession(row: Row): Session {
  return {
    session_id: "s1",
    start_time: spelled(row.start, 0),
    end_time: spelled(row.end, 0),
    canceled_time: row.canceled ? spelled(0, row.spelling) : undefined,
    participants: row.hasParticipants ? row.participants.map((one) => participant(one.state, one.removed)) : undefined,
  };
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** Slot 2 is midnight in UTC, so that the day differs between spellings. */
function spelled(at: number, form: number): string {
  const hour = (at + 22) % 24;
  const day = at < 2 ? 11 : 12;
  switch (form) {
    case 1:
      return `2026-01-${day}T${two(hour)}:00Z`;
    case 2:
      return `2026-01-12T${two(at + 9)}:00:00+11:00`;
    case 3:
      return `2026-01-11T${two(at + 12)}:00:00.000-10:00`;
    case 4:
      return `2026-01-${day} ${two(hour)}:00`;
    case 5:
      return `${day === 11 ? "Sun" : "Mon"}, ${day} Jan 2026 ${two(hour)}:00:00 GMT`;
    default:
      return `2026-01-${day}T${two(hour)}:00:00.000Z`;
  }
}
