// npm run start:clinic: starts the example app with the packed package, on loopback only.
import { execFileSync } from "node:child_process";

import { installApp, startApp } from "../e2e/clinicApp.mjs";

console.log("Building and packing …");
execFileSync("npm", ["run", "--silent", "build"], { stdio: ["ignore", "ignore", "inherit"] });
await installApp();
const app = await startApp({ port: process.env.PORT ?? "4300", onOutput: (text) => process.stdout.write(text) }).catch(
  () => process.exit(1),
);
let isStopped = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    isStopped = true;
    void app.stop();
  });
}
await app.ended;
await app.stop();
process.exit(isStopped ? 0 : 1);
