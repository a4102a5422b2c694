/** The files of a new project, as the package carries them. */
import { fileURLToPath } from "node:url";

/** A file of a project that is begun. */
export interface TemplateFile {
  /** Below the project's folder. */
  readonly path: string;
  /** Below `examples/project/`: npm keeps files whose names start with a dot to itself. */
  readonly template: string;
  /** Whether the times in it are moved to now: Meta takes no old events. */
  readonly moveTimes?: true;
}

/** All of them. */
export const TEMPLATE_FILES: readonly TemplateFile[] = [
  { path: "customers.sync.yaml", template: "customers.sync.yaml" },
  { path: "orders.sync.yaml", template: "orders.sync.yaml" },
  { path: "mappings/customers.yaml", template: "mappings/customers.yaml" },
  { path: "mappings/orders.yaml", template: "mappings/orders.yaml" },
  { path: "data/customers.csv", template: "data/customers.csv" },
  { path: "data/orders.csv", template: "data/orders.csv", moveTimes: true },
  { path: ".env.example", template: "env.example" },
  { path: ".gitignore", template: "gitignore" },
];

/** Where the package has a template. */
export function templatePath(template: string): string {
  return fileURLToPath(new URL(`../../examples/project/${template}`, import.meta.url));
}

/** The date of the sample data. */
const ITS_NOW = Date.UTC(2026, 3, 30, 12);
const TIME = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z/g;

/** The text with its times as far from now as they are from the date of the sample data. */
export function movedTo(now: number, text: string): string {
  return text.replace(TIME, (time) => {
    const moved = new Date(Date.parse(time) - ITS_NOW + now);
    return `${moved.toISOString().slice(0, 19)}Z`;
  });
}
