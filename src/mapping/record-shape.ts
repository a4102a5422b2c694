import type { ContractRecord, DecodedRecord } from "../core/record.js";
import type { Json } from "../core/json.js";
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
    const read = ROOTS[root];
    return (batch, index) => {
      const record = batch[index];
      return record?.ok === true ? descend(read(record.value), parts) : undefined;
    };
  },
  identifiers(type: string) {
    return (batch, index) => {
      const record = batch[index];
      if (record?.ok !== true) return [];
      return record.value.identifiers.filter((one) => one.type === type).map(({ value }) => value);
    };
  },
  names: nothing,
};
