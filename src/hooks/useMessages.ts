import { useMemo } from "react";

import { localTexts } from "../domain/localTexts.ts";
import { useCoviuSettings } from "../provider/CoviuProvider.tsx";

/**
 * Texts of a component: its defaults, overridden by those of the provider, overridden by its `messages` prop. Numbers in
 * them use the digits of the locale.
 */
export function useMessages<Table extends object>(
  component: string,
  defaults: Table,
  own: Partial<Table> | undefined,
): Table {
  const { messages, locale } = useCoviuSettings();
  const given = messages?.[component];
  return useMemo(() => localTexts({ ...defaults, ...given, ...own }, locale), [defaults, given, own, locale]);
}
