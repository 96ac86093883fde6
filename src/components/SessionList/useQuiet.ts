export { useDebouncedValue as useQuiet } from "../../hooks/useDebouncedValue.ts";
