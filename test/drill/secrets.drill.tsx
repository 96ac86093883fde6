import { faultRow } from "./faultRow.ts";
import { everyScenario } from "./secretsDeeds.ts";
import { persistedByHost, placesOfLinks, storagesOff } from "./secretsPlaces.tsx";

faultRow("I5", "no secret is outside of its places, whatever is done and goes wrong", [
  ...everyScenario(),
  ...placesOfLinks,
]);
faultRow("U5", "works, and keeps nothing, where storages are switched off or full", storagesOff);
faultRow("X8", "nothing of ours is in a cache that the app keeps", persistedByHost);
