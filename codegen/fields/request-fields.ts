import { componentSchema, type SchemaNode } from "../schema-node.js";
import type { SpecNode } from "../spec-node.js";
import type { Blank, Column, Field, ObjectField } from "./field.js";
import { FieldReader, type Surroundings } from "./field-reader.js";

/** Everything that a mapping can fill. */
export interface RequestFields {
  /** One event. */
  readonly event: ObjectField;
  /** The body around the events. */
  readonly eventsRequest: ObjectField;
  /** The cells of an audience row, by column. */
  readonly columns: Readonly<Record<string, Column>>;
  /** What stands beside columns and rows of an audience upload. */
  readonly usersPayload: ObjectField;
  /** The named schema of the spec that a field came from. */
  readonly components: ReadonlyMap<Field, string>;
}

const ROLES = ["key", "context", "attribute"] as const;
const EVERY_ROW = ["required", "optional"] as const;

/** Reads from the spec what a mapping can fill. */
export function requestFields(document: SpecNode): RequestFields {
  const reader = new FieldReader();
  const object = (name: string, without: readonly string[] = []): ObjectField => {
    const schema = componentSchema(document, name);
    return reader.object(schema, outermost(schema), without);
  };
  return {
    event: object("Event"),
    eventsRequest: object("EventsRequest", ["data"]),
    columns: columns(componentSchema(document, "AudienceRow"), reader),
    usersPayload: object("UsersPayload", ["schema", "data"]),
    components: reader.components,
  };
}

function columns(row: SchemaNode, reader: FieldReader): Readonly<Record<string, Column>> {
  const around = outermost(row);
  return Object.fromEntries(
    row.properties().map(([name, schema]) => [name, column(schema, reader, around)]),
  );
}

function column(schema: SchemaNode, reader: FieldReader, around: Surroundings): Column {
  const everyRow = schema.keyword("x-every-row");
  return {
    field: reader.read(schema, around),
    role: schema.keyword("x-role").oneOf(ROLES),
    everyRow: everyRow.exists ? everyRow.oneOf(EVERY_ROW) : "no",
    blank: blank(schema.keyword("default")),
  };
}

function blank(node: SpecNode): Blank {
  const { value } = node;
  if (typeof value === "string" || typeof value === "number") return value;
  return Array.isArray(value) && value.length === 0
    ? []
    : node.fail("a blank cell is text, a number or an empty list");
}

function outermost(schema: SchemaNode): Surroundings {
  return { page: schema.ownPage() ?? "", hash: "never" };
}
