/** Reads column expressions: text is a column, a list the first with a value, a map the rest. */
import { nodeValue, type MapNode } from "../core/yaml.js";
import { Field } from "./field.js";
import type { Problems } from "./problems.js";
import { openSection, type Reader } from "./section.js";
import type { ColumnExpression, ColumnRef } from "./sync-file.js";

/** Where one value is needed: a column, a list of columns, or `{value: …}`. */
export function readSingle(field: Field, problems: Problems): ColumnExpression | undefined {
  const expression = readValues(field, problems);
  if (expression?.kind !== "all") return expression;
  return problems.invalidValue(
    field,
    "gives every value found, where one is needed",
    "Write the list without `all` for the first column that is not blank.",
  );
}

/** Where several values are welcome: `{all: […]}` too. */
export function readValues(field: Field, problems: Problems): ColumnExpression | undefined {
  const { node } = field;
  if (node.kind === "map") return readMap(new Field(node, field.path, field.origin), problems);
  const columns = readColumns(field, problems);
  return columns && { kind: "first", columns };
}

/** One column, by its exact name. */
export function readColumn(field: Field, problems: Problems): ColumnRef | undefined {
  const { node, place } = field;
  if (node.kind !== "scalar" || typeof node.value !== "string")
    return problems.wrongType(field, "the name of a column");
  if (node.value.trim() !== "") return { name: node.value, place };
  return problems.invalidValue(field, "is blank", "Write the name of a column.");
}

/** One column, or a list of columns in the order in which they are tried. */
export function readColumns(field: Field, problems: Problems): readonly ColumnRef[] | undefined {
  if (field.node.kind === "scalar") {
    const column = readColumn(field, problems);
    return column && [column];
  }
  return readList(field, problems);
}

const readList: Reader<readonly ColumnRef[]> = (field, problems) => {
  const { node } = field;
  if (node.kind !== "list") return problems.wrongType(field, "a list of columns");
  if (node.items.length === 0)
    return problems.invalidValue(field, "is an empty list", "Name at least one column.");
  const columns = node.items.map((item, index) => readColumn(field.item(item, index), problems));
  const sound = columns.filter((column) => column !== undefined);
  return sound.length === columns.length ? sound : undefined;
};

function readMap(field: Field<MapNode>, problems: Problems): ColumnExpression | undefined {
  const section = openSection(field, ["all", "value"], problems);
  const all = section?.find("all");
  const constant = section?.find("value");
  if (all !== undefined && constant === undefined) {
    const columns = readList(all, problems);
    return columns && { kind: "all", columns };
  }
  if (constant !== undefined && all === undefined) return readConstant(constant, problems);
  if (all === undefined && field.node.entries.length > 0) return undefined;
  return problems.invalidValue(
    field,
    "has neither `all` nor `value`, or both",
    "Write `{all: [column, …]}` for every value found, or `{value: …}` for a constant.",
  );
}

function readConstant(field: Field, problems: Problems): ColumnExpression | undefined {
  const value = nodeValue(field.node);
  const blank = value === null || (typeof value === "string" && value.trim() === "");
  return blank
    ? problems.invalidValue(field, "is empty", "Write a value.")
    : { kind: "constant", value };
}
