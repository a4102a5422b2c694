/** Options that commands share, and how what was given is read. */
import { Option, type Command } from "commander";
import { NO_REJECTIONS, readNow, readTolerance, type RejectionTolerance } from "./options.js";
import type { Io } from "./io.js";
import { LOG_FORMATS, type LogFormat } from "./log-format.js";
import { Talk } from "./talk.js";
import type { AllowedRemovals } from "../sync/mirror/mirror-rules.js";
import type { CommonOptions, EmulatorChoice, RunOptions, RunSource } from "./run-options.js";

/** Options of every command, as commander gives them. */
export interface CommonFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
  readonly config?: string;
  readonly envFile?: string;
  readonly store?: string;
}

/** The option of commands that run syncs, as commander gives it. */
export interface LogFlags {
  readonly logFormat?: LogFormat;
}

/** Options of `plan` and `sync`, as commander gives them. */
export interface RunFlags extends CommonFlags, LogFlags {
  readonly mapping?: string;
  readonly binding?: string;
  readonly records?: string;
  /** `true` without a URL. */
  readonly emulator?: string | true;
  readonly now?: number;
  readonly maxRejects?: RejectionTolerance;
  readonly resend?: boolean;
  /** `true` without a name. */
  readonly allowRemovals?: string | true;
  readonly fullRefresh?: boolean;
  readonly replay?: boolean;
}

/** Adds the options of every command. */
export function addCommonOptions(command: Command): Command {
  return command
    .option("--config <file>", "a TOML file in which namespaces are looked up (else ./retl.toml)")
    .option("--env-file <file>", "a file of variables; no .env file is read unasked")
    .option(
      "--store <place>",
      "the store: a file (else .retl/state.duckdb), or env:NAME, a variable with a PostgreSQL URL",
    )
    .option("--json", "print data as JSON; standard error then carries JSON lines only")
    .option("--quiet", "say nothing beyond results and errors")
    .option("--debug", "show stack traces");
}

/** Adds the option of commands that run syncs. */
export function addLogOption(command: Command): Command {
  return command.addOption(
    new Option(
      "--log-format <format>",
      "what standard error is: sentences, or a log of JSON lines, each with its time and level",
    )
      .choices(LOG_FORMATS)
      .default("text"),
  );
}

/** How a command that runs syncs speaks. */
export function runTalk({ json, quiet, logFormat }: CommonFlags & LogFlags, io: Io): Talk {
  return new Talk(io, json ?? false, quiet ?? false, logFormat);
}

/** Adds the options of `plan` and `sync`. */
export function addRunOptions(command: Command): Command {
  addLogOption(addCommonOptions(command))
    .option(
      "--records <file>",
      "read contract records (NDJSON) instead of a sync file; - is standard input",
    )
    .option("--mapping <name-or-file>", "with --records: a shipped mapping's name, or a file")
    .option("--binding <file>", "with --records: the binding file")
    .option(
      "--emulator [url]",
      "talk to an emulator: one of its own in memory, or the one at the URL",
    )
    .addOption(
      new Option(
        "--max-rejects <n|p%>",
        "how many rejected records still count as success",
      ).argParser(readTolerance),
    )
    .option("--resend", "with --records: send again what earlier runs have delivered")
    .option(
      "--allow-removals [name]",
      "let the removal guard pass this once, of all audiences or of one",
    )
    .option("--full-refresh", "send everybody who belongs in the audiences again")
    .option("--replay", "send events whose route has changed to their new pixel as well")
    .addOption(new Option("--now <time>", "freeze the clock").argParser(readNow));
  return command;
}

/** The common options, read. */
export function commonOptions(flags: CommonFlags): CommonOptions {
  return {
    json: flags.json ?? false,
    quiet: flags.quiet ?? false,
    debug: flags.debug ?? false,
    configFile: flags.config,
    envFile: flags.envFile,
    store: flags.store,
  };
}

/** The options of a run, read; or what is wrong with their combination. */
export function runOptions(file: string | undefined, flags: RunFlags): RunOptions | string {
  const source = runSource(file, flags);
  if (typeof source === "string") return source;
  if (flags.resend === true && source.kind === "sync")
    return "--resend goes with --records; `rejects retry`, `targets distrust` and --full-refresh make a sync send again.";
  if (source.kind === "records" && (flags.allowRemovals ?? flags.fullRefresh) !== undefined)
    return "--allow-removals and --full-refresh go with a sync file; records say themselves what to do.";
  if (flags.store !== undefined && flags.emulator === true)
    return "--store goes with an emulator at a URL: one of its own is gone after the run, and what it knew with it.";
  return {
    ...commonOptions(flags),
    source,
    emulator: emulatorChoice(flags.emulator),
    now: flags.now,
    tolerance: flags.maxRejects ?? NO_REJECTIONS,
    resend: flags.resend ?? false,
    words: {
      allowedRemovals: allowedRemovals(flags.allowRemovals),
      fullRefresh: flags.fullRefresh ?? false,
    },
    replay: flags.replay ?? false,
  };
}

function allowedRemovals(flag: RunFlags["allowRemovals"]): AllowedRemovals {
  if (flag === undefined) return { kind: "guarded" };
  return flag === true ? { kind: "everywhere" } : { kind: "in", target: flag };
}

function runSource(file: string | undefined, flags: RunFlags): RunSource | string {
  const { records, mapping, binding } = flags;
  if (records === undefined)
    return file === undefined
      ? `name a sync file, or give --records with --mapping and --binding.${swallowed(flags)}`
      : mapping !== undefined || binding !== undefined
        ? "--mapping and --binding go with --records; a sync file names its own."
        : { kind: "sync", file };
  if (file !== undefined) return "give either a sync file or --records, not both.";
  if (mapping === undefined || binding === undefined)
    return "--records needs --mapping and --binding as well.";
  return { kind: "records", records, mapping, binding };
}

/** A file after an option that may take something is taken for that. */
export function swallowed({
  allowRemovals,
  emulator,
}: Pick<RunFlags, "allowRemovals" | "emulator">): string {
  if (isFileName(allowRemovals))
    return " Write the sync file before --allow-removals, which takes what follows it for an audience's name.";
  return isFileName(emulator)
    ? " Write the sync file before --emulator, which takes what follows it for an address."
    : "";
}

function isFileName(value: string | true | undefined): boolean {
  return typeof value === "string" && /\.ya?ml$/.test(value);
}

/** `true` stands for one of its own. */
export function emulatorChoice(flag: RunFlags["emulator"]): EmulatorChoice {
  if (flag === undefined) return { kind: "none" };
  return flag === true ? { kind: "own" } : { kind: "at", url: flag };
}
