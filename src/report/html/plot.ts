/** Plots whose labels are text of the page: they stay as large as other text at any width. */
import { html, type Html } from "./html.js";

/** The area of a plot in its own units; it is stretched to the page. */
export const AREA = { width: 1000, height: 100 } as const;

/** What a plot is made of. */
export interface PlotParts {
  readonly title: string;
  /** What the plot shows, for whoever does not see it. */
  readonly alternative: string;
  /** Labels of the upright axis, from the top. */
  readonly scale: readonly string[];
  readonly drawing: Html;
  /** A strip below, on the same time axis. */
  readonly strip?: Html;
  /** The length of the time axis, in ms. */
  readonly spanMs: number;
  readonly legend: readonly LegendEntry[];
}

/** The look of a mark, by its class, and its name. */
export interface LegendEntry {
  readonly look: string;
  readonly name: string;
}

/** A figure with its legend and axes. */
export function plot(parts: PlotParts): Html {
  const { title, alternative, scale, drawing, strip, spanMs, legend } = parts;
  return html`<figure>
    <figcaption>${title}</figcaption>
    <ul class="legend">
      ${legend.map(
        ({ look, name }) =>
          html`<li>
            <svg viewBox="0 0 12 12" aria-hidden="true">
              <rect class="${look}" x="0.75" y="2" width="10.5" height="8" /></svg
            >${name}
          </li>`,
      )}
    </ul>
    <div class="plot">
      <div class="scale" aria-hidden="true">
        ${scale.map((label) => html`<span>${label}</span>`)}
      </div>
      <svg
        class="area"
        role="img"
        aria-label="${alternative}"
        viewBox="0 0 ${AREA.width} ${AREA.height}"
        preserveAspectRatio="none"
      >
        <path
          class="grid"
          d="M0 0H${AREA.width}M0 ${AREA.height / 2}H${AREA.width}M0 ${AREA.height}H${AREA.width}"
        />
        ${drawing}
      </svg>
      ${
        strip === undefined
          ? undefined
          : html`<svg
              class="strip"
              aria-hidden="true"
              viewBox="0 0 ${AREA.width} 10"
              preserveAspectRatio="none"
            >
              ${strip}
            </svg> `
      }
      <div class="axis" aria-hidden="true">
        ${timeLabels(spanMs).map((label) => html`<span>${label}</span>`)}
      </div>
    </div>
  </figure> `;
}

/** Where an instant is on the time axis; at its edge where it lies beyond. */
export function across(sinceStartMs: number, spanMs: number): number {
  return rounded((AREA.width * Math.min(Math.max(sinceStartMs, 0), spanMs)) / spanMs);
}

/** Where a value is on the upright axis. */
export function up(value: number, most: number): number {
  return rounded(AREA.height * (1 - value / most));
}

/** Two digits are finer than any screen. */
export function rounded(coordinate: number): number {
  return Math.round(coordinate * 100) / 100;
}

/** The round number at the top of an axis: even, so that its middle is a number as well. */
export function topOf(most: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(most, 2)));
  const factor = [1, 2, 4, 6, 8, 10].find((one) => one * step >= most && (one * step) % 2 === 0);
  return (factor ?? 20) * step;
}

function timeLabels(spanMs: number): readonly string[] {
  const unit = UNITS.find(({ ms }) => spanMs >= 2 * ms) ?? MILLISECOND;
  return [0, 1, 2, 3, 4].map((quarter) => {
    const count = (spanMs * quarter) / 4 / unit.ms;
    return `${count === 0 ? "0" : Number(count.toPrecision(2)).toString()} ${unit.name}`;
  });
}

const MILLISECOND = { ms: 1, name: "ms" };

const UNITS = [
  { ms: 3_600_000, name: "h" },
  { ms: 60_000, name: "min" },
  { ms: 1_000, name: "s" },
];
