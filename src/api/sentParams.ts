/** Parameters as they are sent: absent ones and `false` left out, so that two spellings of one request are one. */
export function sentParams<Params extends object>(params: Params): Partial<Params> {
  const set: [string, unknown][] = Object.entries(params).filter(([, value]) => value !== undefined && value !== false);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fields left out make a partial of the same type
  return Object.fromEntries(set) as Partial<Params>;
}
