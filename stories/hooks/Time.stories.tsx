import type { Meta, StoryObj } from "@storybook/react-vite";
import { expect, userEvent } from "storybook/test";

import { sessionRules, useCoviu, useNow, useSession, useSessionStatus } from "../../src/index.ts";
import type { SandboxClock } from "../../src/sandbox/index.ts";
import { codeOf, type LiveArgs, prepare, withRequests } from "./live.tsx";

const meta: Meta<LiveArgs> = {
  title: "Hooks/Time",
  decorators: [withRequests],
  parameters: {
    frame: "card",
    sandbox: { prepare },
    controls: { disable: true },
    docs: {
      description: {
        component:
          "The provider’s clock, and where a session stands by it. What is on the screen changes at the right moment by itself, " +
          "without asking the server; on a server both are undefined, so that the first paint is the same everywhere.",
      },
    },
  },
};
export default meta;

type Story = StoryObj<LiveArgs>;

function ClinicClock() {
  const { locale, timeZone } = useCoviu();
  const now = useNow();

  return (
    <div className="coviu-stack">
      <h1 className="coviu-heading">At the clinic</h1>
      <p className="coviu-text">
        <time dateTime={now?.toISOString()}>
          {now?.toLocaleString(locale, { timeZone, dateStyle: "full", timeStyle: "short" })}
        </time>
      </p>
    </div>
  );
}

/** The current time. It changes every minute, at the given instants, and when a hidden page is shown again. */
export const UseNow: Story = {
  name: "useNow",
  render: ({ clock }) => (
    <>
      <ClinicClock />
      <MoveClock clock={clock} />
    </>
  ),
  parameters: { docs: codeOf("Time", "ClinicClock") },
  play: async ({ canvas }) => {
    await expect(await canvas.findByText(/Monday.* 9:52/)).toBeVisible();
    await userEvent.click(await canvas.findByRole("button", { name: "Move the clock on by 10 minutes" }));
    await expect(await canvas.findByText(/Monday.* 10:02/)).toBeVisible();
    await expect(canvas.getByText("Requests that reached the sandbox: 0")).toBeVisible();
  },
};

function StatusOfSession({ sessionId }: { sessionId: string }) {
  const { data: session, isPending, error } = useSession(sessionId);
  const now = useNow(session?.start_time, session?.end_time);
  const status = useSessionStatus(session)?.status;
  const mayCancel = session && now && sessionRules(session, now).cancel.allowed;

  return (
    <div className="coviu-stack">
      {isPending && (
        <p className="coviu-text" data-state="pending">
          Loading…
        </p>
      )}
      {error && (
        <p className="coviu-text" role="alert">
          The session could not be read ({error.code}).
        </p>
      )}
      <h1 className="coviu-heading">
        <bdi>{session?.session_name}</bdi>
      </h1>
      <p className="coviu-text" role="status">
        <span className="coviu-badge" data-state={status}>
          {status}
        </span>
      </p>
      <p className="coviu-text">{mayCancel ? "It can still be canceled." : "It can no longer be canceled."}</p>
    </div>
  );
}

/** `scheduled`, `active`, `ended` or `canceled`, exact to the second. `sessionRules` returns the allowed actions. */
export const UseSessionStatus: Story = {
  name: "useSessionStatus",
  render: ({ sessionId, clock }) => (
    <>
      <StatusOfSession sessionId={sessionId} />
      <MoveClock clock={clock} />
    </>
  ),
  parameters: { docs: codeOf("Time", "StatusOfSession") },
  play: async ({ canvas }) => {
    const move = await canvas.findByRole("button", { name: "Move the clock on by 10 minutes" });
    await expect(await canvas.findByText("scheduled")).toBeVisible();
    await expect(canvas.getByText("It can still be canceled.")).toBeVisible();
    await userEvent.click(move);
    await expect(await canvas.findByText("active")).toBeVisible();
    await expect(canvas.getByText("It can no longer be canceled.")).toBeVisible();
    for (let minutes = 0; minutes < 30; minutes += 10) await userEvent.click(move);
    await expect(await canvas.findByText("ended")).toBeVisible();
    await expect(canvas.getByText("Requests that reached the sandbox: 1")).toBeVisible();
  },
};

/** Button that moves the sandbox’s clock, after which the hooks read it as after a computer’s sleep. */
function MoveClock({ clock }: { clock: SandboxClock }) {
  function move() {
    clock.advance(10 * 60_000);
    document.dispatchEvent(new Event("visibilitychange"));
  }
  return (
    <div className="coviu-row" style={{ marginBlockStart: "var(--coviu-4)" }}>
      <button className="coviu-button" onClick={move}>
        Move the clock on by 10 minutes
      </button>
    </div>
  );
}
