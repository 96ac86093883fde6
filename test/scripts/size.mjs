// npm run size (after npm run build): prints the size and budget of each part, and the size of each folder of src in
// FrontDesk. --detail lists the largest files.
import { bundle, parts, weighFolders } from "./bundles.mjs";

const kB = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(2)} kB`;
for (const part of parts) {
  const bundled = await bundle(part);
  const { bytes, largest } = bundled;
  const verdict = bytes <= part.aim ? "within aim" : bytes <= part.budget ? "within budget" : "OVER BUDGET";
  console.log(
    `${part.name.padEnd(64)} ${kB(bytes).padStart(9)}  budget ${kB(part.budget)}  aim ${kB(part.aim)}  ${verdict}`,
  );
  if (part.name.startsWith("FrontDesk")) {
    // Gzip compresses the bundle as a whole: a folder gets a share of the result, by the length of its minified code.
    for (const { folder, bytes: share } of await weighFolders(bundled)) {
      console.log(
        `  ${folder.padEnd(62)} ${kB(share).padStart(9)}  ${((100 * share) / bytes).toFixed(1).padStart(5)} %`,
      );
    }
  }
  if (!process.argv.includes("--detail")) continue;
  for (const file of largest.slice(0, 40)) console.log(`  ${String(file.bytes).padStart(7)} ${file.path}`);
}
