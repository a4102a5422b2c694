import type { WireRequest } from "../meta/wire.js";
import type { SourceRecord } from "../records/record.js";
import type { Facts, Invariant } from "./invariant.js";

export const orderOfRecords: Invariant = {
  number: "5a",
  says: "the requests of a lane are in the order of their records",
  check: (facts) => {
    /** By lane: the planned batch under way, and how far the lane has come in the source. */
    const reached = new Map<string, { readonly batchId: string; readonly upTo: number }>();
    return (moment) => {
      if (moment.kind === "born") reached.clear();
      if (moment.kind !== "left" || moment.exchange.sent === undefined) return undefined;
      const { row, request, path } = moment.exchange.sent;
      if (row === undefined) return undefined;
      const batchId = row.parent ?? row.batchId;
      const before = reached.get(path);
      const from = before?.batchId === batchId ? -1 : (before?.upTo ?? -1);
      const places = placesOf(request, row.target, facts, from);
      reached.set(path, { batchId, upTo: Math.max(before?.upTo ?? -1, ...places) });
      return places.includes(-1)
        ? `${row.batchId} holds a record that stands before those sent already`
        : undefined;
    };
  },
};

/** Where the items of a request stand in the source, after a place; -1 where they do not. */
function placesOf(
  request: WireRequest,
  lane: string,
  { source }: Facts,
  from: number,
): readonly number[] {
  const { records } = source();
  const find = (fits: (record: SourceRecord) => boolean) =>
    records.findIndex(
      (record, place) =>
        place > from && record.lane === lane && record.fate === "sent" && fits(record),
    );
  return request.kind === "events"
    ? request.items.map(({ key }) =>
        find(
          (record) => record.surface === "events" && `${record.name} ${record.identity}` === key,
        ),
      )
    : request.items.map(({ keys }) =>
        find(
          (record) =>
            record.surface === "custom_audiences" &&
            record.operation === request.operation &&
            record.cells.join(" ") === keys.join(" "),
        ),
      );
}
