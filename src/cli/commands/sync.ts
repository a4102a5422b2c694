/** `retl-meta sync`: delivers. */
import type { Command } from "commander";
import type { RunResult } from "../../delivery/run-result.js";
import { runJson } from "../../report/run-json.js";
import { runText } from "../../report/run-text.js";
import { counted, figure } from "../../report/table.js";
import { liveRun, type DeliveryListener } from "../../sync/live-run.js";
import { addRunOptions, runOptions, type RunFlags } from "../common-flags.js";
import { exitCodeOf } from "../exit-codes.js";
import { interruption } from "../interruption.js";
import type { Io } from "../io.js";
import type { RunOptions } from "../run-options.js";
import { Talk } from "../talk.js";
import { WaitLines } from "../wait-lines.js";
import { withRun, type ReadyRun } from "../with-run.js";

/** Declares `sync`. */
export function syncCommand(command: Command, io: Io, end: (code: number) => void): void {
  command.argument("[sync.yaml]", "a sync file");
  addRunOptions(command)
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, flags: RunFlags) => {
      const talk = new Talk(io, flags.json ?? false, flags.quiet ?? false);
      const options = runOptions(file, flags);
      end(
        typeof options === "string"
          ? await talk.usage(options)
          : options.now !== undefined && options.emulator.kind === "none"
            ? await talk.usage(
                "--now goes with --emulator only: Meta's own clock cannot be frozen.",
              )
            : await withRun(options, "live", io, talk, (run) => deliverRun(run, options, io, talk)),
      );
    });
}

const EXAMPLES = `
Examples:
  retl-meta sync purchases.sync.yaml --emulator
  retl-meta sync vip_customers.sync.yaml --allow-removals "VIP customers"
  retl-meta sync --records events.ndjson --mapping events --binding meta.yaml
`;

async function deliverRun<B>(
  { input, session }: ReadyRun<B>,
  options: RunOptions,
  io: Io,
  talk: Talk,
): Promise<number> {
  const waits = new WaitLines(session.clock, talk);
  const listener: DeliveryListener = {
    progress: (soFar) => {
      talk.progress(progressLine(soFar));
    },
    waiting: (waiting) => {
      waits.tell(waiting);
    },
    ...(options.json ? { rejection: (rejection) => talk.rejection(rejection) } : {}),
  };
  const result = await liveRun(input, session, {
    listener,
    wishes: { resend: options.resend, replay: options.replay },
    interrupted: interruption(io, talk),
    describe: (report) => JSON.stringify(runJson(report)),
  });
  talk.endProgress();
  await io.stdout(
    options.json ? `${JSON.stringify(runJson(result))}\n` : talk.redacted(runText(result)),
  );
  await talk.sourceProblem(result);
  return exitCodeOf(result, options.tolerance);
}

function progressLine({ requests, records }: RunResult): string {
  const open =
    requests.attempts === requests.acknowledged ? "" : ` of ${figure(requests.attempts)} sent`;
  return `${counted(requests.acknowledged, "request")} acknowledged${open}, ${figure(records.read)} records read`;
}
