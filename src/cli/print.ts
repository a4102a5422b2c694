import { fitted } from "../report/fit.js";
import type { Json } from "../core/json.js";
import type { StoreWork } from "./with-store.js";

/** What a command has to say, for people and for machines. */
export interface Printable {
  readonly text: () => string;
  /** Printed as one line. */
  readonly json: () => Json;
}

/** Prints data on standard output, as the options say. */
export async function print(
  work: Pick<StoreWork, "io" | "options" | "talk">,
  { text, json }: Printable,
): Promise<void> {
  if (work.options.json) await printJsonLine(work, json());
  else await printText(work, text());
}

/** Prints a text for people on standard output, as wide as they see it. */
export function printText(
  { io, talk }: Pick<StoreWork, "io" | "talk">,
  text: string,
): Promise<void> {
  return io.stdout(fitted(talk.redacted(text), io.columns.stdout));
}

/** Prints one line of JSON, redacted value by value: taking something out of a line could break it. */
export async function printJsonLine(
  { io, talk }: Pick<StoreWork, "io" | "talk">,
  json: Json,
): Promise<void> {
  const line = JSON.stringify(json, (_, value: unknown) =>
    typeof value === "string" ? talk.redacted(value) : value,
  );
  await io.stdout(`${line}\n`);
}
