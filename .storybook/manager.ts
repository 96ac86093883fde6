import { addons } from "storybook/manager-api";

// Pages and groups in one list, in reading order.
addons.setConfig({ sidebar: { showRoots: false } });
