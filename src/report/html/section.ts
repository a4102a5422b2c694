import { html, type Html } from "./html.js";

/** A part of the page under its heading; nothing where it has nothing to show. */
export function section(title: string, content: Html): Html {
  if (content.parts.every(({ text }) => text.trim() === "")) return html``;
  return html`<section>
    <h2>${title}</h2>
    ${content}
  </section> `;
}
