export { blockedProps as leftOut, maskedProps as masked } from "./sessionReplay.ts";
