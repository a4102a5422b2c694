/** `targets release`: lets another sync take over an audience of a mirror. */
import { remedyOf } from "../core/catalogue/catalogue.js";
import { nearName } from "../core/near-name.js";
import { counted } from "../report/table.js";
import type { HeldAudience } from "../store/members.js";
import { EXIT } from "./exit-codes.js";
import { print } from "./print.js";
import type { StoreWork } from "./with-store.js";

/** @param name the audience's, or its id */
export async function releaseAudience(work: StoreWork, name: string): Promise<number> {
  const { store, talk } = work;
  const owned = (await store.members.audiences()).filter(({ owner }) => owner !== undefined);
  const [audience, ...others] = named(owned, name);
  if (audience === undefined) return notOwned(work, name, owned);
  if (others.length > 0) {
    const ids = [audience, ...others].map(({ audienceId }) => audienceId).join(", ");
    return talk.error(
      "targets.several",
      `several audiences that syncs keep are called "${name}": ${ids}`,
      remedyOf("targets.several"),
    );
  }
  const done = await store.members.release(audience.audienceId);
  if (done === "not_owned") return notOwned(work, name, owned);
  return done === "released" ? said(work, audience) : underWay(work, audience);
}

function named(audiences: readonly HeldAudience[], name: string): readonly HeldAudience[] {
  const byId = audiences.filter(({ audienceId }) => audienceId === name);
  return byId.length > 0 ? byId : audiences.filter(({ target }) => target === name);
}

async function notOwned(
  { talk }: StoreWork,
  name: string,
  owned: readonly HeldAudience[],
): Promise<number> {
  const near = nearName(name, new Set(owned.map(({ target }) => target)));
  return talk.error(
    "targets.not_owned",
    `no sync keeps an audience "${name}"`,
    near === undefined ? remedyOf("targets.not_owned") : `Did you mean "${near}"?`,
  );
}

async function underWay(
  { talk }: StoreWork,
  { target, owner = "" }: HeldAudience,
): Promise<number> {
  return talk.error(
    "targets.under_way",
    `"${target}" is kept by the sync \`${owner}\`, of which a run has not ended`,
    remedyOf("targets.under_way"),
  );
}

async function said(work: StoreWork, audience: HeldAudience): Promise<number> {
  const { target, audienceId, owner = "", rows } = audience;
  await print(work, {
    text: () =>
      `"${target}" (${audienceId}) is not the sync \`${owner}\`'s any more: whichever sync changes it next keeps it, with ${counted(rows, "row")} of people known to be there.\n`,
    json: () => ({ did: "release", target, audience_id: audienceId, owner, rows }),
  });
  return EXIT.ok;
}
