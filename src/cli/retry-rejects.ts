import type { RejectsRetried } from "../report/rejects-retried-text.js";
import type { RejectFilter, RejectOrigin, Rejects } from "../store/rejects.js";

/**
 * Lets the next run send rejects again. Those of this package stay: each run computes them anew, and
 * without the old ones would take them for news.
 */
export async function retryRejects(
  rejects: Pick<Rejects, "retry" | "counts">,
  filter: RejectFilter,
): Promise<RejectsRetried> {
  const wanted = (origin: RejectOrigin) => filter.origin === undefined || filter.origin === origin;
  const retried = async (origin: RejectOrigin) =>
    wanted(origin) ? rejects.retry({ ...filter, origin }) : 0;
  const counts = wanted("local") ? await rejects.counts({ ...filter, origin: "local" }) : [];
  return {
    meta: await retried("meta"),
    operator: await retried("operator"),
    local: counts.reduce((sum, { count }) => sum + count, 0),
  };
}
