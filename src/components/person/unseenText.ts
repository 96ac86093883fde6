/** English text of the hint about invisible characters in a name. `text` spells them out. */
export const unseenText = (text: string): string => `Has characters that can’t be seen: ${text}`;
