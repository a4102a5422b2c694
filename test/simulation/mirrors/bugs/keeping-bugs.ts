/** Mistakes in what is known of audiences and of erased people. */
import type { Session } from "../../../../src/sync/session.js";
import type { Members } from "../../../../src/store/members.js";
import { withDifference, type MirrorBug } from "./mirror-bug.js";

export const forgetsTheErased: MirrorBug = {
  name: "nobody is found among those who were erased",
  seeds: 200,
  plant: () => (session) => {
    const { store } = session;
    const among = () => Promise.resolve(new Set<string>());
    return { ...session, store: { ...store, suppressions: { ...store.suppressions, among } } };
  },
};

export const hidesOwners: MirrorBug = {
  name: "an audience that another sync keeps looks like nobody's",
  seeds: 200,
  plant: () => (session) => {
    const owned = withMembers(session, {
      audiences: async () =>
        (await session.store.members.audiences()).map((one) => ({ ...one, owner: undefined })),
    });
    return withDifference(owned, (difference) => ({
      begin: async (...of) => {
        await difference.begin(...of);
        return [];
      },
    }));
  },
};

export const countsTooManyHeld: MirrorBug = {
  name: "more rows are counted as held than are, so that more may be removed",
  seeds: 200,
  plant: () => (session) =>
    withDifference(session, ({ audiences }) => ({
      audiences: audiences.map((one) => ({
        ...one,
        rows: { ...one.rows, held: one.rows.held * 2 },
      })),
    })),
};

function withMembers(session: Session, members: Partial<Members>): Session {
  const { store } = session;
  return { ...session, store: { ...store, members: { ...store.members, ...members } } };
}
