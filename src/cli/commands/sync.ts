/** `retl-meta sync`: delivers. */
import type { Command } from "commander";
import { runJson } from "../../report/run-json.js";
import { runText } from "../../report/run-text.js";
import { liveRun, type DeliveryListener } from "../../sync/live-run.js";
import type { Session } from "../../sync/session.js";
import { addRunOptions, runOptions, runTalk, type RunFlags } from "../common-flags.js";
import { exitCodeOf } from "../exit-codes.js";
import { interruption } from "../interruption.js";
import type { Io } from "../io.js";
import { printText } from "../print.js";
import type { RunOptions } from "../run-options.js";
import type { Result } from "../../core/result.js";
import { reportFile, type ReportFile, type Unwritable } from "../report-file.js";
import { Reporter } from "../reporter.js";
import { heardBy, progressTo, toldTo } from "../run-ears.js";
import type { Talk } from "../talk.js";
import { withRun, type ReadyRun } from "../with-run.js";

/** Declares `sync`. */
export function syncCommand(command: Command, io: Io, end: (code: number) => void): void {
  command.argument("[sync.yaml]", "a sync file");
  addRunOptions(command)
    .option("--report <file>", "write a report of the run there, as one HTML file")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, flags: SyncFlags) => {
      const talk = runTalk(flags, io);
      const options = syncOptions(file, flags);
      if (typeof options === "string") return end(await talk.usage(options));
      const report = await reportOf(flags, io);
      if (report?.ok === false)
        return end(await talk.usage(report.error.message, report.error.remedy));
      const work = { options, report: report?.value };
      end(await withRun(options, "live", io, talk, (run) => deliverRun(run, work, io, talk)));
    });
}

interface SyncFlags extends RunFlags {
  readonly report?: string;
}

/** What is to be done, once everything about it is known to go together. */
interface SyncWork {
  readonly options: RunOptions;
  readonly report: ReportFile | undefined;
}

function syncOptions(file: string | undefined, flags: SyncFlags): RunOptions | string {
  const options = runOptions(file, flags);
  if (typeof options !== "string" && options.now !== undefined && options.emulator.kind === "none")
    return "--now goes with --emulator only: Meta's own clock cannot be frozen.";
  return options;
}

async function reportOf(
  { report }: SyncFlags,
  { cwd }: Io,
): Promise<Result<ReportFile, Unwritable> | undefined> {
  return report === undefined ? undefined : reportFile(report, cwd);
}

const EXAMPLES = `
Examples:
  retl-meta sync purchases.sync.yaml --emulator
  retl-meta sync vip_customers.sync.yaml --allow-removals "VIP customers"
  retl-meta sync purchases.sync.yaml --report report.html
  retl-meta sync --records events.ndjson --mapping events --binding meta.yaml
`;

async function deliverRun<B>(
  { input, session }: ReadyRun<B>,
  { options, report }: SyncWork,
  io: Io,
  talk: Talk,
): Promise<number> {
  const reporter = report && new Reporter(report, { input, session, options, io });
  const listener = await listenerOf(options, session, talk, reporter);
  const watched = reporter === undefined ? input : { ...input, quality: reporter.quality };
  const delivering = liveRun(watched, session, {
    listener,
    wishes: { resend: options.resend, replay: options.replay },
    interrupted: interruption(io, talk),
    describe: (result) => JSON.stringify(runJson(result)),
  });
  const result = await delivering
    .catch(async (error: unknown) => {
      await reporter?.brokeOff(error);
      throw error;
    })
    .finally(() => {
      talk.endProgress();
    });
  if (options.json) await io.stdout(`${JSON.stringify(runJson(result))}\n`);
  else await printText({ io, talk }, runText(result));
  await talk.sourceProblem(result);
  if (reporter !== undefined) await talk.note(await reporter.finished(result));
  return exitCodeOf(result, options.tolerance);
}

async function listenerOf(
  { json }: RunOptions,
  session: Session,
  talk: Talk,
  reporter: Reporter | undefined,
): Promise<DeliveryListener> {
  const report = reporter === undefined ? [] : [reporter.record.hear];
  return {
    event: await heardBy(toldTo(talk, session), progressTo(talk), ...report),
    ...(json ? { rejection: (rejection) => talk.rejection(rejection) } : {}),
  };
}
