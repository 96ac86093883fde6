import { expect, it } from "vitest";

import * as kit from "../../src/server/index.ts";
import { heapOver } from "./memory.mjs";

it("the heap of the proxy does not grow by 3 MB over five thousand requests", async () => {
  const { heaps, statuses } = await heapOver(kit, 5000);
  // Requests of the warm-up count as well.
  expect(statuses).toEqual({ 200: 5600, 400: 800, 404: 1600 });
  const [start = 0, ...later] = heaps;
  expect(later).toHaveLength(2);
  for (const heap of later) expect(heap - start).toBeLessThan(3_000_000);
});
