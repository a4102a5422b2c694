import type { ContractRecord, DecodedRecord, Identifier } from "../core/record.js";
import { ownReader, type Json } from "../core/json.js";
import { descend } from "./descend.js";
import type { Path, PathRoot, Shape } from "./shape.js";

const nothing = (): undefined => undefined;

const ROOTS: Readonly<Record<PathRoot, (record: ContractRecord) => Json | undefined>> = {
  payload: (record) => record.payload,
  key: (record) => record.key,
  identity: (record) => record.givenIdentity,
  operation: (record) => record.operation,
  target: (record) => (record.kind === "state" ? record.target : undefined),
  event_name: (record) => (record.kind === "event" ? record.eventName : undefined),
  event_type: (record) => (record.kind === "event" ? record.eventType : undefined),
  occurred_at: (record) => (record.kind === "event" ? record.occurredAt : undefined),
  config: nothing,
  item: nothing,
};

/** Contract records, as a mapping sees them; one that could not be decoded has nothing. */
export const RECORD_SHAPE: Shape<readonly DecodedRecord[]> = {
  path({ root, parts }: Path) {
    const read = fieldReader(root, parts);
    return (batch, index) => {
      const record = batch[index];
      return record?.ok === true ? read(record.value) : undefined;
    };
  },
  identifiers(type: string) {
    return (batch, index) => {
      const record = batch[index];
      return record?.ok === true ? valuesOf(record.value.identifiers, type) : NONE;
    };
  },
  names: nothing,
};

/** Nearly all paths name a field of an object that a record is sure to have. */
function fieldReader(
  root: PathRoot,
  parts: readonly string[],
): (record: ContractRecord) => Json | undefined {
  const [name, ...others] = parts;
  const read = ROOTS[root];
  if (name === undefined) return read;
  if (others.length > 0 || !(root === "payload" || root === "key"))
    return (record) => descend(read(record), parts);
  const own = ownReader(name);
  return root === "payload" ? ({ payload }) => own(payload) : ({ key }) => own(key);
}

const NONE: readonly Json[] = [];

function valuesOf(identifiers: readonly Identifier[], type: string): readonly Json[] {
  let values: Json[] | undefined;
  for (const identifier of identifiers) {
    if (identifier.type !== type) continue;
    if (values === undefined) values = [identifier.value];
    else values.push(identifier.value);
  }
  return values ?? NONE;
}
