/** Counts of ids, of classes with attributes and pseudo-classes, and of elements with pseudo-elements. */
export type Specificity = readonly [ids: number, classes: number, elements: number];

/** Specificity of a complex selector (Selectors Level 4, section 17). Supports the selectors of the kit's sheet. */
export function specificityOf(selector: string): Specificity {
  const total: [number, number, number] = [0, 0, 0];
  let rest = selector.trim();
  while (rest) {
    const [token = rest] = /^(::?[\w-]+|[.#]?[\w-]+|\[[^\]]*\]|\*|[\s>+~]+)/.exec(rest) ?? [];
    rest = rest.slice(token.length);
    let inside: string | undefined;
    if (token.startsWith(":") && rest.startsWith("(")) {
      inside = balanced(rest);
      rest = rest.slice(inside.length + 2);
    }
    if (/^:(is|not|has)$/.test(token) && inside !== undefined) {
      const [highest = [0, 0, 0]] = listOf(inside)
        .map((each) => specificityOf(each))
        .toSorted((a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2]);
      highest.forEach((count, index) => (total[index] = (total[index] ?? 0) + count));
    } else if (/^(::|:(before|after)$|[a-z])/i.test(token)) total[2]++;
    else if (token.startsWith("#")) total[0]++;
    else if (/^[.[:]/.test(token) && token !== ":where") total[1]++;
  }
  return total;
}

/** Every selector of a sheet that esbuild has minified, without the steps of `@keyframes`. */
export function selectorsOf(css: string): string[] {
  const rules = css.replaceAll(/@keyframes [^{]*\{(?:[^{}]*\{[^{}]*\})*\}/g, "").matchAll(/([^{};]+)\{/g);
  return [...rules]
    .map(([, prelude = ""]) => prelude.trim())
    .filter((prelude) => !prelude.startsWith("@"))
    .flatMap(listOf);
}

/** Splits a selector list at its commas. */
function listOf(list: string): string[] {
  let depth = 0;
  const parts = [""];
  for (const char of list) {
    if (/[([]/.test(char)) depth++;
    if (/[)\]]/.test(char)) depth--;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim());
}

/** Text between the parenthesis that `text` starts with and the one that closes it. */
function balanced(text: string): string {
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === "(") depth++;
    if (text[index] === ")" && --depth === 0) return text.slice(1, index);
  }
  throw new Error(`No closing parenthesis in ${text}`);
}
