import type { CoviuMessages } from "../../src/index.ts";

/** All texts of the kit. TypeScript reports missing texts in a translation of this type. */
export type EveryText = { [Table in keyof CoviuMessages]-?: Required<NonNullable<CoviuMessages[Table]>> };
