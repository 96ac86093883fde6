import type { ReactNode } from "react";

import { isolated, spelledOut } from "../domain/roles.ts";
import { renderIsolated } from "./renderIsolated.tsx";

/** Returns the hint about invisible characters in a field. `undefined` if there are none. */
export function unseenHint(value: string, textOf: (spelled: string) => string): ReactNode | undefined {
  const spelled = spelledOut(value);
  return spelled === undefined ? undefined : renderIsolated(textOf(isolated(spelled)));
}
