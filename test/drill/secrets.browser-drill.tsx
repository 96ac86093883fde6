import { faultRow } from "./faultRow.ts";
import { actions, cutOff, noFault, scenarioOf } from "./secretsActions.ts";
import { linkScenarios, persistedCacheScenarios, storageScenarios } from "./secretsScenarios.tsx";

faultRow("I5", "tokens, entry links, ids and names are only in their allowed places in a browser", [
  ...actions.flatMap((action) => [noFault, cutOff].map((actionFault) => scenarioOf(action, actionFault))),
  ...linkScenarios,
]);
faultRow("U5", "the kit works in a browser with disabled or full storages", storageScenarios);
faultRow("X8", "nothing of the kit is stored with the query cache of the app in a browser", persistedCacheScenarios);
