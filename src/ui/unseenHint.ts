import type { ReactNode } from "react";

import { isolated, spelledOut } from "../domain/roles.ts";
import { renderIsolated } from "./renderIsolated.tsx";

/** Hint under a field about invisible characters in it. `undefined` if there are none. */
export function unseenHint(value: string, say: (spelled: string) => string): ReactNode | undefined {
  const spelled = spelledOut(value);
  return spelled === undefined ? undefined : renderIsolated(say(isolated(spelled)));
}
