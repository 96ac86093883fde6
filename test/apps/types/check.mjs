// The declarations of the packed kit in TypeScript 5.9, 6.0 and 7.0, with skipLibCheck off: with the peers and without
// them, with and without the DOM library, with the types of React 18 and 19. Each
// module resolution and each strict option is tested once with each compiler.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { check, done, run } from "../browser.mjs";

const compilers = ["5.9", "6.0", "7.0"];
const installed = ["coviu-react", "hono", "@hono/node-server", "ky", "valibot"];
const node = ["@types/node", "undici-types"];
const peers = ["@tanstack/react-query", "@tanstack/query-core", "csstype"];
const withoutReact = ["coviu-react/core", "coviu-react/server", "coviu-react/sandbox"];
const sheets = ["coviu-react/styles.css", "coviu-react/styles.layer.css"];
const browserLibrary = { lib: ["ES2023", "DOM", "DOM.Iterable"], types: [] };
const nodeLibrary = { lib: ["ES2023"], types: ["node"] };

/**
 ** App with only these packages. `name:from` installs a package under another name.
 * @typedef {{ title: string, packages: string[], imports: string[], options: object }} App
 * @type {App[]}
 */
const apps = [
  {
    title: "without peers, with Node's types alone, nodenext",
    packages: [...installed, ...node],
    imports: withoutReact,
    options: { ...nodeLibrary, module: "nodenext" },
  },
  {
    title: "without peers and Node's types, with the DOM library, bundler",
    packages: installed,
    imports: ["coviu-react/core", "coviu-react/sandbox"],
    options: { ...browserLibrary, module: "esnext", moduleResolution: "bundler" },
  },
  {
    title: "React 19, node16, every strict option, bare imports of the sheets",
    packages: [...installed, ...node, ...peers, "@types/react", "@types/react-dom"],
    imports: ["coviu-react", ...withoutReact],
    options: {
      ...browserLibrary,
      module: "node16",
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noUncheckedSideEffectImports: true,
      isolatedModules: true,
      verbatimModuleSyntax: true,
    },
  },
  {
    title: "React 18, bundler, not strict",
    packages: [
      ...installed,
      ...peers,
      "@types/prop-types",
      "@types/react:@types/react-18",
      "@types/react-dom:@types/react-dom-18",
    ],
    imports: ["coviu-react", "coviu-react/core"],
    options: { ...browserLibrary, module: "esnext", moduleResolution: "bundler", strict: false },
  },
];

/** @param {App} app @param {string} folder */
function install({ packages, imports, options }, folder) {
  rmSync(folder, { recursive: true, force: true });
  for (const entry of packages) {
    const [name = "", from = name] = entry.split(":");
    const target = resolve(folder, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(resolve("node_modules", from), target, { recursive: true });
  }
  const lines = imports.map((name, index) => `import * as kit${index} from "${name}";`);
  const names = `export const kits = [${imports.map((_, index) => `kit${index}`).join(", ")}].map((kit) => Object.keys(kit));`;
  const ofSheets = imports.includes("coviu-react") ? sheets.map((name) => `import "${name}";`) : [];
  writeFileSync(`${folder}/app.ts`, [...lines, ...ofSheets, names, ""].join("\n"));
  writeFileSync(`${folder}/package.json`, '{ "type": "module" }');
  const compilerOptions = { target: "ES2023", noEmit: true, strict: true, skipLibCheck: false, ...options };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, files: ["app.ts"] }));
}

for (const [index, app] of apps.entries()) {
  const folder = `app-${index}`;
  install(app, folder);
  await Promise.all(
    compilers.map((version) =>
      check(`TypeScript ${version}: ${app.title}`, () =>
        run(process.execPath, [resolve(`node_modules/typescript-${version}/bin/tsc`), "-p", folder]),
      ),
    ),
  );
}
await done();
