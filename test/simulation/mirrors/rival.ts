/** Another sync, which wants people of its own in an audience that is not its own, or not yet. */
import type { Chance } from "../time/chance.js";
import { memberRecord, type MemberRecord } from "./member.js";

/** What it is called. */
export const RIVAL = "rival";

export class Rival {
  private readonly audience: string;
  private people: readonly string[] = [];

  constructor(
    private readonly chance: Chance,
    audiences: readonly string[],
  ) {
    this.audience = chance.pick(audiences);
  }

  change(): void {
    this.people = ["r1", "r2", "r3"].filter(() => this.chance.happens(0.6));
  }

  leave(): void {
    this.people = [];
  }

  records(corrected: boolean): readonly MemberRecord[] {
    const { audience } = this;
    return this.people.map((person) => {
      const own = { emails: [person], phones: [], firstName: undefined };
      return memberRecord({ person, audience, value: 1, consents: true, ...own }, corrected);
    });
  }
}
