/** Gathers what happens in a run, and writes its report however it ends. */
import { MatchQuality } from "../checks/match-quality/match-quality.js";
import { createRedactor, type Redactor } from "../core/redact.js";
import type { RunResult } from "../delivery/run-result.js";
import { runHtml } from "../report/html/page.js";
import { RunRecord } from "../report/run-record.js";
import type { RunEnding } from "../report/run-report.js";
import type { RunInput } from "../sync/run-input.js";
import type { Session } from "../sync/session.js";
import { StoreFailure } from "../store/store-fault.js";
import type { Io } from "./io.js";
import type { ReportFile } from "./report-file.js";
import type { RunOptions } from "./run-options.js";
import { versionText } from "./version.js";

/** The run that is reported. */
export interface ReportedRun {
  readonly input: Pick<RunInput<unknown>, "sync" | "mapping">;
  readonly session: Session;
  readonly options: RunOptions;
  readonly io: Io;
}

/** Reports one run. */
export class Reporter {
  readonly record: RunRecord;
  readonly quality: MatchQuality;

  constructor(
    private readonly file: ReportFile,
    private readonly run: ReportedRun,
  ) {
    this.record = new RunRecord(run.session.clock());
    this.quality = new MatchQuality(run.input.mapping.surface);
  }

  /** Writes the report of a run that came to its end; gives the sentence that says where it is. */
  async finished(result: RunResult): Promise<string> {
    const isWritten = await this.write({ kind: "finished", result });
    return isWritten
      ? `The report is in \`${this.file.name}\`.`
      : `The report could not be written to \`${this.file.name}\` any more; the run is not touched by that.`;
  }

  /** Writes what is known of a run that an error ended; the error itself is told elsewhere. */
  async brokeOff(error: unknown): Promise<void> {
    const { message, remedy } = error instanceof StoreFailure ? error.fault : BUG;
    await this.write({ kind: "broke_off", because: message, remedy });
  }

  /** An emulator never sees a secret: the token that it takes is a word of everyday use. */
  private get redact(): Redactor {
    const { options, session } = this.run;
    return options.emulator.kind === "none" ? session.redact : createRedactor(() => []);
  }

  private async write(ending: RunEnding): Promise<boolean> {
    const { input, session, options, io } = this.run;
    const report = {
      sync: input.sync,
      endedAt: session.clock(),
      ending,
      record: this.record,
      quality: this.quality.report(),
      receiver: options.emulator.kind === "none" ? "Meta" : "an emulator",
      version: await versionText(io),
    };
    return this.file.write(runHtml(report, this.redact)).then(
      () => true,
      () => false,
    );
  }
}

const BUG = {
  message: "something went wrong inside retl-meta",
  remedy: "Run it again with `--debug` for the details, and please report it.",
};
