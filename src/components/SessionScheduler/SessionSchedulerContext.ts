import { createContext, type ReactNode, type RefObject, useContext } from "react";

import type { CoviuFormat } from "../../hooks/useFormat.ts";
import type { FieldAddress } from "./fieldAddress.ts";
import type { SessionSchedulerMessages } from "./messages.ts";
import type { UseSessionSchedulerResult } from "./useSessionScheduler.ts";

/** Values that the parts of the form share. */
export interface SessionSchedulerContextValue {
  form: UseSessionSchedulerResult;
  text: SessionSchedulerMessages;
  format: CoviuFormat;
  /** DOM id of the form. The ids of its fields and buttons begin with it. */
  id: string;
  /** Element of the form. */
  root: RefObject<HTMLDivElement | null>;
  /** Returns the text of a field's problem. */
  errorOf: (address: FieldAddress) => ReactNode;
  focusField: (address: FieldAddress) => void;
}

export const SessionSchedulerContext = createContext<SessionSchedulerContextValue | undefined>(undefined);

/** @throws Error outside of a `SessionSchedulerRoot`. */
export function useSessionSchedulerContext(): SessionSchedulerContextValue {
  const value = useContext(SessionSchedulerContext);
  if (!value) throw new Error("A part of SessionScheduler was rendered outside of it");
  return value;
}
