import type { ReactNode } from "react";

/**
 * A text of ours as it is shown: words of somebody else, which `isolated` has marked, stand out and keep their own
 * direction, so that they can't pass for ours.
 */
export function words(text: ReactNode): ReactNode {
  if (typeof text !== "string") return text;
  return text.split(/[\u2068\u2069]/).map((part, index) =>
    index % 2 ? (
      <bdi key={index} className="coviu-strong" translate="no">
        {part}
      </bdi>
    ) : (
      part
    ),
  );
}
