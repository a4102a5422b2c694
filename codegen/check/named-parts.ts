import { componentSchema } from "../schema-node.js";
import type { SpecNode } from "../spec-node.js";
import type { Fault } from "./fault.js";

/** An extension names keys and words that the schema around it has. */
export function namedParts(document: SpecNode): readonly Fault[] {
  return [
    ...unknown("UserData", keysOf(document, "UserData"), weakKeys(document)),
    ...unknown("CustomData", keysOf(document, "CustomData"), requiredKeys(document)),
    ...unknown("Event", eventFields(document), askedFields(document)),
    ...unknown("ActionSource", sourcesOf(document), namedSources(document)),
  ];
}

type Named = readonly (readonly [name: string, node: SpecNode])[];

function unknown(schema: string, known: readonly string[], named: Named): readonly Fault[] {
  return named
    .filter(([name]) => !known.includes(name))
    .map(([name, { place }]) => ({ place, message: `\`${schema}\` has no \`${name}\`` }));
}

function keysOf(document: SpecNode, schema: string): readonly string[] {
  return componentSchema(document, schema)
    .properties()
    .map(([name]) => name);
}

function weakKeys(document: SpecNode): Named {
  const sets = componentSchema(document, "UserData").own.at("x-too-weak").at("sets");
  return sets.items().flatMap(words);
}

function requiredKeys(document: SpecNode): Named {
  const events = componentSchema(document, "CustomData").own.at("x-required-for");
  return events.entries().flatMap(([, keys]) => keys.entries());
}

/** The fields of an event and those one level below, a dot between the names. */
function eventFields(document: SpecNode): readonly string[] {
  return componentSchema(document, "Event")
    .properties()
    .flatMap(([name, field]) => [name, ...field.properties().map(([inner]) => `${name}.${inner}`)]);
}

function askedFields(document: SpecNode): Named {
  const sources = componentSchema(document, "ActionSource").own.at("x-asks-for");
  return sources.entries().flatMap(([, fields]) => words(fields));
}

function sourcesOf(document: SpecNode): readonly string[] {
  return componentSchema(document, "ActionSource").own.at("enum").texts();
}

function namedSources(document: SpecNode): Named {
  const { own } = componentSchema(document, "ActionSource");
  return [
    ...[...own.at("x-max-age").entries(), ...own.at("x-dedup").entries()].filter(isNoDefault),
    ...words(own.at("x-dedup-without-id")),
    ...own.at("x-asks-for").entries(),
  ];
}

/** `default` stands for all other action sources. */
function isNoDefault([name]: Named[number]): boolean {
  return name !== "default";
}

function words(list: SpecNode): Named {
  return list.items().map((item) => [item.text(), item] as const);
}
