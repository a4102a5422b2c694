/** Asks Meta what there is to judge; nothing is changed by it. */
import type { Surface } from "../core/outcome.js";
import type { Redactor } from "../core/redact.js";
import { AD_ACCOUNT_FIELDS, readAdAccount } from "../graph/ad-account.js";
import type { Answer, JsonAnswer } from "../graph/answer.js";
import { AUDIENCE_DETAILS, type AudienceDetails } from "../graph/audience-details.js";
import { classify, type FailedAnswer } from "../graph/classification.js";
import type { GraphClient } from "../graph/client.js";
import { summarizeFailure } from "../graph/failure-summary.js";
import type { Inspector } from "../graph/inspector.js";
import { readAudiences } from "../graph/list-audiences.js";
import { PIXEL_FIELDS, readPixel } from "../graph/pixel.js";
import { readPermissions, readTokenDescription } from "../graph/token.js";
import type { Asked, AskedMeta, AudienceFacts, KnownAudience, Refused } from "./facts.js";

/** Whom to ask. */
export interface MetaPort {
  readonly client: Pick<GraphClient, "listAudiences" | "readAudience">;
  readonly inspector: Inspector;
  readonly redact: Redactor;
}

/** What to ask about. */
export interface Subject {
  readonly surfaces: readonly Surface[];
  /** Digits. */
  readonly adAccountId: string;
  readonly apiVersion: string;
  readonly pixelIds: readonly string[];
  readonly audiences: readonly Omit<KnownAudience, "state">[];
}

/** Asks one question after the other, and no more once the token has failed. */
export async function askMeta(subject: Subject, port: MetaPort): Promise<AskedMeta> {
  return new Interview(subject, port).hold();
}

const NOT_ASKED = { kind: "not_asked" } as const;

class Interview {
  private tokenFailed = false;
  private upgraded = false;
  private clockAheadMs: number | undefined;

  constructor(
    private readonly subject: Subject,
    private readonly port: MetaPort,
  ) {}

  async hold(): Promise<AskedMeta> {
    const { inspector } = this.port;
    const { surfaces, adAccountId, apiVersion } = this.subject;
    const token = await this.ask(() => inspector.describeToken(), readTokenDescription);
    if (token.kind === "known" && !token.value.isValid) this.tokenFailed = true;
    const permissions =
      token.kind === "refused"
        ? await this.ask(() => inspector.listPermissions(), readPermissions)
        : NOT_ASKED;
    const account = await this.ask(
      () => inspector.readAdAccount(adAccountId, AD_ACCOUNT_FIELDS),
      readAdAccount,
    );
    const audiences = await this.audiences(account.kind === "known");
    const pixels = [];
    for (const pixelId of this.subject.pixelIds) {
      const state = await this.ask(() => inspector.readPixel(pixelId, PIXEL_FIELDS), readPixel);
      pixels.push({ pixelId, state });
    }
    const { clockAheadMs, upgraded } = this;
    const asked = { surfaces, adAccountId, apiVersion, clockAheadMs, upgraded };
    return { kind: "asked", ...asked, token, permissions, account, audiences, pixels };
  }

  private async audiences(reached: boolean): Promise<AudienceFacts> {
    const { audiences, adAccountId, surfaces } = this.subject;
    const unasked = audiences.map((one) => ({ ...one, state: NOT_ASKED }));
    if (!reached || this.tokenFailed || !surfaces.includes("custom_audiences"))
      return { listing: NOT_ASKED, known: unasked };
    const ids = new Set(audiences.map(({ audienceId }) => audienceId));
    const listing = await readAudiences(this.port.client, adAccountId, AUDIENCE_DETAILS, ({ id }) =>
      ids.has(id),
    );
    if (listing.kind !== "listed") return { listing: this.refused(listing.answer), known: unasked };
    const listed = new Map(listing.audiences.map((one) => [one.id, one]));
    const known: KnownAudience[] = [];
    for (const one of audiences)
      known.push({ ...one, state: await this.audience(one.audienceId, listed) });
    return { listing: { kind: "known", value: null }, known };
  }

  /** One that is shared with the ad account may stand in no list of it. */
  private async audience(
    id: string,
    listed: ReadonlyMap<string, AudienceDetails>,
  ): Promise<Asked<AudienceDetails>> {
    const found = listed.get(id);
    if (found !== undefined) return { kind: "known", value: found };
    const { fields, read } = AUDIENCE_DETAILS;
    return this.ask(() => this.port.client.readAudience(id, fields), read);
  }

  private async ask<T>(
    question: () => Promise<Answer>,
    read: (body: JsonAnswer["body"]) => T | undefined,
  ): Promise<Asked<T>> {
    if (this.tokenFailed) return NOT_ASKED;
    const answer = await question();
    this.note(answer);
    if (answer.kind !== "json") return this.refused(answer);
    const value = read(answer.body);
    return value === undefined ? this.refused(answer) : { kind: "known", value };
  }

  /** The way of an answer counts as ahead, so the smallest number is the nearest to the truth. */
  private note(answer: Answer): void {
    if (answer.kind === "not_sent" || answer.kind === "no_answer") return;
    const { clockAheadMs = Infinity, upgraded } = answer;
    this.upgraded ||= upgraded;
    const least = Math.min(this.clockAheadMs ?? Infinity, clockAheadMs);
    this.clockAheadMs = Number.isFinite(least) ? least : undefined;
  }

  private refused(answer: JsonAnswer | FailedAnswer): Refused {
    if (answer.kind === "json") return UNREADABLE;
    const classification = classify(answer);
    const unsent = answer.kind === "not_sent";
    const byToken = classification.evidence === "meta.auth_failed" && !unsent;
    this.tokenFailed ||= unsent || byToken;
    return {
      kind: "refused",
      class: classification.class,
      byToken,
      missing: classification.rule?.missing === true,
      unsent,
      summary: summarizeFailure(answer, classification, this.port.redact),
      page: classification.rule?.page,
    };
  }
}

/** A 2xx that does not say what it should. */
const UNREADABLE: Refused = {
  kind: "refused",
  class: "unknown",
  byToken: false,
  missing: false,
  unsent: false,
  summary: "Meta's answer does not say what it should; run again.",
  page: undefined,
};
