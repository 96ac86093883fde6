import { sessionSchedulerMessages } from "../src/components/SessionScheduler/messages.ts";
import { unmanaged } from "../src/ui/fieldMarks.ts";
import { arabic } from "../stories/docs/arabic.ts";
import { german } from "../stories/docs/german.ts";

/** Times in digits of any kind, in 12 or 24 hours. */
const time = /(?<!\p{N})\p{Nd}{1,2}[:.]\p{Nd}{2}(?!\p{N})/u;
/** Days in the kit's formats: "Monday 12 January", "Montag, 12. Januar". No fixture is in May, which is also a verb. */
const day =
  /(January|February|March|April|June|July|August|September|October|November|December|Januar|Februar|März|Juni|Juli|Oktober|Dezember|يناير|أبريل)(?!\p{L})/u;

/** Messages with a time as an example. */
const examples = [sessionSchedulerMessages, german.sessionScheduler, arabic.sessionScheduler].flatMap(
  ({ startHint, problem }) => [startHint, problem.start, problem.end],
);

/**
 ** Finds texts that a browser would translate although they contain a name, a day or a time. Ignores announcements, which
 * are not visible and are removed after a few seconds.
 *
 ** @param names Names in the fixtures of a test. Elements marked as names are added.
 */
export function translatable(root: ParentNode, names: readonly string[] = []): string[] {
  const marked = [...root.querySelectorAll("bdi[translate=no]")].map(({ textContent }) => textContent ?? "");
  const known = [...new Set([...names, ...marked])].filter((name) => name.length > 4);
  const found: string[] = [];
  for (const place of root.querySelectorAll(".coviu, .coviu *")) {
    for (const { nodeType, nodeValue } of place.childNodes) {
      if (nodeType !== Node.TEXT_NODE || !nodeValue || examples.some((example) => nodeValue.includes(example)))
        continue;
      const isMatch = time.test(nodeValue) || day.test(nodeValue) || known.some((name) => nodeValue.includes(name));
      if (isMatch && !place.closest("[translate=no], .coviu-spoken, textarea")) found.push(nodeValue);
    }
  }
  return found;
}

/** Finds the labels of text fields that a browser or a password manager may fill in or save. */
export function managedFields(root: ParentNode): string[] {
  const fields = root.querySelectorAll(".coviu :is(input:not([type=radio], [type=checkbox]), textarea)");
  const marks = Object.entries(unmanaged).map(([name, value]) => [name.toLowerCase(), value] as const);
  return [...fields]
    .filter((field) => marks.some(([name, value]) => field.getAttribute(name) !== value))
    .map((field) => field.getAttribute("aria-label") ?? field.closest("label")?.textContent ?? field.id);
}
