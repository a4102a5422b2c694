import type { JsonObject } from "../../src/core/json.js";

/** What an editor shows about a node: what it is, and what to write where it is wrong. */
export interface Sentences {
  readonly description: string;
  readonly errorMessage: string;
}

/** A node of the schema; every one carries its sentences. */
export type SchemaObject = JsonObject & Sentences;

/** Puts a node together, its sentences first. */
export function node(sentences: Sentences, keywords: JsonObject): SchemaObject {
  const { description, errorMessage } = sentences;
  return { description, errorMessage, ...keywords };
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
