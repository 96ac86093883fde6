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
    name: "booking anyway does not look first, and a lost answer is not looked for",
    file: "src/queries/confirmed.ts",
    find: "const looks = [0, 2000, 4000];",
    replace: "const looks = [];",
    rows: "W2",
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
