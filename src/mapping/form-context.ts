import type { DataNode } from "../core/yaml.js";
import type { Field } from "../generated/fields.js";
import type { Form } from "./form.js";
import type { Problems } from "./problems.js";

/** Reads one form along the field that it fills; `undefined` after a diagnostic. */
export type FormReader = (node: DataNode, field: Field, context: FormContext) => Form | undefined;

/** Where a form stands. */
export interface FormContext {
  readonly problems: Problems;
  /** The field in the result, for messages: `user_data.em`; empty at the top. */
  readonly at: string;
  /** Whether `item` can be read: inside `each`. */
  readonly insideEach: boolean;
  /** `request` is the same for every record: constants and `config.…` only. */
  readonly reads: "record" | "config";
  /** Reads a form inside another. */
  readonly readForm: FormReader;
}

/** The context of a field below. */
export function below(context: FormContext, name: string): FormContext {
  return { ...context, at: context.at === "" ? name : `${context.at}.${name}` };
}

/** The name of a field without those around it: `em` of `user_data.em`. */
export function lastPart(at: string): string {
  return at.slice(at.lastIndexOf(".") + 1);
}

/** Reports what differs from record to record where all records are alike. */
export function requestReadsRecord(node: DataNode, context: FormContext): undefined {
  return context.problems.error(
    "mapping.request_reads_record",
    node.span,
    `\`${context.at}\` is the same for all records, and this is read from each of them`,
    "In `request` write `{value: …}` or a path such as `config.test_event_code`.",
  );
}
