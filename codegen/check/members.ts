import { SchemaNode } from "../schema-node.js";
import type { SpecNode } from "../spec-node.js";

/** A property or a named position of a schema of the spec. */
export interface Member {
  readonly name: string;
  readonly schema: SchemaNode;
  /** Meta's page, as the nearest enclosing link names it. */
  readonly page: string | undefined;
}

/** Keywords whose members are schemas with names of their own. */
const NAMED = ["properties"];
/** Keywords whose items are schemas. */
const LISTS = ["prefixItems", "anyOf", "oneOf", "allOf"];
/** Keywords that are a schema. */
const SINGLE = ["items", "additionalProperties"];

/** Every property and position of every named schema, also of those written in place. */
export function members(document: SpecNode): readonly Member[] {
  return document
    .at("components")
    .at("schemas")
    .entries()
    .flatMap(([, node]) => membersOf(new SchemaNode(document, node), undefined));
}

function membersOf(schema: SchemaNode, around: string | undefined): readonly Member[] {
  const page = schema.ownPage() ?? around;
  const named = NAMED.flatMap((keyword) => schema.own.at(keyword).entries());
  const positions = schema.own
    .at("prefixItems")
    .items()
    .map((node) => [schema.below(node).keyword("title").text(), node] as const);
  const own = [...named, ...positions].map(([name, node]) => {
    const member = schema.below(node);
    return { name, schema: member, page: member.ownPage() ?? page };
  });
  return [...own, ...inside(schema).flatMap((inner) => membersOf(inner, page))];
}

/** The schemas that are written in place, references not followed. */
function inside(schema: SchemaNode): readonly SchemaNode[] {
  const { own } = schema;
  return [
    ...NAMED.flatMap((keyword) =>
      own
        .at(keyword)
        .entries()
        .map(([, node]) => node),
    ),
    ...LISTS.flatMap((keyword) => own.at(keyword).items()),
    ...SINGLE.map((keyword) => own.at(keyword)).filter(({ value }) => typeof value === "object"),
  ].map((node) => schema.below(node));
}
