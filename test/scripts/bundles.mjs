// What a browser downloads for a part of the kit: esbuild, minified, gzip 9, from the built package.
// The entry and every chunk it imports statically count; React is never inside.
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
    // 0.4 kB over the first 5.5: a canceled session's 401 is told from a lost sign-in, nothing is sent while offline,
    // and rows that break the contract are left out and reported.
    budget: 5900,
    aim: 5500,
  },
  {
    name: "all hooks, without ky and TanStack Query",
    code: `export { CoviuProvider, createCoviuClient, useAddParticipant, useCancelSession, useCoviu, useCreateSession, useHydrated,
      useInfiniteSessions, useNow, useParticipant, useParticipants, useRemoveParticipant, useSession, useSessions, useSessionStatus,
      useSuspenseInfiniteSessions, useSuspenseParticipant, useSuspenseParticipants, useSuspenseSession, useSuspenseSessions,
      useUpdateParticipant, useUpdateSession } from "coviu-react";`,
    external: [...react, ...transport],
    // 1.8 kB over the first 7: every write brings lists, pages, details and people up to date by the admission rules,
    // and five suspense variants.
    budget: 8800,
    aim: 7000,
  },
  {
    name: "FrontDesk with everything but React",
    code: 'export { CoviuProvider, createCoviuClient, FrontDesk } from "coviu-react";',
    external: react,
    // 40 of them are ky, TanStack Query, Radix Dialog, valibot and zone arithmetic; the rest are six screens' parts with
    // their texts, conflict questions about clock changes, and the four states of each.
    budget: 76_000,
    aim: 64_000,
  },
  { name: "style sheet", code: '@import "coviu-react/styles.css";', external: [], budget: 8000, aim: 6000 },
];

/** @param {Pick<Part, "code" | "external">} part */
export async function bundle({ code, external }) {
  const css = code.startsWith("@import");
  const { outputFiles, metafile } = await build({
    stdin: { contents: code, resolveDir: root, loader: css ? "css" : "js" },
    bundle: true,
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
    legalComments: "none",
  });
  const text = outputFiles.map((file) => file.text).join("");
  // Files that were read but left out whole stand there with 0 bytes.
  const inputs = Object.values(metafile.outputs)
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
  return { bytes: gzipSync(text, { level: 9 }).length, inputs, metafile };
}
