import { Fragment, type ReactNode } from "react";

/**
 * Renders a sentence with the texts in it that are not the kit's, such as names. `isolated` has marked them. They are
 * emphasized and keep their own direction (`bdi`), so that they can't pass for words of the kit. Browsers translate
 * neither them nor `values`.
 *
 * @param values Times and days in the sentence.
 */
export function renderIsolated(text: ReactNode, values: readonly (string | undefined)[] = []): ReactNode {
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
