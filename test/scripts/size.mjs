// Prints what each part weighs, beside its budget: npm run size (after npm run build). --detail names the largest files.
import { bundle, parts } from "./bundles.mjs";

const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(2)} kB`;
for (const part of parts) {
  const { bytes, largest } = await bundle(part);
  const verdict = bytes <= part.aim ? "within aim" : bytes <= part.budget ? "within budget" : "OVER BUDGET";
  console.log(
    `${part.name.padEnd(64)} ${kB(bytes).padStart(9)}  budget ${kB(part.budget)}  aim ${kB(part.aim)}  ${verdict}`,
  );
  if (!process.argv.includes("--detail")) continue;
  for (const file of largest.slice(0, 40)) console.log(`  ${String(file.bytes).padStart(7)} ${file.path}`);
}
