import { useMemo } from "react";

import { localTexts } from "../domain/localTexts.ts";
import { useCoviuSettings } from "../provider/CoviuProvider.tsx";

/**
 * A component's texts: its defaults, then the provider's for this component, then its own `messages`. Numbers in them
 * are in the digits of the locale.
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
