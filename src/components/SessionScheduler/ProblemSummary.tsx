import { forwardRef } from "react";

import { Button } from "../../ui/Button.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { startDraft } from "./draft.ts";
import { fieldId } from "./fieldAddress.ts";
import { problemText, problemTimes } from "./problemText.ts";
import { useSessionSchedulerContext } from "./SessionSchedulerContext.ts";

/** Lists the problems of the last attempt. Each one links to its field. */
export const ProblemSummary = forwardRef<HTMLDivElement>(function ProblemSummary(_, ref) {
  const { form, text, format, id, focusField } = useSessionSchedulerContext();
  const { summary, nextStart, change, kind } = form;
  if (!summary) return null;
  const next = nextStart && format.time(nextStart);

  function startNext(): void {
    change(startDraft(nextStart, format));
    focusField({ field: "start" });
  }

  return (
    <Notice
      ref={ref}
      tone="danger"
      role="group"
      tabIndex={-1}
      title={text.problems({ count: summary.length, editing: kind === "edit" })}
      actions={
        next && (
          <Button size="small" onClick={startNext}>
            {renderIsolated(text.startAt(next), [next])}
          </Button>
        )
      }
    >
      <ul className="coviu-error-list">
        {summary.map((problem) => {
          const target = fieldId(id, problem);
          return (
            <li key={`${target} ${problem.code}`}>
              <a
                className="coviu-link"
                href={`#${target}`}
                onClick={(event) => {
                  event.preventDefault();
                  focusField(problem);
                }}
              >
                {renderIsolated(problemText(problem, text, format), problemTimes(problem, format))}
              </a>
            </li>
          );
        })}
      </ul>
    </Notice>
  );
});
