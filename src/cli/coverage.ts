/** `check --coverage`: what becomes of every field of an input. */
import { Coverage } from "../checks/coverage/coverage.js";
import { exampleRecord } from "../checks/example-record.js";
import type { Diagnostic } from "../core/diagnostic.js";
import { fail, ok, type Result } from "../core/result.js";
import type { CheckedMapping } from "../mapping/form.js";
import type { CoverageReport } from "../report/coverage-text.js";
import { SourceFailure } from "../sources/source-failure.js";
import { columnCoverage } from "../sync/column-coverage.js";
import type { CheckedFile } from "./check-file.js";
import type { Io } from "./io.js";
import { readRecords } from "./read-records.js";

/**
 * The coverage of a file that is sound; `undefined` for others, of which enough is said already.
 *
 * @param records a file of contract records (or `-`) to follow instead of examples or columns
 */
export async function coverageOf(
  file: string,
  { mapping, sync }: CheckedFile,
  records: string | undefined,
  io: Io,
): Promise<Result<CoverageReport, readonly Diagnostic[]> | undefined> {
  if (mapping === undefined) return undefined;
  if (records !== undefined) return recordCoverage(file, mapping, records, io);
  if (sync === undefined) return ok(exampleCoverage(file, mapping));
  const columns = await columnCoverage(sync, mapping);
  return columns.ok ? ok({ input: "columns", file, columns: columns.value }) : columns;
}

function exampleCoverage(file: string, mapping: CheckedMapping): CoverageReport {
  const coverage = new Coverage(mapping);
  for (const [index, { given }] of mapping.examples.entries())
    coverage.add(exampleRecord(mapping.surface, given, index + 1));
  return reportOf("examples", file, coverage);
}

async function recordCoverage(
  file: string,
  mapping: CheckedMapping,
  records: string,
  io: Io,
): Promise<Result<CoverageReport, readonly Diagnostic[]>> {
  const coverage = new Coverage(mapping);
  try {
    for await (const batch of readRecords(records, io))
      for (const { value } of batch)
        if (value.ok) coverage.add(value.value);
        else coverage.unreadable += 1;
    return ok(reportOf("records", file, coverage));
  } catch (error) {
    if (error instanceof SourceFailure) return fail([error.diagnostic]);
    throw error;
  }
}

function reportOf(input: "examples" | "records", file: string, coverage: Coverage): CoverageReport {
  const { records, unreadable } = coverage;
  return { input, file, records, unreadable, fields: coverage.fields() };
}
