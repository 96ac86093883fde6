import { useMemo } from "react";

import { localTexts } from "../domain/localTexts.ts";
import { useCoviuSettings } from "../provider/CoviuProvider.tsx";

/**
 * Returns the texts of a component. The `messages` prop of the component has priority over the provider's texts, and those
 * over the defaults. Numbers are written in the digits of the locale.
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
