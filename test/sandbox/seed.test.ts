import { describe, expect, it } from "vitest";

import { createCoviuClient, isHost, listSessions, type Session, sessionStatus, toWallClock } from "../../src/core.ts";
import { createSandbox } from "../../src/sandbox/index.ts";

const moments = [
  ["a Monday morning", "2026-01-11T22:52:00Z"],
  ["a Monday evening", "2026-01-12T09:00:00Z"],
  ["a Saturday at noon", "2026-01-17T01:07:00Z"],
  ["a Sunday night", "2026-01-17T16:30:00Z"],
  ["midnight", "2026-01-12T13:00:00Z"],
  ["the day the clocks go forward", "2026-10-03T16:10:00Z"],
  ["the day the clocks go back", "2026-04-04T15:40:00Z"],
  ["the turn of the year", "2025-12-31T12:59:59Z"],
  ["a leap day", "2028-02-28T23:59:00Z"],
] as const;

async function seeded(now: string): Promise<Session[]> {
  const client = createCoviuClient(createSandbox({ now }));
  const { content, more } = await listSessions(client, { include_canceled: true, deleted_participants: true });
  expect(more).toBe(false);
  return content;
}

describe.each(moments)("the clinic's week on %s", (_, now) => {
  it("has past, running, upcoming and canceled sessions", async () => {
    const sessions = await seeded(now);
    const count = { scheduled: 0, active: 0, ended: 0, canceled: 0 };
    for (const session of sessions) count[sessionStatus(session, new Date(now)).status] += 1;
    expect(sessions.length).toBeGreaterThanOrEqual(60);
    expect(count.active).toBeGreaterThanOrEqual(1);
    expect(count.canceled).toBeGreaterThanOrEqual(3);
    expect(count.ended).toBeGreaterThanOrEqual(15);
    expect(count.scheduled).toBeGreaterThanOrEqual(15);
  });

  it("is the same each time", async () => {
    expect(await seeded(now)).toEqual(await seeded(now));
  });

  it("has no pictures", async () => {
    const sessions = await seeded(now);
    expect(
      sessions.flatMap(({ picture, participants = [] }) => [picture, ...participants.map((p) => p.picture)]),
    ).toEqual(expect.not.arrayContaining([expect.any(String)]));
  });

  it("has sessions of 15 to 90 minutes on multiples of five minutes, between 9:00 and 18:00 unless within 28 hours of now", async () => {
    for (const { session_name, start_time, end_time, canceled_time } of await seeded(now)) {
      const start = Date.parse(start_time);
      const length = (Date.parse(end_time) - start) / 60_000;
      expect.soft(length, session_name).toBeGreaterThanOrEqual(15);
      expect.soft(length, session_name).toBeLessThanOrEqual(90);
      expect.soft(start % (5 * 60_000), session_name).toBe(0);
      const canceled = Date.parse(canceled_time ?? "1970-01-01T00:00:00Z");
      expect.soft(canceled, `${session_name} was canceled before it started`).toBeLessThan(start);
      expect.soft(canceled, `${session_name} was canceled by now`).toBeLessThan(Date.parse(now));
      const { hour } = toWallClock(new Date(start), "Australia/Sydney");
      const isNearNow = Math.abs(start - Date.parse(now)) < 28 * 3_600_000;
      expect.soft(isNearNow || (hour >= 9 && hour < 18), `${session_name} at ${hour}`).toBe(true);
    }
  });

  it("has no clinician in two sessions at once", async () => {
    const sessions = (await seeded(now)).filter(({ canceled_time }) => !canceled_time);
    const clashes = sessions.flatMap((one) =>
      sessions.filter(
        (other) =>
          one.session_id < other.session_id &&
          one.start_time < other.end_time &&
          other.start_time < one.end_time &&
          one.participants?.some((host) => isHost(host) && other.participants?.some((p) => p.state === host.state)),
      ),
    );
    expect(clashes).toEqual([]);
  });

  it("has a host in every session, and a name for every participant", async () => {
    for (const { session_name, participants = [] } of await seeded(now)) {
      expect.soft(participants.filter(isHost), session_name).toHaveLength(1);
      expect
        .soft(
          participants.every(({ display_name }) => display_name),
          session_name,
        )
        .toBe(true);
    }
  });
});

it("the seeds at two times differ, and `none` is empty", async () => {
  const names = async (now: string) => (await seeded(now)).map(({ start_time }) => start_time);
  expect(await names(moments[0][1])).not.toEqual(await names(moments[2][1]));
  const empty = createCoviuClient(createSandbox({ seed: "none" }));
  expect((await listSessions(empty, { include_canceled: true })).content).toEqual([]);
});

it("a number as the seed creates that many upcoming sessions, on several pages", async () => {
  const now = moments[0][1];
  const client = createCoviuClient(createSandbox({ now, seed: 250 }));
  const pages = [await listSessions(client), await listSessions(client, { page: 1 })];
  const sessions = pages.flatMap(({ content }) => content);
  expect(new Set(sessions.map(({ session_id }) => session_id)).size).toBe(250);
  expect(sessions.every((session) => sessionStatus(session, new Date(now)).status === "scheduled")).toBe(true);
});
