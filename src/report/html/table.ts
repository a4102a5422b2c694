/** Tables as HTML: on a narrow screen each row becomes a card, whose cells name their columns. */
import { figure } from "../table.js";
import { html, type Html } from "./html.js";

/** A cell: a count, a word, or markup with the text that it stands for. */
export type Cell = number | string | Html;

/** A table; its first column names its rows. */
export interface TableParts {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Nothing where there are no rows. Roles are written out: cards would lose them. */
export function tableHtml({ caption, columns, rows }: TableParts): Html {
  if (rows.length === 0) return html``;
  const isCount = columns.map((_, index) => rows.every((row) => typeof row[index] === "number"));
  const heads = columns.map((title, index) =>
    isCount[index] === true
      ? html`<th scope="col" role="columnheader" class="count">${title}</th>`
      : html`<th scope="col" role="columnheader">${title}</th>`,
  );
  return html`<table role="table">
    <caption>
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${heads}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        (row) =>
          html`<tr role="row">
            ${row.map((cell, index) => cellHtml(cell, index, columns))}
          </tr> `,
      )}
    </tbody>
  </table> `;
}

function cellHtml(cell: Cell, index: number, columns: readonly string[]): Html {
  if (index === 0) return html`<th scope="row" role="rowheader">${shown(cell)}</th>`;
  const title = columns[index];
  if (typeof cell !== "number")
    return html`<td role="cell" data-label="${title}">${shown(cell)}</td>`;
  const look = cell === 0 ? "count none" : "count";
  return html`<td role="cell" class="${look}" data-label="${title}">${figure(cell)}</td>`;
}

function shown(cell: Cell): Html {
  return typeof cell === "number" ? html`${figure(cell)}` : html`${cell}`;
}
