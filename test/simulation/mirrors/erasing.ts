/** People who want to be erased, and those of them who agree again. */
import type { StateOperation } from "../../../src/core/record.js";
import { forget, liftSuppression } from "../../../src/sync/forget/forget.js";
import { forgetStatus } from "../../../src/sync/forget/forget-result.js";
import { erasedPeople, type ErasedPeople } from "../../../src/sync/forget/erased-people.js";
import type { Planting } from "../bugs/planted-bug.js";
import { inProcess, type ProcessPlan } from "../process.js";
import { emailOf, phoneOf } from "../records/secrets.js";
import { planningSession, sessionOf } from "../session.js";
import { emailCell, phoneCell } from "./member.js";
import type { MirrorWorld } from "./world.js";

/** Somebody, by whatever of theirs stands in the file. */
export interface ErasedPerson {
  readonly emails: readonly string[];
  readonly phones: readonly string[];
}

/**
 * Somebody of the table. Where Meta keeps people, all that they were ever known by: if an address of
 * theirs is not in the file, Meta removes by the others whom nobody here can tell of.
 */
export function drawErased({ chance, table, schedule }: MirrorWorld): ErasedPerson | undefined {
  const { people } = table;
  if (people.length === 0) return undefined;
  const { emails, phones } = table.knownOf(chance.pick(people));
  const some = (all: ReadonlySet<string>) =>
    [...all].filter(() => schedule.matching === "person" || chance.happens(0.7));
  const person = { emails: some(emails), phones: some(phones) };
  return person.emails.length + person.phones.length > 0 ? person : undefined;
}

/** Erases somebody in a process of its own, which may crash. */
export async function erase(
  world: MirrorWorld,
  person: ErasedPerson,
  plan: ProcessPlan,
  planting: Planting | undefined,
): Promise<void> {
  const identifiers = identifiersOf(person);
  world.erasing = identifiers;
  const options = {
    mapping: world.mapping,
    gone: new Set<string>(),
    mode: "live",
    listener: {},
    interrupted: new AbortController().signal,
    describe: ({ status }: { readonly status: string }) => status,
  } as const;
  const result = await inProcess(world, { ...plan, planned: false }, "forget", (life) =>
    forget(peopleOf(world, person), sessionOf(world, life, planting), options),
  );
  if (result !== undefined)
    world.emit({ kind: "erased", identifiers, status: forgetStatus(result) });
}

/** Somebody agrees again. */
export async function lift(world: MirrorWorld, person: ErasedPerson): Promise<void> {
  const session = { ...planningSession(world), store: world.stores.open() };
  await liftSuppression(peopleOf(world, person), session);
  for (const identifier of identifiersOf(person)) world.erased.delete(identifier);
}

function identifiersOf({ emails, phones }: ErasedPerson): readonly string[] {
  return [...emails.map(emailCell), ...phones.map(phoneCell)];
}

/** As a file with a row of them is read. */
function peopleOf({ mapping, binding }: MirrorWorld, person: ErasedPerson): ErasedPeople {
  const record: StateOperation = {
    kind: "state",
    operation: "remove",
    identity: "#1",
    givenIdentity: "#1",
    target: "",
    key: {},
    identifiers: [
      ...person.emails.map((email) => ({ type: "email", value: emailOf(email) })),
      ...person.phones.map((phone) => ({ type: "phone_e164", value: phoneOf(phone) })),
    ],
    payload: {},
  };
  return erasedPeople([{ ok: true, value: record }], { mapping, binding });
}
