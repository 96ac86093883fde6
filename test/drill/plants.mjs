/**
 * Known bugs that the drill must notice: `find` in `file` is replaced before the source runs, and some row that `rows`
 * matches (a pattern for the titles of rows) must turn red.
 * @type {{ name: string, file: string, find: string, replace: string, rows: string }[]}
 */
export const plants = [
  {
    name: "a skipped time is taken for the one after it",
    file: "src/domain/wallClock.ts",
    find: 'return { kind: "missing", before: earlier, after: later }',
    replace: 'return { kind: "instant", instant: later }',
    rows: "D2",
  },
  {
    name: "of two times the first is taken",
    file: "src/domain/wallClock.ts",
    find: 'return { kind: "twice", earlier, later }',
    replace: 'return { kind: "instant", instant: earlier }',
    rows: "D3",
  },
  {
    name: "the two readings are mixed up",
    file: "src/components/SessionScheduler/WhenFields.tsx",
    find: 'chosen === "earlier" ?',
    replace: 'chosen !== "earlier" ?',
    rows: "D3",
  },
  {
    name: "times are read on the machine's clock",
    file: "src/domain/wallClock.ts",
    find: 'formatIn(timeZone, "en-US", { ...figures, hourCycle: "h23" })',
    replace: 'new Intl.DateTimeFormat("en-US", { ...figures, hourCycle: "h23" })',
    rows: "D4",
  },
  {
    name: "the day of the end is left out where clocks change",
    file: "src/domain/formatTime.ts",
    find: "passesMidnight ? `",
    replace: "passesMidnight && !changes ? `",
    rows: "D5",
  },
  {
    name: "an unknown zone is the machine's",
    file: "src/provider/CoviuProvider.tsx",
    find: 'unknown ? "UTC" : given',
    replace: "unknown ? Intl.DateTimeFormat().resolvedOptions().timeZone : given",
    rows: "D6",
  },
  {
    name: "years of other calendars are taken as they are",
    file: "src/domain/wallClock.ts",
    find: "isWithin(year, 1900, 2200)",
    replace: "isWithin(year, 1, 9999)",
    rows: "D7",
  },
  {
    name: "a page that is shown again does not look at the clock",
    file: "src/hooks/useNow.ts",
    find: 'document.addEventListener("visibilitychange", show);',
    replace: "",
    rows: "D9",
  },
  {
    name: "one timer chases the next",
    file: "src/hooks/useNow.ts",
    find: "Math.max(wait + margin, least)",
    replace: "wait + margin",
    rows: "D10",
  },
];

/** Plants the bug that `DRILL_PLANT` names. */
export function plantedBug() {
  const name = process.env.DRILL_PLANT;
  const plant = plants.find((known) => known.name === name);
  if (name && !plant) throw new Error(`There is no planted bug "${name}".`);
  return {
    name: "coviu-planted-bug",
    enforce: /** @type {const} */ ("pre"),
    /** @param {string} code @param {string} id */
    transform(code, id) {
      if (!plant || !id.endsWith(plant.file)) return undefined;
      if (!code.includes(plant.find)) throw new Error(`The bug "${plant.name}" can't be planted any more.`);
      return code.replace(plant.find, () => plant.replace);
    },
  };
}
