import { faultRow } from "./faultRow.ts";
import { everyScenario } from "./secretsActions.ts";
import { linkScenarios, persistedCacheScenarios, storageScenarios } from "./secretsScenarios.tsx";

faultRow("I5", "tokens, entry links, ids and names are only in their allowed places, after any action and fault", [
  ...everyScenario(),
  ...linkScenarios,
]);
faultRow("U5", "the kit works with disabled or full storages", storageScenarios);
faultRow("X8", "nothing of the kit is stored with the query cache of the app", persistedCacheScenarios);
