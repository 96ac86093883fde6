import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** Folder outside the checkout, so that a package resolves only where it is installed. */
const folder = mkdtempSync(join(tmpdir(), "coviu-react-types-"));
const compiler = resolve("node_modules/typescript/bin/tsc");
const dependencies = ["hono", "@hono/node-server", "ky", "valibot"];
const peers = ["@tanstack/react-query", "@types/react", "@types/react-dom"];

beforeAll(() => {
  const kit = join(folder, "kit");
  execFileSync(process.execPath, [compiler, "-p", "src", "--outDir", join(kit, "dist")]);
  cpSync("package.json", join(kit, "package.json"));
  install("without-peers", [...dependencies, "@types/node"]);
  install("with-peers", [...dependencies, ...peers, "@types/node"]);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function install(app: string, packages: readonly string[]): void {
  const modules = join(folder, app, "node_modules");
  mkdirSync(modules, { recursive: true });
  cpSync(join(folder, "kit"), join(modules, "coviu-react"), { recursive: true });
  for (const name of packages) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve("node_modules", name), join(modules, name));
  }
  writeFileSync(join(folder, app, "package.json"), '{ "type": "module" }');
}

/** Compiles one file in an app, and returns the compiler's errors. */
function compile(app: string, code: string, options: object): string {
  const cwd = join(folder, app);
  writeFileSync(join(cwd, "app.ts"), code);
  const compilerOptions = { target: "ES2023", noEmit: true, strict: true, skipLibCheck: false, ...options };
  writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["app.ts"] }));
  const { stdout, status } = spawnSync(process.execPath, [compiler, "-p", "."], { cwd, encoding: "utf8" });
  return status === 0 ? "" : stdout;
}

/** Code that imports and exports an entry. */
function importOf(entry: string): string {
  const name = entry.replaceAll(/\W/g, "_");
  return `import * as ${name} from "${entry}";\nexport { ${name} };\n`;
}

const inBrowsers = { lib: ["ES2023", "DOM", "DOM.Iterable"], types: [], module: "esnext", moduleResolution: "bundler" };
const inNode = { lib: ["ES2023"], types: ["node"], module: "nodenext" };

// Other compilers, React 18 and the rest of the matrix: test/apps/types.
describe("the declarations of the package", () => {
  it("compile core without its peers in a browser app, with skipLibCheck off", () => {
    expect(compile("without-peers", importOf("coviu-react/core"), inBrowsers)).toBe("");
  });

  it("compile core, server and sandbox without the peers in a Node app, with skipLibCheck off", () => {
    const entries = ["core", "server", "sandbox"].map((entry) => importOf(`coviu-react/${entry}`));
    expect(compile("without-peers", entries.join(""), inNode)).toBe("");
  });

  it("compile the whole kit and its style sheets, and keep the types that TanStack infers from the options of core", () => {
    const code = `import "coviu-react/styles.css";
import "coviu-react/styles.layer.css";
import { QueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { createCoviuClient, createSessionMutationOptions, infiniteSessionsQueryOptions, sessionQueryOptions } from "coviu-react/core";
const client = createCoviuClient({ baseUrl: "/api" });
const queryClient = new QueryClient();
const session = queryClient.getQueryData(sessionQueryOptions(client, "id").queryKey);
const sure = useSuspenseQuery(sessionQueryOptions(client, "id")).data;
const page = queryClient.getQueryData(infiniteSessionsQueryOptions(client).queryKey)?.pages[0];
const write = createSessionMutationOptions(client).mutationFn;
// @ts-expect-error -- a session or undefined
export const a: number = session;
// @ts-expect-error -- a session
export const b: number = sure;
// @ts-expect-error -- a page or undefined
export const c: number = page;
// @ts-expect-error -- a request is required
void write?.({});
export const name: string | undefined = sure.session_name;
`;
    const options = {
      exactOptionalPropertyTypes: true,
      verbatimModuleSyntax: true,
      noUncheckedSideEffectImports: true,
    };
    expect(compile("with-peers", importOf("coviu-react") + code, { ...inBrowsers, ...options })).toBe("");
  });

  it("mention only packages in dependencies and peerDependencies", () => {
    const dist = join(folder, "kit/dist");
    const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".d.ts"));
    const mentioned = files.flatMap((file) =>
      [...readFileSync(join(dist, file), "utf8").matchAll(/(?:from |import\()"([^."][^"]*)"/g)].map(([, name]) => name),
    );
    const { dependencies: installed, peerDependencies }: Record<string, object> = JSON.parse(
      readFileSync("package.json", "utf8"),
    );
    const known = new Set(Object.keys({ ...installed, ...peerDependencies }));
    expect(
      [...new Set(mentioned)].filter(
        (name = "") =>
          !known.has(
            name
              .split("/")
              .slice(0, name.startsWith("@") ? 2 : 1)
              .join("/"),
          ),
      ),
    ).toEqual([]);
  });
});
