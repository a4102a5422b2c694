/** Mistakes in what is to be changed, and in which order. */
import type { WantedMember } from "../../../../src/store/members.js";
import { keyOf, type MemoryTables } from "../../../../src/store/memory/tables.js";
import { withDifference, withStaging, type MirrorBug } from "./mirror-bug.js";

export const addsFirst: MirrorBug = {
  name: "additions are sent before removals",
  seeds: 40,
  plant: () => (session) =>
    withDifference(session, (difference) => ({
      changes: async (target, after, limit) => {
        // All of them at once: a history has less than a page of them.
        if (after >= 0) return [];
        const changes = await difference.changes(target, -1, limit);
        const of = (operation: string) => changes.filter((one) => one.operation === operation);
        return [...of("upsert"), ...of("remove")];
      },
    })),
};

export const removesWhatOthersHave: MirrorBug = {
  name: "a removal names identifiers that somebody wanted has",
  seeds: 40,
  plant:
    ({ tables }) =>
    (session) =>
      withDifference(session, (difference) => ({
        changes: async (...of) => {
          const changes = await difference.changes(...of);
          return changes.map((change) =>
            change.operation === "remove"
              ? { ...change, keys: keysOfRow(tables, change.rowId) ?? change.keys }
              : change,
          );
        },
      })),
};

export const repeatsNobody: MirrorBug = {
  name: "whoever a removal may take away is not added again",
  seeds: 40,
  plant: ({ tables }) => {
    let confirmed: ReadonlySet<string> = new Set();
    return (session) =>
      withDifference(session, (difference) => ({
        begin: (...of) => {
          confirmed = new Set(
            [...tables.members.values()].flatMap(({ rowId, confirmedAt }) =>
              confirmedAt === undefined ? [] : [rowId],
            ),
          );
          return difference.begin(...of);
        },
        changes: async (...of) => {
          const changes = await difference.changes(...of);
          return changes.filter(
            ({ operation, rowId }) => operation === "remove" || !confirmed.has(rowId),
          );
        },
      }));
  },
};

export const keepsTheRejected: MirrorBug = {
  name: "a record that became a rejection is wanted as it was before",
  seeds: 40,
  plant: ({ table }) => {
    const before = new Map<string, WantedMember>();
    return (session) =>
      withStaging(session, (staging) => ({
        ...staging,
        add: async (members) => {
          const rejected = table.records.filter(({ fate }) => fate === "rejected");
          const kept = rejected.flatMap(({ identity }) => before.get(identity) ?? []);
          for (const member of members) before.set(member.identity, member);
          await staging.add([...members, ...kept]);
        },
      }));
  },
};

function keysOfRow({ members }: MemoryTables, rowId: string): readonly string[] | undefined {
  return [...members.values()].find((row) => row.rowId === rowId)?.keys;
}

export const withdrawsNothing: MirrorBug = {
  name: "confirmation is withdrawn in memory only, and not before the first removal",
  seeds: 40,
  plant:
    ({ tables }) =>
    (session) =>
      withDifference(session, (difference) => ({
        begin: async (...of) => {
          const before = [...tables.members];
          const begun = difference.begin(...of);
          await begun;
          for (const [key, row] of before) tables.members.set(key, row);
          return begun;
        },
      })),
};

export const forgetsWhatStays: MirrorBug = {
  name: "identifiers that a removal leaves out are forgotten",
  seeds: 80,
  plant:
    ({ tables }) =>
    (session) =>
      withDifference(session, (difference) => ({
        begin: async (...of) => {
          const begun = difference.begin(...of);
          await begun;
          for (const change of [...tables.changes.values()])
            tables.changes.set(keyOf(String(change.runId), String(change.place)), {
              ...change,
              protectedKeys: [],
            });
          return begun;
        },
      })),
};
