/** Options of a test that also runs on React 18: conformance, and one flow per component and hook. */
export const react18 = { tags: ["react18"] };
