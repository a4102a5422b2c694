import type { JsonObject } from "../src/core/json.js";
import { SchemaNode } from "./schema-node.js";
import type { SpecNode } from "./spec-node.js";

const METHODS = ["get", "post", "put", "patch", "delete"];
const PARAMETER = "#/components/parameters/";

/** The operations of the spec by their id: method, path, bodies by schema name, and the query. */
export function operations(document: SpecNode): JsonObject {
  return Object.fromEntries(
    document
      .at("paths")
      .entries()
      .flatMap(([path, item]) =>
        METHODS.filter((method) => item.at(method).exists).map((method) => [
          item.at(method).at("operationId").text(),
          operation(document, path, item, method),
        ]),
      ),
  );
}

function operation(document: SpecNode, path: string, item: SpecNode, method: string): JsonObject {
  const node = item.at(method);
  const request = node.at("requestBody");
  return {
    method: method.toUpperCase(),
    path,
    request: request.exists ? bodySchema(request) : null,
    response: bodySchema(node.at("responses").at("200")),
    query: query(document, [...item.at("parameters").items(), ...node.at("parameters").items()]),
  };
}

function bodySchema(body: SpecNode): string {
  const ref = body.at("content").at("application/json").at("schema").at("$ref");
  return ref.text().replace("#/components/schemas/", "");
}

function query(document: SpecNode, parameters: readonly SpecNode[]): JsonObject {
  return Object.fromEntries(
    parameters
      .map((parameter) => followed(document, parameter))
      .filter((parameter) => parameter.at("in").value === "query")
      .map((parameter) => [
        parameter.at("name").text(),
        {
          type: new SchemaNode(document, parameter.at("schema")).keyword("type").text(),
          required: parameter.at("required").value === true,
        },
      ]),
  );
}

function followed(document: SpecNode, parameter: SpecNode): SpecNode {
  const ref = parameter.at("$ref");
  if (!ref.exists) return parameter;
  const target = document.at("components").at("parameters").at(ref.text().slice(PARAMETER.length));
  return target.exists ? target : ref.fail("there is no such parameter");
}
