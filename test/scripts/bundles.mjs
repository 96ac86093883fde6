// What a browser downloads for a part of the kit: esbuild, minified, gzip 9, from the built package.
// The entry and every chunk it imports statically count; React is never inside.
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const react = ["react", "react-dom", "react/*", "react-dom/*"];
const transport = ["ky", "@tanstack/*"];

/** @typedef {{ name: string, code: string, external: string[], budget: number, aim: number }} Part */

/**
 * Bytes of gzip. `aim` is what the first release set out for; where a budget is above it, the sentence beside it says
 * what the bytes buy.
 * @type {Part[]}
 */
export const parts = [
  {
    name: "provider + client + useSession, without ky and TanStack Query",
    code: 'export { CoviuProvider, createCoviuClient, useSession } from "coviu-react";',
    external: [...react, ...transport],
    // 1.9 kB are the client and its errors, 1.3 the limits in time and size, the repeats of reads and the account of an
    // outage, 1.0 the schemas and what reads by them (valibot's own code would bring 0.7 more), 1.0 the provider, 0.7 the
    // query with its keys. Tokens (0.9, where a client asks for them) and what is due after an outage come in behind.
    budget: 6500,
    aim: 5500,
  },
  {
    name: "all hooks, without ky and TanStack Query",
    code: `export { CoviuProvider, createCoviuClient, useAddParticipant, useCancelSession, useCoviu,
      useCoviuConnection, useCoviuSignOut, useCreateSession, useHydrated,
      useInfiniteSessions, useNow, useParticipant, useParticipants, useRemoveParticipant, useSession, useSessions, useSessionStatus,
      useSuspenseInfiniteSessions, useSuspenseParticipant, useSuspenseParticipants, useSuspenseSession, useSuspenseSessions,
      useUpdateParticipant, useUpdateSession, useWrites } from "coviu-react";`,
    external: [...react, ...transport],
    // Beyond the above: 0.7 are the other queries, 0.8 the ten endpoints with their parameters and requests, 0.3 sending
    // writes, 0.4 clocks that no setting of the computer's can upset, 0.5 the hooks. What looks for lost writes, keeps the
    // account of those that are open and brings what is cached up to date comes in behind, as one file of its own.
    budget: 8900,
    aim: 9000,
  },
  {
    name: "FrontDesk with everything but React",
    code: 'export { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";',
    external: react,
    // Radix Dialog, 14 kB, comes in behind the first paint. 8 kB over the first 64: what others changed meanwhile, what
    // could not be confirmed, one banner for the connection, one voice, digits and calendars of every locale.
    budget: 74_500,
    aim: 55_000,
  },
  { name: "style sheet", code: '@import "coviu-react/styles.css";', external: [], budget: 8000, aim: 6000 },
];

/**
 * @param {Pick<Part, "code" | "external">} part @param {boolean} splitting
 * @param {(path: string) => boolean} loads Whether what this module loads by `import()` is ever loaded.
 */
function built({ code, external }, splitting, loads = () => true) {
  return build({
    stdin: { contents: code, resolveDir: root, loader: code.startsWith("@import") ? "css" : "js" },
    bundle: true,
    splitting,
    outdir: "out",
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    // The kit's own name resolves to what was built, not to src.
    tsconfigRaw: "{}",
    external,
    plugins: [
      {
        name: "left-out",
        setup(bundling) {
          bundling.onResolve({ filter: /^\./ }, ({ kind, path, importer }) =>
            kind === "dynamic-import" && !loads(relative(root, importer)) ? { path, external: true } : undefined,
          );
        },
      },
    ],
    legalComments: "none",
  });
}

/**
 * What a page has to load before it can run the code, and what comes in behind it by `import()`.
 * @param {Pick<Part, "code" | "external">} part
 */
export async function bundle(part) {
  const whole = await built(part, false);
  // esbuild also writes chunks that only code it has left out would load, and shares what they share.
  const kept = new Set(
    Object.values(whole.metafile.outputs)
      .flatMap((output) => Object.entries(output.inputs))
      .flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const { outputFiles, metafile } = await built(part, true, (path) => kept.has(path));

  const outputs = Object.entries(metafile.outputs);
  const weight = (/** @type {string} */ path) => {
    const file = outputFiles.find((output) => output.path.endsWith(path));
    return file ? gzipSync(file.text, { level: 9 }).length : 0;
  };
  /** @param {Set<string>} chunks @param {string[]} kinds Adds what these chunks import so, and what that imports. */
  const follow = (chunks, kinds) => {
    for (const path of chunks) {
      for (const { kind, path: chunk } of metafile.outputs[path]?.imports ?? []) {
        if (kinds.includes(kind) && metafile.outputs[chunk]) chunks.add(chunk);
      }
    }
    return chunks;
  };
  const entry = outputs.flatMap(([path, { entryPoint }]) => (entryPoint === "<stdin>" ? [path] : []));
  const first = follow(new Set(entry), ["import-statement"]);
  const all = follow(new Set(first), ["import-statement", "dynamic-import"]);
  const sum = (/** @type {string[]} */ paths) => paths.reduce((total, path) => total + weight(path), 0);
  // Files that were read but left out whole stand there with 0 bytes.
  const largest = [...first]
    .flatMap((path) => Object.entries(metafile.outputs[path]?.inputs ?? {}))
    .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes);
  return {
    bytes: sum([...first]),
    /** Loaded later, by `import()`. */
    later: sum([...all].filter((path) => !first.has(path))),
    inputs: largest.map(({ path }) => path),
    largest,
  };
}
