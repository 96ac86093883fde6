import { Fragment, type ReactNode } from "react";

/**
 * A sentence of the kit as it is shown. Words of somebody else, which `isolated` has marked, stand out and keep their
 * own direction, so that they can't pass for the kit's. Neither they nor `values` are translated by a browser.
 *
 * @param values Times and days that are in the sentence.
 */
export function words(text: ReactNode, values: readonly (string | undefined)[] = []): ReactNode {
  if (typeof text !== "string") return text;
  const longestFirst = values.flatMap((value) => value || []).toSorted((one, other) => other.length - one.length);
  // "10:00 a. m." ends a sentence by itself.
  const sentence = longestFirst
    .filter((value) => value.endsWith("."))
    .reduce((before, value) => before.replaceAll(`${value}.`, value), text.replaceAll(".\u2069.", ".\u2069"));
  const parts = sentence.split(/[\u2068\u2069]/);
  if (parts.length === 1 && !longestFirst.some((value) => text.includes(value))) return text;
  return (
    // Another sentence is another element: React could not remove single texts that a translator has replaced.
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
