// A page with WebDriver. WebKit receives commands over HTTP, Firefox over Marionette's socket.

import { spawn } from "node:child_process";

/** @type {Set<import("node:child_process").ChildProcess>} */
const children = new Set();
process.on("exit", () => {
  for (const child of children) child.kill();
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** Starts a process that ends with this one.
 * @param {string} path @param {string[]} args @param {import("node:child_process").SpawnOptions} options */
export function spawnChild(path, args, options) {
  const child = spawn(path, args, options);
  children.add(child);
  child.once("exit", () => children.delete(child));
  return child;
}

/** @typedef {(command: string, parameters: object) => Promise<any>} Send */

/** @type {Record<string, string>} */
const keys = {
  Tab: "\uE004",
  Enter: "\uE007",
  Escape: "\uE00C",
  ArrowDown: "\uE015",
  ArrowRight: "\uE014",
  Space: " ",
  Shift: "\uE008",
};

/** @param {(script: string, args: unknown[]) => Promise<any>} executeAsync returns the value that the script passes to its callback */
export const evaluateWith =
  (executeAsync) =>
  /** @param {(...args: any[]) => unknown} run @param {unknown[]} args */
  async (run, ...args) => {
    const script = `
      const args = [...arguments];
      const done = args.pop();
      new Promise((resolve) => resolve((${String(run)})(...args))).then(
        (value) => done({ value }),
        (error) => done({ error: String(error) + "\\n" + (error && error.stack) }),
      );`;
    const { value, error } = await executeAsync(script, args);
    if (error) throw new Error(error);
    return value ?? undefined;
  };

/** Actions of WebDriver for a combination of keys, for instance `Shift+Tab`. @param {string} combination */
export function keyActions(combination) {
  const values = combination.split("+").map((key) => keys[key]);
  return [
    {
      type: "key",
      id: "keyboard",
      actions: [
        ...values.map((value) => ({ type: "keyDown", value })),
        ...values.toReversed().map((value) => ({ type: "keyUp", value })),
      ],
    },
  ];
}

/** @param {number} x @param {number} y */
export function clickActions(x, y) {
  const actions = [
    { type: "pointerMove", x: Math.round(x), y: Math.round(y) },
    { type: "pointerDown", button: 0 },
    { type: "pointerUp", button: 0 },
  ];
  return [{ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions }];
}

/** Waits until `find` returns a value. @template T @param {() => T | undefined | Promise<T | undefined>} find
 * @param {string} name @param {import("node:child_process").ChildProcess} child whose end ends the wait */
export async function waitFor(find, name, child) {
  for (const end = Date.now() + 60_000; Date.now() < end;) {
    const found = await find();
    if (found !== undefined) return found;
    if (child.exitCode !== null) throw new Error(`${name}: the process ended with ${child.exitCode}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${name}: not found after 60 s`);
}
