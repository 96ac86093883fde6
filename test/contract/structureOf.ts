/** Structure of the published contract, without its descriptions. */
export interface Structure {
  security: { type: string; flow: string; tokenUrl: string };
  operations: readonly OperationStructure[];
  definitions: Readonly<Record<string, DefinitionStructure>>;
}

export interface OperationStructure {
  operationId: string;
  method: string;
  path: string;
  parameters: readonly { name: string; in: string; type: string; required: boolean }[];
  /** Name of the definition of the response with status 200. */
  response: string;
  statuses: readonly number[];
}

export interface DefinitionStructure {
  /** Types: `date-time` is a string with that format, `X[]` an array. */
  fields: Readonly<Record<string, string>>;
  required: readonly string[];
}

/** Parts of a Swagger 2 document that `structureOf` reads. */
interface Swagger {
  securityDefinitions: { oauth2: Structure["security"] };
  paths: Record<string, Record<string, SwaggerOperation>>;
  definitions: Record<string, { properties?: Record<string, SwaggerType>; required?: string[]; format?: string }>;
}

interface SwaggerOperation {
  operationId: string;
  parameters: ({ name: string; in: string; required?: boolean; schema?: SwaggerType } & SwaggerType)[];
  responses: Record<string, { schema?: SwaggerType }>;
}

interface SwaggerType {
  type?: string;
  format?: string;
  items?: SwaggerType;
  $ref?: string;
}

/** Extracts the structure from the published document. */
export function structureOf({ securityDefinitions, paths, definitions }: Swagger): Structure {
  const { type, flow, tokenUrl } = securityDefinitions.oauth2;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters, responses }]) => ({
      operationId,
      method: method.toUpperCase(),
      path,
      parameters: parameters.map((parameter) => ({
        name: parameter.name,
        in: parameter.in,
        type: typeName(parameter.schema ?? parameter),
        required: parameter.required ?? false,
      })),
      response: typeName(responses["200"]?.schema ?? {}),
      statuses: Object.keys(responses).map(Number),
    })),
  );
  return {
    security: { type, flow, tokenUrl },
    operations: operations.toSorted((a, b) => (a.operationId < b.operationId ? -1 : 1)),
    definitions: Object.fromEntries(
      Object.entries(definitions)
        .filter(([, { properties }]) => properties)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { properties = {}, required = [] }]) => [
          name,
          { fields: mapValues(properties, typeName), required: required.toSorted() },
        ]),
    ),
  };

  function typeName({ $ref, type, format, items }: SwaggerType): string {
    const name = $ref?.split("/").at(-1);
    if (name !== undefined) return definitions[name]?.properties ? name : (definitions[name]?.format ?? name);
    return items ? `${typeName(items)}[]` : (format ?? type ?? "nothing");
  }
}

function mapValues<In, Out>(fields: Record<string, In>, to: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(
    Object.entries(fields)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, to(value)]),
  );
}
