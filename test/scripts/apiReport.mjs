/**
 * API report: every public name of each entry with its signature, without comments. It is made from the declarations
 * that users get. `npm run api` writes the files in test/api-report, and test/exports.test.ts compares them.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** @typedef {Map<string, { path: string, name: string }>} Exports Public name → declaration file and name in it. */
/** @typedef {(path: string) => string} Read Text of a file without comments. */

/** Entries of the package by the name of their report, with the file in src. */
/** @type {Record<string, string>} */
export const entries = { index: "index", core: "core", server: "server/index", sandbox: "sandbox/index" };

/** @param {string} entry */
export function reportPath(entry) {
  return join(root, "test/api-report", `${entry}.d.ts.txt`);
}

/**
 * Reports of all entries, and the types that a public declaration of an entry mentions but the entry does not export.
 *
 * @returns {Record<string, { text: string, hidden: string[] }>}
 */
export function apiReports() {
  const out = mkdtempSync(join(tmpdir(), "api-report-"));
  try {
    const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
    execFileSync(process.execPath, [tsc, "-p", join(root, "src"), "--outDir", out], { stdio: "pipe" });
    /** @type {Read} */
    const read = (path) => withoutComments(readFileSync(path, "utf8"));
    return Object.fromEntries(
      Object.entries(entries).map(([entry, file]) => {
        const exported = exportsOf(join(out, `${file}.d.ts`), read);
        return [entry, { text: reportOf(exported), hidden: hiddenTypes(exported, read) }];
      }),
    );
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** @param {string} text */
function withoutComments(text) {
  return text.replaceAll(/^\s*\/\*\*[^]*?\*\/\n/gm, "").replaceAll(/ \/\*\*[^]*?\*\//g, "");
}

/**
 * Public names of a declaration file.
 *
 * @param {string} path
 * @param {Read} read
 * @returns {Exports}
 */
function exportsOf(path, read) {
  const text = read(path);
  /** @type {Exports} */
  const found = new Map();
  for (const [, from = ""] of text.matchAll(/^export \* from "(\.[^"]+)";/gm)) {
    for (const [name, place] of exportsOf(declarations(path, from), read)) found.set(name, place);
  }
  for (const [, names = "", from = ""] of text.matchAll(/^export (?:type )?\{([^}]*)\} from "(\.[^"]+)";/gm)) {
    for (const entry of listed(names)) {
      const [name = "", alias = name] = entry.split(" as ");
      const source = declarations(path, from);
      found.set(alias, exportsOf(source, read).get(name) ?? { path: source, name });
    }
  }
  for (const { name } of statementsOf(text)) if (name) found.set(name, { path, name });
  return found;
}

/**
 * Path of the declarations of an imported module.
 *
 * @param {string} path
 * @param {string} from
 */
function declarations(path, from) {
  return join(dirname(path), from.replace(/\.tsx?$/, ".d.ts"));
}

/**
 * Top-level statements. A statement ends where the next one starts at column 0.
 *
 * @param {string} text
 */
function statementsOf(text) {
  const lines = text.split("\n");
  /** @type {string[][]} */
  const statements = [];
  for (const line of lines) {
    if (/^(import|export|declare|interface|type|const|function|class)\b/.test(line)) statements.push([line]);
    else statements.at(-1)?.push(line);
  }
  return statements.map((statement) => {
    const declaration = statement.join("\n").trim();
    const head = /^export (?:declare )?(?:abstract )?(?:class|const|function|interface|type|enum|let|var) (\w+)/.exec(
      declaration,
    );
    return { name: head?.[1], text: declaration };
  });
}

/** @param {Exports} exported */
function reportOf(exported) {
  return [...exported]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { path, name: own }]) => declarationOf(name, own, path))
    .join("\n\n")
    .concat("\n");
}

/**
 * @param {string} name
 * @param {string} own
 * @param {string} path
 */
function declarationOf(name, own, path) {
  const found = statementsOf(withoutComments(readFileSync(path, "utf8"))).filter((statement) => statement.name === own);
  const text = found.map((statement) => plain(statement.text)).join("\n");
  return name === own ? text : text.replace(new RegExp(`\\b${own}\\b`), name);
}

/**
 * The same text wherever a type is imported from.
 *
 * @param {string} text
 */
function plain(text) {
  return text
    .replaceAll(/import\("[^"]+"\)\.default\b/g, "default")
    .replaceAll(/import\("[^"]+"\)\.(?=\w)/g, "")
    .replace(/^export (declare )?/, "");
}

/**
 * Types of this package that public declarations mention and the entry does not export.
 *
 * @param {Exports} exported
 * @param {Read} read
 */
function hiddenTypes(exported, read) {
  /** @type {Set<string>} */
  const hidden = new Set();
  for (const [name, { path, name: own }] of exported) {
    const text = read(path);
    const local = statementsOf(text);
    const imported = [...text.matchAll(/^import (?:type )?\{([^}]*)\} from "\./gm)].flatMap(([, names = ""]) =>
      listed(names).map((entry) => entry.split(" as ").at(-1) ?? ""),
    );
    const declared = [...text.matchAll(/^(?:export )?(?:declare )?(?:interface|type|class) (\w+)/gm)].map(
      ([, type = ""]) => type,
    );
    for (const { text: declaration } of local.filter((statement) => statement.name === own)) {
      const inline = [...declaration.matchAll(/import\("\.[^"]+"\)\.(\w+)/g)].map(([, type = ""]) => type);
      const mentioned = [...imported, ...declared].filter((type) => new RegExp(`\\b${type}\\b`).test(declaration));
      for (const type of [...inline, ...mentioned]) {
        if (type !== own && !exported.has(type)) hidden.add(`${name} mentions ${type}`);
      }
    }
  }
  return [...hidden].toSorted();
}

/** @param {string} names */
function listed(names) {
  return names
    .split(",")
    .map((name) => name.trim().replace(/^type /, ""))
    .filter((name) => name !== "");
}

if (basename(process.argv[1] ?? "") === "apiReport.mjs") {
  for (const [entry, { text, hidden }] of Object.entries(apiReports())) {
    mkdirSync(dirname(reportPath(entry)), { recursive: true });
    writeFileSync(reportPath(entry), text);
    for (const line of hidden) console.warn(`${entry}: ${line}, which the entry does not export`);
  }
}
