import { type ReactNode, useRef } from "react";

import { useFormat } from "../../hooks/useFormat.ts";
import { focusById } from "../../provider/dom.ts";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { fieldId, isSameField } from "./fieldAddress.ts";
import type { SessionSchedulerMessages } from "./messages.ts";
import { problemText, problemTimes } from "./problemText.ts";
import { SessionSchedulerContext, type SessionSchedulerContextValue } from "./SessionSchedulerContext.ts";
import type { UseSessionSchedulerResult } from "./useSessionScheduler.ts";

interface SessionSchedulerRootProps {
  form: UseSessionSchedulerResult;
  text: SessionSchedulerMessages;
  id: string;
  children: ReactNode;
}

/** Provides the state of the form to its parts, which may be apart from each other, such as in the footer of a dialog. */
export function SessionSchedulerRoot({ form, text, id, children }: SessionSchedulerRootProps) {
  const format = useFormat();
  const root = useRef<HTMLDivElement>(null);
  const value: SessionSchedulerContextValue = {
    form,
    text,
    format,
    id,
    root,
    errorOf(address) {
      const problem = form.problems.find((found) => isSameField(found, address));
      return problem && renderIsolated(problemText(problem, text, format), problemTimes(problem, format));
    },
    focusField: (address) => focusById(root.current, fieldId(id, address)),
  };
  return <SessionSchedulerContext.Provider value={value}>{children}</SessionSchedulerContext.Provider>;
}
