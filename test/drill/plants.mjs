/**
 * Known bugs that the drill must notice: `find` in `file` is replaced before the source runs, and some row that `rows`
 * matches (a pattern for the titles of rows) must turn red.
 * @type {{ name: string, file: string, find: string, replace: string, rows: string }[]}
 */
export const plants = [
  {
    name: "a person's id is an id in the page",
    file: "src/components/ParticipantList/ParticipantRow.tsx",
    find: '<li className="coviu-participant">',
    replace: '<li className="coviu-participant" id={person.participant_id}>',
    rows: "I5",
  },
  {
    name: "links stand in the page before anybody asks",
    file: "src/components/EntryLink/EntryLink.tsx",
    find: "<Masked text={text} />}",
    replace: "url}",
    rows: "I5",
  },
  {
    name: "an error's message has the server's words in it",
    file: "src/api/errors.ts",
    find: "${details.code} ${hint}",
    replace: "${details.code} ${hint} ${explanation}",
    rows: "I5",
  },
  {
    name: "what is sent is kept in a storage",
    file: "src/api/client.ts",
    find: 'const write = method !== "GET";',
    replace: 'const write = method !== "GET";\nlocalStorage.setItem("sent", JSON.stringify(body ?? path));',
    rows: "(I5|U5)",
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
