/**
 * Mappings without a destination, as `import { checkMapping } from "retl-meta/mapping"`: what a CI job
 * or an editor needs. Pure functions of texts; no file is read, no client and no database is loaded.
 *
 * @packageDocumentation
 */
export { checkMappingText as checkMapping } from "./checks/check-mapping.js";
export { readMapping as compileMapping, type MappingReading } from "./mapping/read-mapping.js";
export { diagnosticsText, type TextOf } from "./report/diagnostics-text.js";
export { lineAndColumn, type Diagnostic, type Place, type Span } from "./core/diagnostic.js";
export type { CheckedMapping } from "./mapping/form.js";
export type { Surface } from "./core/outcome.js";
