import { addons } from "storybook/manager-api";

// Pages and groups in one list, in the order of reading.
addons.setConfig({ sidebar: { showRoots: false } });
