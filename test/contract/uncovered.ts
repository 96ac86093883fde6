import type { Structure } from "./structureOf.ts";

/** One exchange: the log entry of the sandbox, and the response. */
export interface Exchange {
  operation: string;
  method: string;
  path: string;
  query: Readonly<Record<string, string>>;
  body?: unknown;
  status: number;
  response?: unknown;
}

/** Finds parts of the contract that do not occur in the exchanges, and names in them that the contract lacks. */
export function uncovered(structure: Structure, exchanges: readonly Exchange[]): string[] {
  const responseFields: Record<string, Set<string>> = {};
  const gaps = structure.operations.flatMap(
    ({ operationId, method, path, parameters, response: responseType, statuses }) => {
      const ofOperation = exchanges.filter(({ operation }) => operation === operationId);
      const good = ofOperation.filter(({ status }) => status === 200);
      for (const exchange of good) collect(responseType, exchange.response, responseFields);
      const bodies: Record<string, Set<string>> = {};
      const found = new Set<string>(good.flatMap(({ query }) => Object.keys(query)));
      const expected = new Set<string>();
      for (const { name, in: place, type } of parameters) {
        if (place === "query") expected.add(name);
        if (place === "body") for (const { body } of good) collect(type, body, bodies);
        if (place === "body" && !bodies[type]) bodies[type] = new Set();
      }
      const template = new RegExp(`/v1${path.replaceAll(/\{\w+\}/g, "[\\w-]+")}$`);
      return [
        ...statuses.filter((status) => !ofOperation.some((exchange) => exchange.status === status)),
        ...(ofOperation.every((exchange) => exchange.method === method && template.test(exchange.path))
          ? []
          : ["address"]),
        ...between(expected, found),
        ...fieldsBetween(bodies),
      ].map((gap) => `${operationId}: ${gap}`);
    },
  );
  return [...gaps, ...fieldsBetween(responseFields)];

  /** Records the fields of a definition, and of nested definitions, that occur in a value. */
  function collect(type: string, value: unknown, into: Record<string, Set<string>>): void {
    if (Array.isArray(value)) {
      for (const item of value) collect(type.replace("[]", ""), item, into);
      return;
    }
    const definition = structure.definitions[type];
    if (!definition || typeof value !== "object" || value === null) return;
    const names = (into[type] ??= new Set());
    for (const [name, field] of Object.entries(value)) {
      names.add(name);
      collect(definition.fields[name] ?? "", field, into);
    }
  }

  function fieldsBetween(found: Record<string, Set<string>>): string[] {
    return Object.entries(found).flatMap(([type, names]) =>
      between(new Set(Object.keys(structure.definitions[type]?.fields ?? {})), names).map((gap) => `${type}.${gap}`),
    );
  }
}

function between(expected: ReadonlySet<string>, found: ReadonlySet<string>): string[] {
  return [
    ...[...expected].filter((name) => !found.has(name)),
    ...[...found].filter((name) => !expected.has(name)).map((name) => `${name} is not in the contract`),
  ];
}
