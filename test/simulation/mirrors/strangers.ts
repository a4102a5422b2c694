/** People whom somebody else puts into audiences, past every sync. */
import { OPERATION_STATUS } from "../../../src/emulator/world/audience.js";
import type { Meta } from "../meta/meta.js";
import type { Chance } from "../time/chance.js";
import { emailCell } from "./member.js";

export class Strangers {
  readonly identifiers = new Set<string>();

  constructor(
    private readonly chance: Chance,
    private readonly meta: Meta,
  ) {}

  /** One more, if there is an audience yet. @param now milliseconds */
  join(now: number): void {
    const audiences = [...this.meta.audiences.keys()];
    if (audiences.length === 0) return;
    const audience = this.meta.audienceAt(this.chance.pick(audiences), now);
    if (audience === undefined || audience.replacing !== undefined) return;
    const identifier = emailCell(`x${String(this.identifiers.size)}`);
    this.identifiers.add(identifier);
    audience.membership.add([identifier], []);
    audience.status = OPERATION_STATUS.normal;
  }
}
