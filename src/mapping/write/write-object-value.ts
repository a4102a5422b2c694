/** Writes objects of the data: their names come again and again, and are put in order once. */
import type { Literal } from "../../core/json-literal.js";
import type { JsonPage } from "../../core/json-page.js";
import type { Json, JsonObject } from "../../core/json.js";
import { sortFew } from "../../core/sort-few.js";
import { leadOf, type ValueWriter } from "./writer.js";

/** How a field of this name is written; `undefined` of one that is left out. */
export type WriterOfName = (name: string) => ValueWriter | undefined;

/** Writes an object; false, with nothing written, where none of its fields was. */
export type ObjectWriter = (value: JsonObject, page: JsonPage) => boolean;

/** A field that stands in every object of a writer, if it has a value: that of the object is not its own. */
export interface FixedField {
  readonly name: string;
  readonly lead: Literal;
  readonly write: ValueWriter;
}

/** The names of an object in its own order, and how its fields are written in the order of names. */
interface Order {
  readonly names: readonly string[];
  readonly fields: readonly OrderedField[];
}

interface OrderedField {
  /** Which of the names it is. */
  readonly at: number;
  readonly lead: Literal;
  readonly write: ValueWriter;
}

/** Names come from the data: more orders than a mapping sees must not fill the memory. */
const MOST_ORDERS = 200;

/**
 * Makes the writer of objects.
 *
 * @param fixed fields beside those of the object, which has none of their names
 */
export function objectWriter(
  ofName: WriterOfName,
  fixed: readonly FixedField[] = [],
): ObjectWriter {
  const orderOf = orders(ofName, fixed);
  const values: Json[] = [];
  let used = 0;
  let order = orderOf({});
  return (value, page) => {
    const from = used;
    if (!holds(value, order, values, from)) {
      order = orderOf(value);
      // What an object inherits is none of its own.
      if (!holds(value, order, values, from)) return page.giveUp();
    }
    const { names, fields } = order;
    used = from + names.length;
    const start = page.at;
    for (const { at, lead, write } of fields) {
      const before = page.at;
      page.literal(lead);
      if (!write(values[from + at] ?? null, page)) page.at = before;
    }
    // What a row says is not held longer than the row.
    values.fill(null, from, used);
    used = from;
    if (page.at === start) return false;
    page.closeObject(start);
    return true;
  };
}

/** Whether an object has these names in this order; its values are set down from a place on. */
function holds(value: JsonObject, { names }: Order, values: Json[], from: number): boolean {
  let count = 0;
  for (const name in value) {
    if (name !== names[count]) return false;
    values[from + count] = value[name] ?? null;
    count += 1;
  }
  return count === names.length;
}

function orders(ofName: WriterOfName, fixed: readonly FixedField[]): (value: JsonObject) => Order {
  const known = new Map<string, Order>();
  return (value) => {
    const names = Object.keys(value);
    const key = JSON.stringify(names);
    const before = known.get(key);
    if (before !== undefined) return before;
    const order = { names, fields: orderedFields(names, ofName, fixed) };
    if (known.size < MOST_ORDERS) known.set(key, order);
    return order;
  };
}

function orderedFields(
  names: readonly string[],
  ofName: WriterOfName,
  fixed: readonly FixedField[],
): readonly OrderedField[] {
  const fields = new Map<string, OrderedField>();
  for (const [at, name] of names.entries()) {
    const write = ofName(name);
    if (write !== undefined) fields.set(name, { at, lead: leadOf(name), write });
  }
  for (const { name, lead, write } of fixed) fields.set(name, { at: 0, lead, write });
  const sorted = [...fields];
  sortFew(sorted, ([name], [other]) => name > other);
  return sorted.map(([, field]) => field);
}
