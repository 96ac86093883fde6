export { renderIsolated as words } from "./renderIsolated.tsx";
