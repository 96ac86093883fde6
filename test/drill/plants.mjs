/**
 * Known bugs that the drill must notice: `find` in `file` is replaced before the source runs, and some row that `rows`
 * matches (a pattern for the titles of rows) must turn red.
 * @type {{ name: string, file: string, find: string, replace: string, rows: string }[]}
 */
export const plants = [
  {
    name: "nobody looks for the first booking once it was booked anyway",
    file: "src/queries/confirmed.ts",
    find: "const lateLooks = [15_000, 30_000];",
    replace: "const lateLooks = [];",
    rows: "W3",
  },
  {
    name: "a booking is found although another one has it",
    file: "src/queries/confirmed.ts",
    find: "if (id) log.taken.add(id);",
    replace: "",
    rows: "W3",
  },
  {
    name: "a lost answer is not looked for",
    file: "src/queries/confirmed.ts",
    find: "const looks = [0, 2000, 4000];",
    replace: "const looks = [];",
    rows: "W2",
  },
  {
    name: "looks go on as long as they like",
    file: "src/queries/confirmed.ts",
    find: "const longest = 26_000;",
    replace: "const longest = 90_000;",
    rows: "W4",
  },
  {
    name: "what is gone counts as an error for whoever deletes it",
    file: "src/queries/confirmed.ts",
    find: 'if (CoviuError.is(error) && error.code === "not_found") return',
    replace: "if (!error) return",
    rows: "W11",
  },
  {
    name: "a booking is sent as often as it is asked for",
    file: "src/components/SessionScheduler/useBooking.ts",
    find: "if (busy.current) return;",
    replace: "",
    rows: "W1",
  },
  {
    name: "a start that passed on the way is the server's problem",
    file: "src/components/SessionScheduler/useSessionScheduler.ts",
    find: "const problems = problemsOf(draft, zoned, clock());",
    replace: "const problems = [];",
    rows: "W15",
  },
  {
    name: "a change is sent without a look at the session",
    file: "src/components/SessionScheduler/useSessionScheduler.ts",
    find: "send(await reread(query));",
    replace: "send(kept);",
    rows: "W8",
  },
  {
    name: "the later change wins",
    file: "src/components/SessionScheduler/draftEdit.ts",
    find: "const conflicts = conflictsIn(",
    replace: "const conflicts = [].filter(",
    rows: "W8",
  },
  {
    name: "nobody looks whether a change stays",
    file: "src/components/OtherChanges/useOverwritten.ts",
    find: "const pause = 8000;",
    replace: "const pause = 1e9;",
    rows: "W9",
  },
  {
    name: "a person is added again without a look",
    file: "src/components/ParticipantList/usePersonForm.ts",
    find: 'adding.error?.outcome === "unknown" &&',
    replace: "false &&",
    rows: "W6",
  },
  {
    name: "a removed person can't be added again",
    file: "src/components/ParticipantList/usePersonForm.ts",
    find: "void (isNew ? add() : save())",
    replace: "void (person ? save() : add())",
    rows: "W10",
  },
  {
    name: "what was typed goes with its session",
    file: "src/components/SessionDetails/SessionDetails.tsx",
    find: "{known && (\n        <SessionSchedulerDialog",
    replace: "{data && (\n        <SessionSchedulerDialog",
    rows: "W12",
  },
  {
    name: "a session that has ended can be typed in",
    file: "src/components/SessionScheduler/useSessionScheduler.ts",
    find: "editable: !over,",
    replace: "editable: true,",
    rows: "W14",
  },
  {
    name: "the clock is not asked before a cancel",
    file: "src/components/SessionDetails/CancelDialog.tsx",
    find: "const refusal = rules?.cancel.reason &&",
    replace: "const refusal = undefined &&",
    rows: "W13",
  },
  {
    name: "leaving the page never asks",
    file: "src/components/FrontDesk/useUnfinished.ts",
    find: "if (!isOpen) return undefined;",
    replace: "if (isOpen) return undefined;",
    rows: "W5",
  },
  {
    name: "a booking is stored with what was typed",
    file: "src/hooks/useInterruptedBookings.ts",
    find: "storage.setItem(prefix + id, time)",
    replace: "storage.setItem(prefix + id, time + JSON.stringify(variables))",
    rows: "W5",
  },
  {
    name: "a result without a form is told to nobody",
    file: "src/components/FrontDesk/useUnfinished.ts",
    find: "[...before, ...settledOf(mutation)]",
    replace: "before",
    rows: "W18",
  },
  {
    name: "a clinician is known by name alone",
    file: "src/domain/clashes.ts",
    find: "a.state && b.state ?",
    replace: "false ?",
    rows: "W17",
  },
  {
    name: "coming back online changes nothing",
    file: "src/hooks/useBackOnline.ts",
    find: "void act();",
    replace: "{};",
    rows: "N16",
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
