import type { JsonObject } from "../../src/core/json.js";

/** What an editor shows about a node: what it is, and what to write where it is wrong. */
export interface Sentences {
  readonly description: string;
  readonly errorMessage: string;
}

/** A node of the schema; every one says what to write where it is wrong. */
export type SchemaObject = JsonObject & Pick<Sentences, "errorMessage">;

/** Puts a node together, its sentences first. */
export function node(sentences: Sentences, keywords: JsonObject): SchemaObject {
  const { description, errorMessage } = sentences;
  return { description, errorMessage, ...keywords };
}

/**
 * Puts a node together that says more about a value which has its description already: an editor
 * shows the innermost description, and that of the field is what a person hovers for.
 */
export function branch({ errorMessage }: Sentences, keywords: JsonObject): SchemaObject {
  return { errorMessage, ...keywords };
}

/**
 * Asks for an element or a key at least. Of `minItems` and `minProperties` an editor speaks in
 * words of its own; what stands here instead refuses the same, in ours.
 */
export function notEmpty({ errorMessage }: Sentences): JsonObject {
  return { if: { maxItems: 0, maxProperties: 0 }, then: { errorMessage, type: "string" } };
}

/** The shared definitions of the schema, by readable names, since editors show them. */
export class Definitions {
  private readonly byName = new Map<string, SchemaObject | undefined>();

  /** A reference to a definition, which is made when it is first needed; it may refer to itself. */
  ref(name: string, make: () => SchemaObject): { readonly $ref: string } {
    if (!this.byName.has(name)) {
      this.byName.set(name, undefined);
      this.byName.set(name, make());
    }
    return { $ref: `#/definitions/${name}` };
  }

  /** All of them, sorted by name. */
  all(): Readonly<Record<string, SchemaObject>> {
    const made = [...this.byName].flatMap(([name, schema]) =>
      schema === undefined ? [] : [[name, schema] as const],
    );
    return Object.fromEntries(made.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}
