/** What must never be found in a store or a result, wherever it was planted. */

/** The access token of every run. */
export const TOKEN = "EAAsimulationtoken0123456789";

/** An e-mail address as a source holds it. */
export function emailOf(person: string): string {
  return `${person}@people.example`;
}

/** A telephone number as a source holds it. */
export function phoneOf(person: string): string {
  return `+1555${String(1_000_000 + Number(person.slice(1)))}`;
}

/** How anything planted shows itself in a text. */
export const PLANTED = /EAAsimulation|@people\.example|\+1555\d{7}/;

/** What Meta says beside the point. */
export const GOSSIP = `token ${TOKEN}, ${emailOf("p1")}, ${phoneOf("p1")}`;
