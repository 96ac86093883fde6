import type { StoryContext } from "@storybook/react-vite";

const wide = 90;

/** Code of a story as an app would write it: the component with the story's args. */
export function codeOfStory(code: string, { component, initialArgs, parameters }: StoryContext): string {
  const name = componentName(component);
  if (!name) return code;
  const args = Object.entries(initialArgs).filter(([, value]) => value !== undefined);
  const props = args.map(([prop, value]) => propOf(prop, value));
  const children: string | undefined = parameters.docs?.children;
  const line = [`<${name}`, ...props].join(" ");
  const start =
    line.length <= wide && !line.includes("\n") ? line : `<${name}\n  ${props.map(indented).join("\n  ")}\n`;
  if (!children) return start.endsWith("\n") ? `${start}/>` : `${start} />`;
  return `${start}>\n  ${indented(children)}\n</${name}>`;
}

/** Docstring of a component in Markdown: its text, and its examples as code. */
export function descriptionOf(component: unknown): string | undefined {
  const [text = "", ...examples] = docsOf(component)?.description?.split(/\n?\s*@example\s*/) ?? [];
  return [text.trim(), ...examples.map((code) => `\`\`\`tsx\n${withoutIndent(code)}\n\`\`\``)].join("\n\n");
}

function withoutIndent(code: string): string {
  const lines = code.trimEnd().split("\n");
  const indents = lines
    .slice(1)
    .filter((line) => line.trim())
    .map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return lines.map((line, index) => (index === 0 ? line : line.slice(indent))).join("\n");
}

/** Name of a component in the source. Its built name is short, but react-docgen has the original one. */
export function componentName(component: unknown): string | undefined {
  return docsOf(component)?.displayName;
}

function docsOf(component: unknown): { displayName?: string; description?: string } | undefined {
  if (!component || (typeof component !== "object" && typeof component !== "function")) return undefined;
  const { __docgenInfo: docs }: { __docgenInfo?: { displayName?: string; description?: string } } = component;
  return docs;
}

function propOf(name: string, value: unknown): string {
  if (value === true) return name;
  // A session or a callback that exists only in the running story.
  if (value === "" || typeof value === "function") return `${name}={${name}}`;
  return typeof value === "string" ? `${name}="${value}"` : `${name}={${literal(value)}}`;
}

function literal(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replaceAll(/"([a-zA-Z_]\w*)":/g, "$1:");
  const line = text.replaceAll(/\n\s*/g, " ").replaceAll("[ ", "[").replaceAll(" ]", "]");
  return line.length <= wide - 20 ? line : text;
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
