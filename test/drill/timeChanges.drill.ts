// @vitest-environment node
import { expect } from "vitest";

import { personDraft } from "../../src/components/person/personDraft.ts";
import { newDraft, type SessionDraft, startDraft } from "../../src/components/SessionScheduler/draft.ts";
import { problemsOf } from "../../src/components/SessionScheduler/draftProblems.ts";
import { creationRequest } from "../../src/components/SessionScheduler/draftRequest.ts";
import { parseTimes } from "../../src/components/SessionScheduler/draftTimes.ts";
import { sessionSchedulerMessages } from "../../src/components/SessionScheduler/messages.ts";
import { problemText } from "../../src/components/SessionScheduler/problemText.ts";
import { formatTime } from "../../src/domain/formatTime.ts";
import { fromWallClock } from "../../src/domain/wallClock.ts";
import {
  changesOf,
  type ClockChange,
  edgeOf,
  first,
  hour,
  instantsOf,
  iso,
  isGap,
  jumpOf,
  last,
  minute,
  typed,
} from "./clockChanges.ts";
import { faultRow } from "./faultRow.ts";

const locale = "en-AU";
const now = new Date(first);
const zones = Intl.supportedValuesOf("timeZone");
const isShort = (import.meta.env.VITE_DRILL_TIMES ?? "1") === "1";
/** Days between two checks. No zone changes its clocks twice within four weeks. */
const step = isShort ? 7 : 1;

let found: ClockChange[] | undefined;
function changes(): ClockChange[] {
  return (found ??= zones.flatMap((zone) => changesOf(zone, first, last, step * 24 * hour)));
}

/** Every quarter of an hour that is skipped or shown twice, a minute on each side, and times hours before and after. */
function wallsAround(change: ClockChange): number[] {
  const [edge, jump] = [edgeOf(change), jumpOf(change)];
  const walls = [edge - 20 * hour, edge - 10 * hour, edge - 45 * minute];
  for (let wall = edge; wall <= edge + jump; wall += 15 * minute) walls.push(wall - minute, wall, wall + minute);
  return [...walls, edge + jump + 45 * minute, edge + jump + 10 * hour, edge + jump + 20 * hour];
}

/** Middle of the time that is skipped or shown twice. */
function middle(change: ClockChange): number[] {
  return [edgeOf(change) + jumpOf(change) / 2];
}

/** Middle, and in the full drill also the first and last minute. */
function wallsIn(change: ClockChange): number[] {
  const edge = edgeOf(change);
  return isShort ? middle(change) : [edge, ...middle(change), edge + jumpOf(change) - minute];
}

function read(wall: number, zone: string) {
  const at = new Date(wall);
  return fromWallClock(
    {
      year: at.getUTCFullYear(),
      month: at.getUTCMonth() + 1,
      day: at.getUTCDate(),
      hour: at.getUTCHours(),
      minute: at.getUTCMinutes(),
    },
    zone,
  );
}

function draftAt(wall: number, fields: Partial<SessionDraft> = {}): SessionDraft {
  const { date, time } = typed(wall);
  return {
    ...newDraft({ zoned: { locale, timeZone: "UTC" } }),
    name: "Knee rehab",
    people: [{ ...personDraft(), key: 0, name: "Dr Amara Okafor", role: "HOST" }],
    date,
    start: time,
    ...fields,
  };
}

const sent = (draft: SessionDraft, timeZone: string) =>
  creationRequest(draft, parseTimes(draft, { locale, timeZone }))?.start_time;

/** Checks all changes of a kind. Returns the number of checks and the failed ones. */
function checkChanges(gaps: boolean, check: (wall: number, change: ClockChange) => boolean, walls: typeof wallsIn) {
  let checks = 0;
  const wrong: string[] = [];
  for (const change of changes()) {
    if (isGap(change) !== gaps) continue;
    for (const wall of walls(change)) {
      checks += 1;
      if (!check(wall, change)) wrong.push(`${change.zone} ${iso(wall)}`);
    }
  }
  return { checks, wrong };
}

