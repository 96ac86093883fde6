import { useMemo } from "react";

import { useCoviuSettings } from "../provider/CoviuProvider.tsx";

/** A component's texts: its defaults, then the provider's for this component, then its own `messages`. */
export function useMessages<Table extends object>(
  component: string,
  defaults: Table,
  own: Partial<Table> | undefined,
): Table {
  const given = useCoviuSettings().messages?.[component];
  return useMemo(() => ({ ...defaults, ...given, ...own }), [defaults, given, own]);
}
