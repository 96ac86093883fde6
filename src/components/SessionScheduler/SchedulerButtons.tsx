import { Button } from "../../ui/Button.tsx";
import { renderIsolated } from "../../ui/renderIsolated.tsx";
import { submitText } from "./schedulerTexts.ts";
import { useSessionSchedulerContext } from "./SessionSchedulerContext.ts";

interface SchedulerButtonsProps {
  /** Leaves the form. The user is asked first if typed changes would be lost. */
  onDiscard: () => void;
  /** Leaves the form without a question. The label of the button states that nothing changes. */
  onKeep: () => void;
}

/** Buttons that leave and submit the form. */
export function SchedulerButtons({ onDiscard, onKeep }: SchedulerButtonsProps) {
  const { form, text, format, id } = useSessionSchedulerContext();
  const start = form.kind === "edit" && form.canMove && form.existing && format.time(form.existing.start_time);
  const canSubmit = form.kind === "edit" ? form.existing : !form.unconfirmed;
  return (
    <>
      {start ? (
        <Button onClick={onKeep}>{renderIsolated(text.keep(start), [start])}</Button>
      ) : (
        <Button onClick={onDiscard}>{text.discard}</Button>
      )}
      {canSubmit && (
        <Button
          id={`${id}-submit`}
          variant="primary"
          busy={form.busy}
          reason={form.lockedReason && `${id}-locked`}
          onClick={form.submit}
        >
          {submitText(form, text)}
        </Button>
      )}
    </>
  );
}
