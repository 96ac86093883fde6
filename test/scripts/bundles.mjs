// Download size of a part of the kit: an app built by Vite from the built package, minified, gzip 9.
// Every chunk counts, also those that load later. React is never inside.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { transform } from "esbuild";
import { build } from "vite";

const root = fileURLToPath(new URL("../..", import.meta.url));
const react = /^react(-dom)?(\/|$)/;
const transport = /^(ky|@tanstack\/)/;

/** @typedef {{ name: string, code: string, external: RegExp[], budget: number, aim: number }} Part */

/**
 * Bytes of gzip. The first two budgets were 10 and 15 kB. Valibot as a library costs 1.4 and 1.7 kB of them, in place of
 * schema functions of our own; the checks of addresses, dates and shared defaults cost the rest. `headers` of a client costs 0.2 kB.
 * @type {Part[]}
 */
export const parts = [
  {
    name: "provider + client + useSession, without ky and TanStack Query",
    code: 'export { CoviuProvider, createCoviuClient, useSession } from "coviu-react";',
    external: [react, transport],
    budget: 11_700,
    aim: 8000,
  },
  {
    name: "all hooks, without ky and TanStack Query",
    code: `export { CoviuProvider, createCoviuClient, useAddParticipant, useCancelSession, useCoviu,
      useCoviuConnection, useCoviuSignOut, useCreateSession, useHydrated,
      useInfiniteSessions, useNow, useParticipant, useParticipants, useRemoveParticipant, useSession, useSessions, useSessionStatus,
      useSuspenseInfiniteSessions, useSuspenseParticipant, useSuspenseParticipants, useSuspenseSession, useSuspenseSessions,
      useUpdateParticipant, useUpdateSession, usePendingWrites } from "coviu-react";`,
    external: [react, transport],
    budget: 17_300,
    aim: 12_000,
  },
  {
    name: "FrontDesk with everything but React",
    code: 'export { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";',
    external: [react],
    budget: 92_000,
    aim: 80_000,
  },
  { name: "style sheet", code: 'import "coviu-react/styles.css";', external: [], budget: 9000, aim: 6000 },
];

const app = "\0app";

/**
 * Builds an app of one module with Vite and weighs all files that it writes.
 * @param {Pick<Part, "code" | "external">} part
 */
export async function bundle({ code, external }) {
  const result = await build({
    root,
    configFile: false,
    logLevel: "silent",
    mode: "production",
    // Vitest sets it to "test".
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      write: false,
      modulePreload: false,
      rolldownOptions: { input: app, external, preserveEntrySignatures: "strict" },
    },
    plugins: [
      {
        name: "app",
        resolveId: { order: "pre", handler: (id) => (id === app ? app : undefined) },
        load: (id) => (id === app ? code : undefined),
      },
    ],
  });
  if (!("output" in result)) throw new Error("Vite returned more than one build, or a watcher");
  const files = result.output;
  const weigh = (/** @type {typeof files[number]} */ file) =>
    gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 }).length;
  // A style sheet's app has a chunk of JavaScript without code.
  const bytes = files
    .filter((file) => file.type === "asset" || file.code.trim())
    .reduce((sum, file) => sum + weigh(file), 0);
  const largest = files
    .flatMap((file) => (file.type === "chunk" ? Object.entries(file.modules) : []))
    .map(([path, { code: rendered, renderedLength }]) => ({
      path: path.replace(root, ""),
      bytes: renderedLength,
      code: rendered ?? "",
    }))
    .filter(({ path, bytes: length }) => length > 0 && path !== app)
    .toSorted((a, b) => b.bytes - a.bytes);
  return { bytes, inputs: largest.map(({ path }) => path), largest };
}

/**
 * Splits the bytes of gzip among the folders of src and the packages, by the length of their minified code.
 * @param {Pick<Awaited<ReturnType<typeof bundle>>, "bytes" | "largest">} bundled
 */
export async function weighFolders({ bytes, largest }) {
  /** @type {Map<string, number>} */
  const lengths = new Map();
  for (const { path, code } of largest) {
    // oxlint-disable-next-line no-await-in-loop -- one module after the other
    const { length } = (await transform(code, { minify: true })).code;
    const [, name = "other"] = /^dist\/(components\/[^/.]+(?=\/)|[^/.]+)/.exec(path) ?? [];
    const [, folder = name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
    lengths.set(folder, (lengths.get(folder) ?? 0) + length);
  }
  const total = [...lengths.values()].reduce((sum, length) => sum + length, 0);
  return [...lengths]
    .map(([folder, length]) => ({ folder, bytes: Math.round((length / total) * bytes) }))
    .toSorted((a, b) => b.bytes - a.bytes);
}
