// Time and memory that the proxy costs, from the built package.
import * as kit from "coviu-react/server";

import { heapOver } from "./memory.mjs";

const requests = Number(process.env.MEMORY_REQUESTS ?? "100000");
await import("./overhead.mjs");
const { heaps, statuses } = await heapOver(kit, requests);
const [start = 0, middle = 0, end = 0] = heaps;
const growth = (/** @type {number} */ bytes) => `${((bytes - start) / 1e6).toFixed(2)} MB`;
console.log(`\n${requests} requests: ${JSON.stringify(statuses)}`);
console.log(`  heap since the start: ${growth(middle)} in the middle, ${growth(end)} at the end`);
if (Math.max(middle, end) - start > 5e6) process.exitCode = 1;
