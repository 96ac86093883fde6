import type { CoviuMessages } from "../../src/index.ts";

/** Every text of the kit: a translation that says it is one of these is told by TypeScript of every new text. */
export type EveryText = { [Table in keyof CoviuMessages]-?: Required<NonNullable<CoviuMessages[Table]>> };