faultRow("D2", "a time that clocks skip is never shifted automatically, and the two nearest times are offered", [
  {
    name: "every zone × 2020 to 2035 × all changes are found",
    async run({ holds }) {
      const all = changes();
      await holds("I4", () => expect(zones.length).toBeGreaterThan(400));
      await holds("I4", () => expect(new Set(all.map(({ zone }) => zone)).size).toBeGreaterThan(140));
      await holds("I4", () => expect(all.filter(isGap).length).toBeGreaterThan(2000));
      await holds("I4", () => expect(all.filter((change) => !isGap(change)).length).toBeGreaterThan(2000));
      const jumps = new Set(all.map((change) => jumpOf(change) / minute));
      await holds("I4", () => expect([...jumps]).toEqual(expect.arrayContaining([30, 60, 120])));
      await holds("I4", () => expect(all.map(({ zone }) => zone)).toContain("Australia/Lord_Howe"));
    },
  },
  {
    name: "every gap of every zone × every quarter of an hour around it × reading",
    async run({ holds }) {
      const { checks, wrong } = checkChanges(
        true,
        (wall, change) => {
          const reading = read(wall, change.zone);
          const [instant] = instantsOf(wall, change);
          if (instant !== undefined) return reading.kind === "instant" && reading.instant === instant;
          return (
            reading.kind === "missing" &&
            reading.before === iso(wall - change.after) &&
            reading.after === iso(wall - change.before)
          );
        },
        wallsAround,
      );
      await holds("I4", () => expect(wrong).toEqual([]));
      await holds("I4", () => expect(checks).toBeGreaterThan(40_000));
    },
  },
  {
    name: "every gap of every zone × minutes in it × booking",
    async run({ holds }) {
      const { checks, wrong } = checkChanges(
        true,
        (wall, { zone, before, after }) => {
          const zoned = { locale, timeZone: zone };
          const draft = draftAt(wall);
          const [problem, ...others] = problemsOf(draft, parseTimes(draft, zoned), now);
          const isQuestion = sent(draft, zone) === undefined && problem?.code === "missing" && others.length === 0;
          if (!isQuestion || problem.reading?.kind !== "missing") return false;
          // Each of the two offers is sent as its instant.
          const offers = [problem.reading.before, problem.reading.after];
          const isNearest = offers.join() === [iso(wall - after), iso(wall - before)].join();
          return isNearest && offers.every((offer) => sent({ ...draft, ...startDraft(offer, zoned) }, zone) === offer);
        },
        wallsIn,
      );
      await holds("I4", () => expect(wrong).toEqual([]));
      await holds("I4", () => expect(checks).toBeGreaterThan(isShort ? 2000 : 6000));
    },
  },
  {
    name: "every gap of every zone × its middle × text of the problem and the offered time",
    async run({ holds }) {
      const { checks, wrong } = checkChanges(
        true,
        (wall, { zone }) => {
          const zoned = { locale, timeZone: zone };
          const draft = draftAt(wall);
          const [problem] = problemsOf(draft, parseTimes(draft, zoned), now);
          if (problem?.reading?.kind !== "missing") return false;
          const text = problemText(problem, sessionSchedulerMessages, zoned);
          const isNamed = text.startsWith(`${formatTime(iso(wall), { locale, timeZone: "UTC" })} doesn’t exist on `);
          const corrected = { ...draft, ...startDraft(problem.reading.after, zoned) };
          return isNamed && problemsOf(corrected, parseTimes(corrected, zoned), now).length === 0;
        },
        middle,
      );
      await holds("I4", () => expect(wrong).toEqual([]));
      await holds("I4", () => expect(checks).toBeGreaterThan(2000));
    },
  },
]);

faultRow("D3", "for a time that clocks show twice, the form asks which one is meant, and the chosen instant is sent", [
  {
    name: "every overlap of every zone × every quarter of an hour around it × reading",
    async run({ holds }) {
      const { checks, wrong } = checkChanges(
        false,
        (wall, change) => {
          const reading = read(wall, change.zone);
          const instants = instantsOf(wall, change);
          if (instants.length === 1) return reading.kind === "instant" && reading.instant === instants[0];
          return reading.kind === "twice" && instants.join() === [reading.earlier, reading.later].join();
        },
        wallsAround,
      );
      await holds("I4", () => expect(wrong).toEqual([]));
      await holds("I4", () => expect(checks).toBeGreaterThan(40_000));
    },
  },
  {
    name: "every overlap of every zone × minutes in it × booking",
    async run({ holds }) {
      const { checks, wrong } = checkChanges(
        false,
        (wall, change) => {
          const { zone } = change;
          const zoned = { locale, timeZone: zone };
          const draft = draftAt(wall);
          const [problem, ...others] = problemsOf(draft, parseTimes(draft, zoned), now);
          const isQuestion = sent(draft, zone) === undefined && problem?.code === "which" && others.length === 0;
          const [earlier, later] = instantsOf(wall, change);
          return (
            isQuestion &&
            earlier !== later &&
            sent({ ...draft, startReading: "earlier" }, zone) === earlier &&
            sent({ ...draft, startReading: "later" }, zone) === later
          );
        },
        wallsIn,
      );
      await holds("I4", () => expect(wrong).toEqual([]));
      await holds("I4", () => expect(checks).toBeGreaterThan(isShort ? 2000 : 6000));
    },
  },
  {
    name: "every overlap of every zone × its middle × typed end",
    async run({ holds }) {
      const { checks, wrong } = checkChanges(
        false,
        (wall, change) => {
          const { zone } = change;
          const start = edgeOf(change) - 30 * minute;
          const draft = draftAt(start, { duration: "other", end: typed(wall).time });
          const zoned = { locale, timeZone: zone };
          const end = (endReading?: "earlier" | "later") => parseTimes({ ...draft, endReading }, zoned).end;
          const [earlier, later] = instantsOf(wall, change);
          const codes = problemsOf(draft, parseTimes(draft, zoned), now).map(({ field, code }) => `${field} ${code}`);
          return (
            codes.join() === "end-which which" &&
            end() === undefined &&
            end("earlier") === earlier &&
            end("later") === later
          );
        },
        middle,
      );
      await holds("I4", () => expect(wrong).toEqual([]));
      await holds("I4", () => expect(checks).toBeGreaterThan(2000));
    },
  },
]);
