import type { Difference, Staging } from "../../../../src/store/members.js";
import type { Session } from "../../../../src/sync/session.js";
import type { PlantedBug } from "../../bugs/planted-bug.js";
import type { MirrorWorld } from "../world.js";

/** A mistake in comparing, in sending what differs, or in what follows from answers. */
export type MirrorBug = PlantedBug<MirrorWorld>;

/** A session that gathers what is wanted in another way. */
export function withStaging(session: Session, way: (staging: Staging) => Staging): Session {
  const { store } = session;
  const { members } = store;
  const stage = async () => way(await members.stage());
  return { ...session, store: { ...store, members: { ...members, stage } } };
}

/** A session in which something else comes of a comparison. */
export function withDifference(
  session: Session,
  way: (difference: Difference) => Partial<Difference>,
): Session {
  return withStaging(session, (staging) => ({
    ...staging,
    compare: async (comparison) => {
      const difference = await staging.compare(comparison);
      return { ...difference, ...way(difference) };
    },
  }));
}
