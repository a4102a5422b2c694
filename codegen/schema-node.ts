import type { SpecNode } from "./spec-node.js";

const COMPONENT = "#/components/schemas/";

/** A schema of the spec, its reference followed: what stands beside `$ref` wins over the target. */
export class SchemaNode {
  /** The named schema that it refers to, if it is a reference. */
  readonly component: string | undefined;
  private readonly target: SchemaNode | undefined;

  constructor(
    private readonly document: SpecNode,
    readonly own: SpecNode,
  ) {
    const ref = own.at("$ref");
    if (!ref.exists) return;
    const text = ref.text();
    if (!text.startsWith(COMPONENT)) ref.fail(`a reference to \`${COMPONENT}…\` is needed`);
    this.component = text.slice(COMPONENT.length);
    const target = document.at("components").at("schemas").at(this.component);
    if (!target.exists) ref.fail(`there is no schema \`${this.component}\``);
    this.target = new SchemaNode(document, target);
  }

  get place(): string {
    return this.own.place;
  }

  /** The keyword as it holds here; a node that does not exist when neither side has it. */
  keyword(name: string): SpecNode {
    const own = this.own.at(name);
    return own.exists || this.target === undefined ? own : this.target.keyword(name);
  }

  /** A schema below a keyword, for example `items`. */
  below(node: SpecNode): SchemaNode {
    return new SchemaNode(this.document, node);
  }

  /** The properties in the order of the file. */
  properties(): readonly (readonly [string, SchemaNode])[] {
    return this.keyword("properties")
      .entries()
      .map(([name, node]) => [name, this.below(node)]);
  }

  /** Meta's page as this schema names it: its own link, else that of the schema it refers to. */
  ownPage(): string | undefined {
    const own = this.own.at("externalDocs").at("url");
    if (own.exists) return own.text();
    // A shared scalar such as an id says nothing about the field, whose page is the enclosing one.
    return this.component !== undefined && SHARED_SCALARS.has(this.component)
      ? undefined
      : this.target?.ownPage();
  }
}

const SHARED_SCALARS = new Set(["Id", "Sha256"]);

/** A named schema of the spec. */
export function componentSchema(document: SpecNode, name: string): SchemaNode {
  const node = document.at("components").at("schemas").at(name);
  if (!node.exists) node.fail("the generator needs this schema");
  return new SchemaNode(document, node);
}
