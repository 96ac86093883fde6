import type { ReactNode } from "react";

import { isolated, spelledOut } from "../domain/roles.ts";
import { renderIsolated } from "./renderIsolated.tsx";

/** What to say under a field about characters in it that can't be seen; `undefined` if there are none. */
export function unseenHint(value: string, say: (spelled: string) => string): ReactNode | undefined {
  const spelled = spelledOut(value);
  return spelled === undefined ? undefined : renderIsolated(say(isolated(spelled)));
}
