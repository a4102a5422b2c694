/** How a command speaks to standard error: as text, as JSON lines, or as the lines of a log. */
import type { ErrorCode } from "../core/catalogue/catalogue.js";
import { manualPlaceOf } from "../core/manual-place.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Rejection } from "../core/record.js";
import { diagnosticJson, diagnosticsJson } from "../report/diagnostics-machine.js";
import { diagnosticsText, type TextOf } from "../report/diagnostics-text.js";
import { cut, fitted } from "../report/fit.js";
import type { RunResult } from "../delivery/run-result.js";
import { createRedactor, type Redactor } from "../core/redact.js";
import type { LogEventName, LogLevel } from "../telemetry/log-catalogue.js";
import { logLine, type LogFields, type LogRecord } from "../telemetry/log-record.js";
import { EXIT, exitCodeOfDiagnostics, exitCodeOfError } from "./exit-codes.js";
import type { Io } from "./io.js";
import type { LogFormat } from "./log-format.js";

const redact = createRedactor(() => []);

/** What cannot be used, or be connected to. */
type Fault = Readonly<Record<"message" | "remedy", string>> & { readonly code: ErrorCode };

/** Remembers the texts that were read, so that diagnostics can show their place. */
export class Talk {
  private readonly texts = new Map<string, string>();
  private progressShown = false;

  constructor(
    private readonly io: Io,
    /** Whether standard output is for machines. */
    readonly json: boolean,
    private readonly quiet: boolean,
    private readonly logFormat: LogFormat = "text",
  ) {}

  /** Whether what happens is told as the lines of a log. */
  get logs(): boolean {
    return this.logFormat === "json";
  }

  /** The text behind a file's name in diagnostics. */
  readonly textOf: TextOf = (file) => this.texts.get(file);

  /** Diagnostics as JSON lines, redacted before they become JSON. */
  diagnosticsJson(diagnostics: readonly Diagnostic[]): string {
    return diagnosticsJson(
      diagnostics.map((diagnostic) => this.clean(diagnostic)),
      this.textOf,
    );
  }

  private clean(diagnostic: Diagnostic): Diagnostic {
    const { message, remedy } = diagnostic;
    return { ...diagnostic, message: this.redacted(message), remedy: this.redacted(remedy) };
  }

  /** A text of ours that may quote a file, safe to print. */
  redacted(text: string): string {
    return redact(text);
  }

  remember(file: string, text: string): void {
    this.texts.set(file, text);
  }

  /** What was found in files; gives the exit code. */
  async diagnostics(diagnostics: readonly Diagnostic[]): Promise<number> {
    if (diagnostics.length === 0) return EXIT.ok;
    if (this.logs)
      for (const diagnostic of diagnostics) {
        const { severity, ...fields } = diagnosticJson(this.clean(diagnostic), this.textOf);
        await this.sayLog(severity === "error" ? "error" : "warn", "diagnostic", fields);
      }
    else if (this.json) await this.io.stderr(`${this.diagnosticsJson(diagnostics)}\n`);
    else await this.say(diagnosticsText(diagnostics, this.textOf));
    return exitCodeOfDiagnostics(diagnostics);
  }

  /** One thing that went wrong outside any file: cause and remedy; gives the exit code. */
  async error(code: ErrorCode, message: string, remedy: string): Promise<number> {
    const docs = manualPlaceOf(code);
    if (this.logs) await this.sayLog("error", "error", { code, message, remedy, docs });
    else if (this.json) await this.sayJson({ severity: "error", code, message, remedy, docs });
    else await this.say(this.fitting(`error: ${message} (${code})\n  ${remedy}`));
    return exitCodeOfError(code);
  }

  /** Something that cannot be used; gives the exit code. */
  fault({ code, message, remedy }: Fault): Promise<number> {
    return this.error(code, message, remedy);
  }

  /** Arguments that do not go together; gives the exit code. */
  usage(message: string, remedy = "See the command's --help."): Promise<number> {
    return this.error("cli.usage", message.replace(/\.$/, ""), remedy);
  }

  /** What broke off in the source of a run. */
  async sourceProblem({ sourceProblem }: RunResult): Promise<void> {
    if (sourceProblem !== undefined) await this.diagnostics([sourceProblem]);
  }

  /** What went wrong with requests, for machines: one JSON line each. */
  async failures({ failures }: RunResult): Promise<void> {
    for (const { target, code, summary: message } of failures) {
      const failed = { code, target, message, docs: manualPlaceOf(code) };
      if (this.logs) await this.sayLog("error", "run.failure", failed);
      else await this.sayJson({ severity: "error", ...failed });
    }
  }

  /** Something worth knowing that is not wrong. */
  async note(message: string): Promise<void> {
    if (this.quiet) return;
    if (this.logs) await this.sayLog("info", "note", { message });
    else if (this.json) await this.sayJson({ severity: "note", message });
    else await this.say(this.fitting(message));
  }

  /** A rejected record, for machines: one JSON line. */
  async rejection({ identity, code, field, message }: Rejection): Promise<void> {
    const rejected = { identity, code, field, message };
    if (this.logs) await this.sayLog("warn", "record.rejected", rejected);
    else await this.sayJson(rejected);
  }

  /** Something that happened, in a log; what nobody has to look at is not for `--quiet`. */
  async log(record: LogRecord, redactor: Redactor): Promise<void> {
    const isWanted = !this.quiet || record.level === "warn" || record.level === "error";
    if (isWanted) await this.io.stderr(`${logLine(record, redactor)}\n`);
  }

  /** Where a run stands, where no line can be written over: on a line of its own. */
  async progressLine(line: string): Promise<void> {
    if (!this.showsProgress) await this.note(line);
  }

  /** Where a run stands: one line that is written over, on a terminal only. */
  progress(line: string): void {
    if (!this.showsProgress) return;
    this.progressShown = true;
    void this.io.stderr(`\r\u001b[2K${cut(line, this.io.columns.stderr)}`);
  }

  /** Takes the line of progress away. */
  endProgress(): void {
    if (this.progressShown) void this.io.stderr("\r\u001b[2K");
    this.progressShown = false;
  }

  /** Everything said goes through the redaction door: frames quote files that people wrote. */
  private async say(text: string): Promise<void> {
    await this.io.stderr(`${this.redacted(text)}\n`);
  }

  /** Sentences; what quotes a file stands as it does there. */
  private fitting(text: string): string {
    return fitted(text, this.io.columns.stderr);
  }

  /** Redacted value by value: taking something out of finished JSON could break it. */
  private async sayJson(line: Readonly<Record<string, string>>): Promise<void> {
    const clean = Object.entries(line).map(([key, text]) => [key, this.redacted(text)]);
    await this.io.stderr(`${JSON.stringify(Object.fromEntries(clean))}\n`);
  }

  private async sayLog(level: LogLevel, event: LogEventName, fields: LogFields): Promise<void> {
    await this.log({ at: this.io.clock(), level, event, fields }, redact);
  }

  private get showsProgress(): boolean {
    return this.io.columns.stderr !== undefined && !this.json && !this.quiet && !this.logs;
  }
}
