import openapiTS, { astToString } from "openapi-typescript";
import type { Sources } from "./sources.js";

/** `src/generated/graph.ts`: the types of paths, bodies and answers. */
export async function graphFile({ graphText }: Sources): Promise<string> {
  const nodes = await openapiTS(Buffer.from(graphText), {
    alphabetize: true,
    enumValues: true,
    rootTypes: true,
    rootTypesKeepCasing: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
  });
  return astToString(nodes);
}
