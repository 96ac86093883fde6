import { faultRow } from "./faultRow.ts";
import { cutOff, deeds, scenarioOf, well } from "./secretsDeeds.ts";
import { persistedByHost, placesOfLinks, storagesOff } from "./secretsPlaces.tsx";

faultRow("I5", "no secret is outside of its places, in a browser", [
  ...deeds.flatMap((deed) => [well, cutOff].map((trouble) => scenarioOf(deed, trouble))),
  ...placesOfLinks,
]);
faultRow("U5", "works, and keeps nothing, where a browser's storages are switched off or full", storagesOff);
faultRow("X8", "nothing of ours is in a cache that the app keeps in a browser", persistedByHost);
