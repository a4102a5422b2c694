/** Erasing people from code: who they are comes as values, and not from a file. */
import { remedyOf, type DiagnosticCode } from "../core/catalogue/catalogue.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { decodeStateOperation } from "../core/decode-record.js";
import type { GivenIdentifier } from "../core/given-record.js";
import { cleanJson, isJsonObject } from "../core/json.js";
import type { DecodedRecord } from "../core/record.js";
import { safeName } from "../core/redact.js";
import { fail, ok, type Result } from "../core/result.js";
import type { RunEvent } from "../delivery/run-event.js";
import type { RunStatus } from "../delivery/run-result.js";
import { runJson } from "../report/run-json.js";
import { erasedPeople, unreadTypes, type ErasedPeople } from "../sync/forget/erased-people.js";
import {
  erasedAudiences,
  forgetStatus,
  type ErasedAudience,
  type ForgetResult,
} from "../sync/forget/forget-result.js";
import { forget, liftSuppression } from "../sync/forget/forget.js";
import { unmanaged } from "../sync/forget/managed-audiences.js";
import type { DestinationParts } from "./destination-parts.js";

/** Whom to erase. Give every identifier that you know of somebody: what is not given is not suppressed. */
export interface Person {
  readonly identifiers: readonly GivenIdentifier[];
}

/** People in any iterable. */
export type People = Iterable<Person> | AsyncIterable<Person>;

/** How people are erased. */
export interface ForgetOptions {
  /** Tells what would be removed; nothing is sent or written. */
  readonly dryRun?: boolean;
  /** Ids of audiences of which you know that they do not exist any more: they are left out. */
  readonly gone?: Iterable<string>;
  /** Interrupts, after the suppression is written down; erasing the same people again completes it. */
  readonly signal?: AbortSignal;
  /** Hears what happens, as in `deliver`. */
  readonly onEvent?: (event: RunEvent) => void;
}

/** What erasing people came to. */
export interface ForgottenPeople extends ForgetResult {
  /** `succeeded` only if nothing is open and every identifier could be used. */
  readonly status: RunStatus;
  readonly audiences: readonly ErasedAudience[];
}

/** Erases people, or says why that cannot be begun. */
export async function forgetPeople(
  people: People,
  parts: DestinationParts,
  options: ForgetOptions,
): Promise<Result<ForgottenPeople, readonly Diagnostic[]>> {
  const { session, mapping } = parts;
  const read = await readPeople(people, parts);
  if (!read.ok) return read;
  const gone = new Set(options.gone ?? []);
  const unknown = await unmanaged(gone, session.store);
  if (unknown.length > 0) return fail(unknown.map(unknownAudience));
  const { dryRun = false, onEvent, signal } = options;
  const result = await forget(read.value, session, {
    mapping,
    gone,
    mode: dryRun ? "dry" : "live",
    listener: onEvent === undefined ? {} : { event: onEvent },
    interrupted: signal ?? new AbortController().signal,
    describe: (report) => JSON.stringify(runJson(report)),
  });
  return ok({ ...result, status: forgetStatus(result), audiences: erasedAudiences(result) });
}

/** Ends the suppression of people. */
export async function liftPeople(
  people: People,
  parts: DestinationParts,
): Promise<Result<number, readonly Diagnostic[]>> {
  const read = await readPeople(people, parts);
  return read.ok ? ok(await liftSuppression(read.value, parts.session)) : read;
}

async function readPeople(
  people: People,
  { mapping, session, hasStore }: DestinationParts,
): Promise<Result<ErasedPeople, readonly Diagnostic[]>> {
  if (mapping.surface === "events") return fail([WRONG_SURFACE]);
  if (!hasStore) return fail([NO_STORE]);
  const records: DecodedRecord[] = [];
  for await (const person of people) records.push(decodePerson(person, records.length + 1));
  const types = records.flatMap((record) =>
    record.ok ? record.value.identifiers.map(({ type }) => type) : [],
  );
  const unread = unreadTypes([...new Set(types)], mapping);
  if (unread.length > 0)
    return fail(
      unread.map(({ type, remedy }) =>
        refusal(
          "forget.unread_type",
          `the mapping reads no identifiers of type \`${type}\``,
          remedy,
        ),
      ),
    );
  return ok(erasedPeople(records, { mapping, binding: session.binding }));
}

/** A removal as yet from no audience; it goes by the place of its person. */
function decodePerson(person: unknown, position: number): DecodedRecord {
  const identifiers = isJsonObject(person) ? person["identifiers"] : undefined;
  const record_identity = `#${String(position)}`;
  const target = "every audience";
  return decodeStateOperation(
    cleanJson({ operation: "remove", target, record_identity, identifiers }),
    position,
  );
}

function refusal(code: DiagnosticCode, message: string, remedy: string): Diagnostic {
  const place = { kind: "value", source: "people", path: "" } as const;
  return { code, severity: "error", message, remedy, place };
}

const WRONG_SURFACE = refusal(
  "forget.wrong_surface",
  "nobody is removed by a mapping of events",
  remedyOf("forget.wrong_surface"),
);

const NO_STORE = refusal(
  "forget.no_store",
  "this destination has no store, and so it does not know where anybody was added",
  remedyOf("forget.no_store"),
);

function unknownAudience(id: string): Diagnostic {
  return refusal(
    "forget.unknown_audience",
    `\`gone\` names the audience ${safeName(id)}, to which nobody was sent from this store; nobody was removed or suppressed`,
    remedyOf("forget.unknown_audience"),
  );
}
