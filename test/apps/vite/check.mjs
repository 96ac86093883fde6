// Vite's React template as `npm create vite` makes it, with the README's first screen as its App.
import { check, done, run } from "../browser.mjs";

await check("tsc -b and vite build succeed", () => run("npm", ["run", "build"]));
await done();
