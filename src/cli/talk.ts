/** How a command speaks: diagnostics and sentences to standard error, as text or as JSON lines. */
import type { ErrorCode } from "../core/catalogue/catalogue.js";
import { manualPlaceOf } from "../core/catalogue/manual-place.js";
import type { Diagnostic } from "../core/diagnostic.js";
import type { Rejection } from "../core/record.js";
import { diagnosticsJson } from "../report/diagnostics-machine.js";
import { diagnosticsText, type TextOf } from "../report/diagnostics-text.js";
import type { RunResult } from "../delivery/run-result.js";
import { createRedactor } from "../core/redact.js";
import type { StoreFault } from "../store/store-fault.js";
import { EXIT } from "./exit-codes.js";
import type { Io } from "./io.js";

const redact = createRedactor(() => []);

const RUN_FAILED = "run.failed" satisfies ErrorCode;

/** Remembers the texts that were read, so that diagnostics can show their place. */
export class Talk {
  private readonly texts = new Map<string, string>();
  private progressShown = false;

  constructor(
    private readonly io: Io,
    readonly json: boolean,
    private readonly quiet: boolean,
  ) {}

  /** The text behind a file's name in diagnostics. */
  readonly textOf: TextOf = (file) => this.texts.get(file);

  /** Diagnostics as JSON lines, redacted before they become JSON. */
  diagnosticsJson(diagnostics: readonly Diagnostic[]): string {
    const clean = diagnostics.map((diagnostic) => ({
      ...diagnostic,
      message: this.redacted(diagnostic.message),
      remedy: this.redacted(diagnostic.remedy),
    }));
    return diagnosticsJson(clean, this.textOf);
  }

  /** A text of ours that may quote a file, safe to print. */
  redacted(text: string): string {
    return redact(text);
  }

  remember(file: string, text: string): void {
    this.texts.set(file, text);
  }

  async diagnostics(diagnostics: readonly Diagnostic[]): Promise<void> {
    if (diagnostics.length === 0) return;
    if (this.json) await this.io.stderr(`${this.diagnosticsJson(diagnostics)}\n`);
    else await this.say(diagnosticsText(diagnostics, this.textOf));
  }

  /** One thing that went wrong outside any file: cause and remedy. */
  async error(code: ErrorCode, message: string, remedy: string): Promise<void> {
    if (this.json)
      await this.sayJson({ severity: "error", code, message, remedy, docs: manualPlaceOf(code) });
    else await this.say(`error: ${message} (${code})\n  ${remedy}`);
  }

  /** Something that cannot be used; gives the exit code. */
  async fault({ code, message, remedy }: StoreFault): Promise<number> {
    await this.error(code, message, remedy);
    return EXIT.badInput;
  }

  /** Arguments that do not go together; gives the exit code. */
  async usage(message: string): Promise<number> {
    await this.error("cli.usage", message.replace(/\.$/, ""), "See the command's --help.");
    return EXIT.badInput;
  }

  /** What broke off in the source of a run. */
  async sourceProblem({ sourceProblem }: RunResult): Promise<void> {
    if (sourceProblem !== undefined) await this.diagnostics([sourceProblem]);
  }

  /** What went wrong with requests, for machines: one JSON line each. */
  async failures({ failures }: RunResult): Promise<void> {
    for (const { target, summary, evidence } of failures)
      await this.sayJson({
        severity: "error",
        code: RUN_FAILED,
        target,
        message: summary,
        docs: manualPlaceOf(evidence?.evidenceCode ?? RUN_FAILED),
      });
  }

  /** Something worth knowing that is not wrong. */
  async note(message: string): Promise<void> {
    if (this.quiet) return;
    if (this.json) await this.sayJson({ severity: "note", message });
    else await this.say(message);
  }

  /** A rejected record, for machines: one JSON line. */
  async rejection({ identity, code, field, message }: Rejection): Promise<void> {
    await this.sayJson({ identity, code, field, message });
  }

  /** Where a run stands: one line that is written over, on a terminal only. */
  progress(line: string): void {
    if (!this.showsProgress) return;
    this.progressShown = true;
    void this.io.stderr(`\r\u001b[2K${line}`);
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

  /** Redacted value by value: taking something out of finished JSON could break it. */
  private async sayJson(line: Readonly<Record<string, string>>): Promise<void> {
    const clean = Object.entries(line).map(([key, text]) => [key, this.redacted(text)]);
    await this.io.stderr(`${JSON.stringify(Object.fromEntries(clean))}\n`);
  }

  private get showsProgress(): boolean {
    return this.io.terminal && !this.json && !this.quiet;
  }
}
