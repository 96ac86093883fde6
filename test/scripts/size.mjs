// Prints what each part weighs, beside its budget: npm run size (after npm run build).
import { bundle, parts } from "./bundles.mjs";

const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(2)} kB`;
for (const part of parts) {
  const { bytes } = await bundle(part);
  const verdict = bytes <= part.aim ? "within aim" : bytes <= part.budget ? "within budget" : "OVER BUDGET";
  console.log(
    `${part.name.padEnd(64)} ${kB(bytes).padStart(9)}  budget ${kB(part.budget)}  aim ${kB(part.aim)}  ${verdict}`,
  );
  if (process.argv.includes("--detail")) {
    const [output] = Object.values((await bundle(part)).metafile.outputs);
    const inputs = Object.entries(output?.inputs ?? {}).toSorted(([, a], [, b]) => b.bytesInOutput - a.bytesInOutput);
    for (const [path, { bytesInOutput }] of inputs.slice(0, 40))
      console.log(`  ${String(bytesInOutput).padStart(7)} ${path}`);
  }
}
