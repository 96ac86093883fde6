export { Sessions as default } from "./Sessions";
