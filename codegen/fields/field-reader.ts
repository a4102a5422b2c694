import type { SchemaNode } from "../schema-node.js";
import type {
  ArrayField,
  Bounds,
  Field,
  HashRule,
  ObjectField,
  ScalarField,
  TupleField,
} from "./field.js";

/** What a field takes over from where it stands. */
export interface Surroundings {
  readonly page: string;
  /** Items of a list are hashed as the list is. */
  readonly hash: HashRule;
  /** For items that have no description of their own. */
  readonly description?: string;
}

const SCALARS = ["string", "integer", "number", "boolean"] as const;
const HASH_RULES = ["required", "optional", "never"] as const;

/** Reads schemas of the spec as fields and remembers which named schema each came from. */
export class FieldReader {
  readonly components = new Map<Field, string>();

  /** @param path the named schemas on the way here, so that a circle is an error */
  read(schema: SchemaNode, around: Surroundings, path: readonly string[] = []): Field {
    const { component } = schema;
    if (component !== undefined && path.includes(component))
      return schema.own.fail(`\`${component}\` contains itself, which a mapping cannot follow`);
    const inner = component === undefined ? path : [...path, component];
    const field = this.byType(schema, facts(schema, around), inner);
    if (component !== undefined) this.components.set(field, component);
    return field;
  }

  /** Reads an object, optionally without some of its properties. */
  object(schema: SchemaNode, around: Surroundings, without: readonly string[] = []): ObjectField {
    return this.objectField(schema, facts(schema, around), [], without);
  }

  private byType(schema: SchemaNode, own: Facts, path: readonly string[]): Field {
    const type = schema.keyword("type");
    if (typeof type.value !== "string") return { kind: "any", ...own };
    if (type.value === "object") return this.objectField(schema, own, path, []);
    if (type.value !== "array") return scalarField(schema, own);
    return schema.keyword("prefixItems").exists
      ? this.tupleField(schema, own, path)
      : this.arrayField(schema, own, path);
  }

  private objectField(
    schema: SchemaNode,
    own: Facts,
    path: readonly string[],
    without: readonly string[],
  ): ObjectField {
    const fields = schema
      .properties()
      .filter(([name]) => !without.includes(name))
      .map(([name, property]) => [name, this.read(property, below(own), path)] as const);
    const open = schema.keyword("additionalProperties").value !== false;
    return { kind: "object", ...own, open, fields: Object.fromEntries(fields) };
  }

  private arrayField(schema: SchemaNode, own: Facts, path: readonly string[]): ArrayField {
    const items = schema.keyword("items");
    if (!items.exists) return schema.own.fail("a list needs `items`");
    return {
      kind: "array",
      ...own,
      items: this.read(schema.below(items), own, path),
      unique: schema.keyword("uniqueItems").value === true,
    };
  }

  private tupleField(schema: SchemaNode, own: Facts, path: readonly string[]): TupleField {
    const positions = schema.keyword("prefixItems").items();
    return {
      kind: "tuple",
      ...own,
      positions: positions.map((item) => {
        const position = schema.below(item);
        return {
          name: position.keyword("title").text(),
          field: this.read(position, below(own), path),
        };
      }),
    };
  }
}

type Facts = Pick<ScalarField, "description" | "page" | "hash" | "names">;

function facts(schema: SchemaNode, around: Surroundings): Facts {
  const hash = schema.keyword("x-hash");
  const description = schema.keyword("description");
  const inherited = description.exists ? undefined : around.description;
  return {
    description: inherited ?? description.text().trim(),
    page: schema.ownPage() ?? around.page,
    hash: hash.exists ? hash.oneOf(HASH_RULES) : around.hash,
    names: schema.keyword("x-name").texts(),
  };
}

function scalarField(schema: SchemaNode, own: Facts): ScalarField {
  const type = schema.keyword("type").oneOf(SCALARS);
  const inSeconds = type === "integer" && schema.keyword("format").value === "unix-seconds";
  const words = schema.keyword("enum");
  const field = {
    kind: inSeconds ? "unix_seconds" : type,
    ...own,
    ...boundsOf(schema, type, own.hash),
  } as const;
  return type === "string" && words.exists ? { ...field, enum: words.texts() } : field;
}

/** A digest has the form of one by itself. */
function boundsOf(
  schema: SchemaNode,
  type: (typeof SCALARS)[number],
  hash: HashRule,
): { readonly bounds?: Bounds } {
  if (hash === "required") return {};
  const pattern = schema.keyword("pattern");
  const values = schema.keyword("enum");
  const bounds: Bounds = {
    ...(pattern.exists ? { pattern: pattern.text() } : {}),
    ...numberBound(schema, "maxLength"),
    ...numberBound(schema, "minimum"),
    ...numberBound(schema, "maximum"),
    ...(values.exists && type !== "string" ? { enum: values.numbers() } : {}),
  };
  return Object.keys(bounds).length === 0 ? {} : { bounds };
}

type NumberBound = Exclude<keyof Bounds, "pattern" | "enum">;

function numberBound(schema: SchemaNode, keyword: NumberBound): Bounds {
  const bound = schema.keyword(keyword);
  return bound.exists ? { [keyword]: bound.number() } : {};
}

function below(own: Facts): Surroundings {
  return { page: own.page, hash: "never" };
}
