/** `retl-meta plan`: what would be sent; nothing is. */
import type { Command } from "commander";
import { MatchQuality } from "../../checks/match-quality/match-quality.js";
import { qualityJson } from "../../report/match-quality-json.js";
import { qualityText } from "../../report/match-quality-text.js";
import { mirrorJson } from "../../report/run-json.js";
import { requestJson, requestLine } from "../../report/request-json.js";
import { runText } from "../../report/run-text.js";
import { dryRun, type PlanListener } from "../../sync/dry-run.js";
import { addRunOptions, runOptions, runTalk, type RunFlags } from "../common-flags.js";
import { EXIT, exitCodeOf } from "../exit-codes.js";
import type { Io } from "../io.js";
import { readCount } from "../options.js";
import { printText } from "../print.js";
import type { RunOptions } from "../run-options.js";
import type { Talk } from "../talk.js";
import { withRun, type ReadyRun } from "../with-run.js";

interface PlanFlags extends RunFlags {
  readonly show?: number;
  readonly matchQuality?: boolean;
}

/** Declares `plan`. */
export function planCommand(command: Command, io: Io, end: (code: number) => void): void {
  command.argument("[sync.yaml]", "a sync file");
  addRunOptions(command)
    .option("--show <n>", "print the first n requests with their bodies", readCount)
    .option("--match-quality", "with --json: print how well people can be matched as the last line")
    .addHelpText("after", EXAMPLES)
    .action(async (file: string | undefined, flags: PlanFlags) => {
      const talk = runTalk(flags, io);
      const options = runOptions(file, flags);
      end(
        typeof options === "string"
          ? await talk.usage(options)
          : await withRun(options, "dry", io, talk, (run) =>
              showPlan(run, options, shownParts(flags), io, talk),
            ),
      );
    });
}

const EXAMPLES = `
Examples:
  retl-meta plan purchases.sync.yaml --show 1
  retl-meta plan --records events.ndjson --mapping events --binding meta.yaml --json
`;

/** What of a plan is shown beside its counts. */
interface ShownParts {
  /** So many requests with their bodies. */
  readonly bodies: number;
  /** A text always tells; lines for machines only if they are asked to. */
  readonly quality: boolean;
}

function shownParts({ show = 0, json = false, matchQuality = !json }: PlanFlags): ShownParts {
  return { bodies: show, quality: matchQuality };
}

async function showPlan<B>(
  { input, session }: ReadyRun<B>,
  options: RunOptions,
  shown: ShownParts,
  io: Io,
  talk: Talk,
): Promise<number> {
  const listener: PlanListener = {
    request: async (request) => {
      if (!options.json && request.index >= shown.bodies) return;
      const text = options.json
        ? requestLine(request)
        : JSON.stringify(requestJson(request), undefined, 2);
      await io.stdout(`${text}\n`);
    },
    ...(options.json ? { rejection: (rejection) => talk.rejection(rejection) } : {}),
  };
  const quality = shown.quality ? new MatchQuality(input.mapping.surface) : undefined;
  const watched = quality === undefined ? input : { ...input, quality };
  const result = await dryRun(watched, session, listener, {
    resend: options.resend,
    replay: options.replay,
  });
  if (result.targets.some(({ status }) => status === "unresolved")) await talk.note(UNRESOLVED);
  const report = quality?.report();
  if (!options.json) {
    const judged = report?.fields.map(({ field }) => field);
    await printText({ io, talk }, runText(result, new Set(judged)));
    if (report !== undefined) await printText({ io, talk }, qualityText(report));
  } else {
    if (report !== undefined) await io.stdout(`${JSON.stringify(qualityJson(report))}\n`);
    if (result.mirror !== undefined) await io.stdout(`${JSON.stringify(mirrorJson(result))}\n`);
    await talk.failures(result);
  }
  await talk.sourceProblem(result);
  return result.records.failed > 0 ? EXIT.badInput : exitCodeOf(result, options.tolerance);
}

const UNRESOLVED =
  "Without an access token nobody was asked which audiences exist: their paths show {custom_audience_id}.";
