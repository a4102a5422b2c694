import {
  isJsonArray,
  isJsonObject,
  ownValue,
  type Json,
  type JsonObject,
} from "../src/core/json.js";

/** The spec is not as the generator needs it; the message starts with the place. */
export class SpecError extends Error {
  constructor(place: string, message: string) {
    super(`${place}: ${message}`);
    this.name = "SpecError";
  }
}

/** A value of the spec that knows its place, for example `graph.openapi.yaml#/servers/0/url`. */
export class SpecNode {
  constructor(
    readonly value: Json | undefined,
    readonly place: string,
  ) {}

  get exists(): boolean {
    return this.value !== undefined;
  }

  /** A member of an object; a node that does not exist when either of them is missing. */
  at(name: string): SpecNode {
    const value = isJsonObject(this.value) ? ownValue(this.value, name) : undefined;
    return new SpecNode(value, `${this.place}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }

  /** The members of an object in the order of the file; none when it does not exist. */
  entries(): readonly (readonly [string, SpecNode])[] {
    if (!this.exists) return [];
    return Object.keys(this.object()).map((name) => [name, this.at(name)]);
  }

  /** The items of a list; none when it does not exist. */
  items(): readonly SpecNode[] {
    if (!this.exists) return [];
    if (!isJsonArray(this.value)) return this.fail("a list is needed here");
    return this.value.map((item, index) => new SpecNode(item, `${this.place}/${index}`));
  }

  object(): JsonObject {
    return isJsonObject(this.value) ? this.value : this.fail("a map is needed here");
  }

  text(): string {
    return typeof this.value === "string" ? this.value : this.fail("text is needed here");
  }

  number(): number {
    return typeof this.value === "number" ? this.value : this.fail("a number is needed here");
  }

  /** The items of a list of texts. */
  texts(): readonly string[] {
    return this.items().map((item) => item.text());
  }

  /** The items of a list of numbers. */
  numbers(): readonly number[] {
    return this.items().map((item) => item.number());
  }

  /** One of a closed set of words. */
  oneOf<Word extends string>(words: readonly Word[]): Word {
    const word = words.find((candidate) => candidate === this.value);
    return word ?? this.fail(`one of ${words.map((one) => `\`${one}\``).join(", ")} is needed`);
  }

  fail(message: string): never {
    throw new SpecError(this.place, message);
  }
}
