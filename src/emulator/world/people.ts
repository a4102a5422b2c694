import type { Matching } from "./matching.js";

type Person = Set<string>;
type People = ReadonlyMap<string, Person>;

/**
 * Matching `person`. Identifiers that came in one row are one person, and so are two people once a
 * row names both. What was learnt stays: leaving an audience makes nobody a stranger to Meta.
 */
export function createPeople(): Matching {
  const people = new Map<string, Person>();
  return {
    kind: "person",
    learn: (identifiers) => {
      const named = behind(people, identifiers);
      const person = largest(named) ?? new Set<string>();
      for (const other of named) if (other !== person) settle(people, other, person);
      settle(people, identifiers, person);
    },
    reach: (identifiers) => {
      const reached = new Set(identifiers);
      for (const person of behind(people, identifiers)) {
        for (const identifier of person) reached.add(identifier);
      }
      return reached;
    },
    people: (identifiers) => groups(people, identifiers),
  };
}

function behind(people: People, identifiers: readonly string[]): ReadonlySet<Person> {
  const found = new Set<Person>();
  for (const identifier of identifiers) {
    const person = people.get(identifier);
    if (person !== undefined) found.add(person);
  }
  return found;
}

/** Moving the smaller into the larger keeps long chains of merges cheap. */
function largest(people: ReadonlySet<Person>): Person | undefined {
  let found: Person | undefined;
  for (const person of people) if (person.size > (found?.size ?? -1)) found = person;
  return found;
}

function settle(people: Map<string, Person>, identifiers: Iterable<string>, person: Person): void {
  for (const identifier of identifiers) {
    person.add(identifier);
    people.set(identifier, person);
  }
}

function groups(people: People, identifiers: Iterable<string>): readonly (readonly string[])[] {
  const byPerson = new Map<Person | string, string[]>();
  for (const identifier of identifiers) {
    const person = people.get(identifier) ?? identifier;
    const group = byPerson.get(person);
    if (group === undefined) byPerson.set(person, [identifier]);
    else group.push(identifier);
  }
  return [...byPerson.values()];
}
