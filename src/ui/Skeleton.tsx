export interface SkeletonRowsProps {
  rows: number;
  kind: "session" | "participant" | "details";
}

/** Grey bars with the height of the content that is loading. */
export function SkeletonRows({ rows, kind }: SkeletonRowsProps) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div
          key={index}
          className={
            kind === "session" ? "coviu-session-row" : kind === "participant" ? "coviu-participant" : "coviu-stack"
          }
        >
          {kind === "participant" && <span className="coviu-avatar" />}
          {kind === "session" && <Bars />}
          <Bars />
          {kind === "participant" && <span />}
          {kind === "participant" && <span className="coviu-skeleton" data-size="field" />}
          {kind === "details" && <span className="coviu-skeleton" data-size="field" />}
        </div>
      ))}
    </div>
  );
}

function Bars() {
  return (
    <div>
      <span className="coviu-skeleton" />
      <span className="coviu-skeleton" data-size="short" />
    </div>
  );
}
