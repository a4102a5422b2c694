/** Every code that a person may meet, once: those that have no page of their own stand here. */
import { EXIT, type ExitCode } from "../exit.js";
import { COMMAND } from "./command-entries.js";
import { CONFIG } from "./config-entries.js";
import type { Entry } from "./entry.js";
import { MAPPING } from "./mapping-entries.js";
import { EVIDENCE, RUN, TARGET } from "./meta-entries.js";
import { REJECTION } from "./rejection-entries.js";
import { SOURCE } from "./source-entries.js";
import { STORE } from "./store-entries.js";
import { YAML } from "./yaml-entries.js";

/** Codes of one kind, as the manual shows them. */
export interface Chapter {
  readonly title: string;
  /** What the codes are about, and where the manual says more. */
  readonly about: string;
  readonly entries: Readonly<Record<string, Entry>>;
}

/** In the order of the manual: what stops a delivery at night comes first. */
export const CHAPTERS: readonly Chapter[] = [
  {
    title: "Meta",
    about:
      "What an attempt proved. Meta's own codes, which a message has in brackets, are in the table at the end.",
    entries: EVIDENCE,
  },
  { title: "Runs", about: "What a run finds in what it would send.", entries: RUN },
  {
    title: "Audiences",
    about: "One audience gets nothing; the others go on. See [Mirrors](mirrors.md#ownership).",
    entries: TARGET,
  },
  {
    title: "Store",
    about: "Nothing is sent that could not be written down. See [Delivery](delivery.md#the-store).",
    entries: STORE,
  },
  {
    title: "Source",
    about: "What is read, and whether it has what the sync file names.",
    entries: SOURCE,
  },
  {
    title: "Configuration",
    about: "Sync files, binding files, and the variables that they name.",
    entries: CONFIG,
  },
  { title: "YAML", about: "Every file in YAML is read alike.", entries: YAML },
  {
    title: "Mapping",
    about: "[Writing a mapping](mapping-guide.md) has each form with an example.",
    entries: MAPPING,
  },
  {
    title: "Records",
    about:
      "One record is not sent, the others are. A run whose rejections are no news ends with 0; `--max-rejects` says how many new ones do.",
    entries: REJECTION,
  },
  { title: "Commands", about: "What a command refuses to do.", entries: COMMAND },
];

/** A code of a sync, a binding, a mapping, a source or a record's file. */
export type DiagnosticCode =
  | keyof typeof CONFIG
  | keyof typeof YAML
  | keyof typeof MAPPING
  | keyof typeof SOURCE
  | keyof typeof COMMAND
  // Each check has a page, to which its code leads.
  | `check.${string}`;

/** A code of a store that cannot be used. */
export type StoreFaultCode = keyof typeof STORE;

/** Why an audience gets nothing. */
export type TargetFailureCode = keyof typeof TARGET | keyof typeof EVIDENCE;

/** What went wrong with what a run sends, or would send. */
export type FailureCode = TargetFailureCode | keyof typeof RUN;

/** A code that stands beside an error of a command. */
export type ErrorCode = DiagnosticCode | StoreFaultCode;

/** The codes of an area, without it: `missing_key` of `config.missing_key`. */
export type NameIn<A extends string> = ErrorCode extends infer C
  ? C extends `${A}.${infer Name}`
    ? Name
    : never
  : never;

/** What the catalogue has of a code. */
export function entryOf(code: string): Entry | undefined {
  for (const { entries } of CHAPTERS)
    for (const [known, entry] of Object.entries(entries)) if (known === code) return entry;
  return undefined;
}

/** What to do about what a command refuses, where the case itself knows no better. */
export function remedyOf(code: keyof typeof COMMAND): string {
  return COMMAND[code].remedy;
}

/** What a command gives that ends with an error of the code. */
export function exitOf(code: ErrorCode): ExitCode {
  // A check stands by itself, and one that is an error says that a mapping is wrong.
  return entryOf(code)?.exit ?? EXIT.badInput;
}

/** Every code of the catalogue, in its order. */
export function cataloguedCodes(): readonly string[] {
  return CHAPTERS.flatMap(({ entries }) => Object.keys(entries));
}
