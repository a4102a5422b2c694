import type { DryPlanned, Exchange, Moment } from "../moments.js";
import type { Check, Invariant } from "./invariant.js";

export const planIsWhatIsSent: Invariant = {
  number: "19",
  says: "a plan shows byte for byte what the run then sends first",
  check: (): Check => {
    let run: PlannedRun | undefined;
    return (moment) => {
      if (moment.kind === "born") {
        run = moment.plan === undefined ? undefined : new PlannedRun(moment.plan, moment.faulty);
        return undefined;
      }
      return run?.check(moment);
    };
  },
};

class PlannedRun {
  /** By lane: how much of the plan was sent. */
  private readonly reached = new Map<string, number>();

  constructor(
    private readonly plan: DryPlanned,
    private readonly faulty: boolean,
  ) {}

  check(moment: Moment): string | undefined {
    if (moment.kind === "left") return this.left(moment.exchange);
    if (moment.kind !== "run_ended" || this.faulty) return undefined;
    const { stopped, records } = moment.result;
    return stopped === undefined && records.notSent === 0 ? this.missing() : undefined;
  }

  private left({ sent }: Exchange): string | undefined {
    if (sent?.row === undefined || sent.row.parent !== undefined || sent.attempt > 1)
      return undefined;
    const { target, batchId } = sent.row;
    const bodies = this.plan.get(target) ?? [];
    const place = bodies
      .map(withoutSession)
      .indexOf(withoutSession(sent.body), this.reached.get(target) ?? 0);
    this.reached.set(target, place + 1);
    return place < 0 ? `${batchId} left with a body that its plan does not have there` : undefined;
  }

  private missing(): string | undefined {
    const short = [...this.plan].find(
      ([lane, bodies]) => bodies.length !== (this.reached.get(lane) ?? 0),
    );
    return short === undefined
      ? undefined
      : `${short[0]} was to have ${String(short[1].length)} requests, and had ${String(this.reached.get(short[0]) ?? 0)}`;
  }
}

/** The number of a session comes of the instant, which is another one for the plan. */
function withoutSession(body: string): string {
  return body.replace(/"session_id":\d+/, "");
}
