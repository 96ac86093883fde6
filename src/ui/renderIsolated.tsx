import { Fragment, type ReactNode } from "react";

/**
 * Renders a sentence that contains texts marked by `isolated`, such as names. They are emphasized and keep their own
 * direction (`bdi`), so that users can distinguish them from texts of the kit. Browsers do not translate them or `values`.
 *
 * @param values Times and days in the sentence.
 */
export function renderIsolated(text: ReactNode, values: readonly (string | undefined)[] = []): ReactNode {
  if (typeof text !== "string") return text;
  const longestFirst = values.flatMap((value) => value || []).toSorted((one, other) => other.length - one.length);
  // A value such as "10:00 a. m." ends in a full stop, so that of the sentence is removed.
  const sentence = longestFirst
    .filter((value) => value.endsWith("."))
    .reduce((before, value) => before.replaceAll(`${value}.`, value), text.replaceAll(".\u2069.", ".\u2069"));
  const parts = sentence.split(/[\u2068\u2069]/);
  if (parts.length === 1 && !longestFirst.some((value) => text.includes(value))) return text;
  return (
    // The key replaces the whole element with the sentence. React can't remove text nodes that a translator has replaced.
    <span key={text}>
      {parts.map((part, index) =>
        index % 2 ? (
          <bdi key={index} className="coviu-strong" translate="no">
            {part}
          </bdi>
        ) : (
          <Fragment key={index}>{untranslated(part, longestFirst)}</Fragment>
        ),
      )}
    </span>
  );
}

function untranslated(text: string, [value, ...others]: readonly string[]): ReactNode {
  if (value === undefined) return text;
  return text.split(value).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <bdi translate="no">{value}</bdi>}
      {untranslated(part, others)}
    </Fragment>
  ));
}
