import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";

import { describe, expect, it } from "vitest";

const command = "dist/sandbox/command.js";

/** Runs the built command until it ends. */
async function run(...options: string[]) {
  const child = spawn(process.execPath, [command, ...options]);
  let output = "";
  let errorOutput = "";
  child.stdout.on("data", (text) => (output += text));
  child.stderr.on("data", (text) => (errorOutput += text));
  const [code] = await once(child, "close");
  return { code, output, errorOutput };
}

/** Tests the built command. */
describe.skipIf(!existsSync(command))("coviu-sandbox", () => {
  it("lists its options with --help", async () => {
    const { code, output } = await run("--help");
    expect(code).toBe(0);
    for (const name of ["port", "host", "dialect", "seed", "now", "key", "secret", "cors"]) {
      expect(output).toContain(`--${name} `);
    }
  });

  it.each([
    [["--port", "many"], "--port must be a number"],
    [["--port", "65536"], "--port must be a number"],
    [["--port", "-1"], "--port"],
    [["--dialect", "latin"], "--dialect must be spec or observed"],
    [["--seed", "garden"], "--seed must be clinic or none"],
    [["--now", "later"], "--now must be a time"],
    [["--colour", "red"], "--colour"],
    [["4010"], "4010"],
  ])("refuses %j with a message, the usage and status 2", async (options, message) => {
    const { code, errorOutput } = await run(...options);
    expect(code).toBe(2);
    expect(errorOutput).toMatch(/^coviu-sandbox: /);
    expect(errorOutput.split("\n\n")[0]).toContain(message);
    expect(errorOutput).toContain("--dialect spec");
  });

  it("listens on loopback, prints its address and key, and ends on a signal", async () => {
    const child = spawn(process.execPath, [command, "--port", "0", "--key", "k1", "--secret", "s1"]);
    const [text] = await once(child.stdout, "data");
    expect(String(text)).toMatch(/listens on http:\/\/127\.0\.0\.1:\d+\/v1 \(spec\)\n {2}key k1\n {2}secret s1\n/);
    child.kill();
    const [code] = await once(child, "close");
    expect(code).toBe(0);
  });
});
