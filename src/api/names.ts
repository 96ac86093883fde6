/** The most characters of a name, of a session or a person. */
export const longestName = 256;
