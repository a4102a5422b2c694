/** How well Meta can match the people of a source, counted while it is rendered. Shows no value. */
import type { Surface } from "../../core/outcome.js";
import { COLUMNS } from "../../generated/fields.js";
import type { ValueForm } from "../../mapping/form.js";
import { COUNTRY } from "../../mapping/own-fields.js";
import type { ValueListener } from "../../mapping/scope.js";
import type { Renderer } from "../../surfaces/entry.js";
import { Combinations, type CombinationCount, type Coverage } from "./combinations.js";
import { FieldQuality, type FieldCounts } from "./field-quality.js";
import { ADVICE, type Finding } from "./findings.js";

/** What is known of a field at the end. */
export interface FieldReport extends FieldCounts {
  readonly field: string;
}

/** The match quality of a source. Counts only; no value, no digest, no record. */
export interface QualityReport {
  readonly surface: Surface;
  /** Records that were rendered, sendable or not. */
  readonly records: number;
  /** Those that became an entry. */
  readonly sendable: number;
  /** Fields with a value in any record, in the mapping's order. */
  readonly fields: readonly FieldReport[];
  readonly coverage: Coverage;
  /** Which usable fields go together in sendable records, the commonest first. */
  readonly combinations: readonly CombinationCount[];
  readonly findings: readonly Finding[];
}

/** From when on a value that stands in many records is suspicious. */
const MANY = {
  /** Every record is another person. */
  custom_audiences: { share: 0.001, records: 10 },
  /** A good customer has several events. */
  events: { share: 0.01, records: 20 },
} satisfies Record<Surface, { share: number; records: number }>;

/** From this share of sendable records on, a single identifier is worth a word. */
const MUCH = 0.5;

/** Watches a run. One object serves one run over one source. */
export class MatchQuality {
  private readonly fields = new Map<string, FieldQuality>();
  private readonly combinations = new Combinations();
  private records = 0;
  private sendable = 0;

  constructor(private readonly surface: Surface) {}

  /** For `compile`: listens to what tells who a person is. */
  readonly listenTo = (form: ValueForm): ValueListener | undefined => {
    if (form.source.kind === "constant" || !this.isIdentifying(form)) return undefined;
    const field = this.fields.get(form.at) ?? new FieldQuality(form.at, form, isOwn(form));
    this.fields.set(form.at, field);
    return (value, finished) => {
      field.hear(value, finished);
    };
  };

  /** The renderer, watched. */
  watched<B>(render: Renderer<B>): Renderer<B> {
    return (batch, index) => {
      const rendering = render(batch, index);
      this.endRecord(rendering.kind === "entry");
      return rendering;
    };
  }

  report(): QualityReport {
    const fields = [...this.fields.values()].filter(({ counts }) => counts.values > 0);
    const coverage = this.combinations.coverage();
    return {
      surface: this.surface,
      records: this.records,
      sendable: this.sendable,
      fields: fields.map(({ field, counts }) => ({ field, ...counts })),
      coverage,
      combinations: this.combinations.commonest(),
      findings: [
        ...fields.flatMap((field) => this.findingsOf(field)),
        ...this.coverageFindings(coverage),
      ],
    };
  }

  private isIdentifying({ at, field }: ValueForm): boolean {
    if (field === COUNTRY) return false; // by which another field is normalised
    if (this.surface === "events") return at.startsWith("user_data.");
    const column = Object.hasOwn(COLUMNS, at) ? COLUMNS[at] : undefined;
    return column !== undefined && column.role !== "attribute";
  }

  private endRecord(isSendable: boolean): void {
    this.records += 1;
    const usable: string[] = [];
    for (const field of this.fields.values()) if (field.endRecord()) usable.push(field.field);
    if (!isSendable) return;
    this.sendable += 1;
    this.combinations.add(usable);
  }

  private findingsOf(field: FieldQuality): readonly Finding[] {
    const { share, records } = MANY[this.surface];
    const repeated = field.repeatedFrom(Math.max(records, Math.ceil(this.records * share)));
    const { suspicious, dropped, hashedBefore } = field.counts;
    const counts = [
      ...[...suspicious].toSorted(([, a], [, b]) => b - a),
      ...[...dropped].toSorted(([, a], [, b]) => b - a),
      ["repeated", repeated.occurrences] as const,
      ["hashed_before", hashedBefore] as const,
    ];
    return counts
      .filter(([, count]) => count > 0)
      .map(([code, count]) => ({ code, field: field.field, count, advice: ADVICE[code] }));
  }

  private coverageFindings({ one }: Coverage): readonly Finding[] {
    if (one === 0 || one < this.sendable * MUCH) return [];
    return [{ code: "one_identifier", field: "", count: one, advice: ADVICE.one_identifier }];
  }
}

const OWN_NAMES: ReadonlySet<string> = new Set(
  Object.values(COLUMNS)
    .filter(({ role }) => role === "key")
    .flatMap(({ field }) => field.names),
);

/** Whether a value is one person's, on either surface: what fills a column that finds a person alone. */
function isOwn({ field }: ValueForm): boolean {
  return field.names.some((name) => OWN_NAMES.has(name));
}
