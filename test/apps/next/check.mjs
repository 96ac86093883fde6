import { check, done, run } from "../browser.mjs";
await check("next build succeeds", () => run("npm", ["run", "build"]));
await done();
