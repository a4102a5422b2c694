import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Store } from "../../src/store/store.js";
import { audience, mirrorOnce, wants } from "../store/member-rows.js";
import { T0 } from "../store/rows.js";
import { NOW, operator, type Operator } from "./operator.js";

let world: Operator;

beforeEach(async () => {
  world = await operator();
  await world.given(threeAudiences);
});

afterEach(() => world.end());

/** One found, one of the same name in another account that was created, and one that is being created. */
async function threeAudiences(store: Store): Promise<void> {
  const vip = { target: "VIP", at: T0 };
  await store.targets.remember({
    ...vip,
    adAccountId: "111",
    audienceId: "77",
    createdByUs: false,
  });
  await store.targets.remember({ ...vip, adAccountId: "222", audienceId: "78", createdByUs: true });
  await store.targets.creating("111", "Newsletter", T0, undefined);
}

const LIST = `AD ACCOUNT  TARGET      AUDIENCE  HOW IT CAME    LAST CHECKED          TRUSTED SINCE
111         Newsletter            being created  2026-04-24T03:06:40Z  2026-04-24T03:06:40Z
111         VIP         77        found          2026-04-24T03:06:40Z  2026-04-24T03:06:40Z
222         VIP         78        created        2026-04-24T03:06:40Z  2026-04-24T03:06:40Z
`;

describe("targets list", () => {
  it("shows which audience each name is", async () => {
    expect(await world.run("targets", "list")).toEqual({ code: 0, stdout: LIST, stderr: "" });
    const json = await world.run("targets", "list", "--json");
    expect(JSON.parse(json.stdout)).toEqual([
      {
        ad_account_id: "111",
        target: "Newsletter",
        created_by_us: true,
        trusted_since: "2026-04-24T03:06:40Z",
        checked_at: "2026-04-24T03:06:40Z",
      },
      expect.objectContaining({ ad_account_id: "111", target: "VIP", audience_id: "77" }),
      expect.objectContaining({ ad_account_id: "222", target: "VIP", audience_id: "78" }),
    ]);
  });
});

describe("targets forget", () => {
  it("forgets one name of one account, and says what the next run does", async () => {
    expect(await world.run("targets", "forget", "VIP", "--account", "act_222")).toEqual({
      code: 0,
      stdout:
        '"VIP" of ad account 222 is forgotten: the next run looks the name up, and creates the audience when there is none.\n',
      stderr: "",
    });
    expect(await world.found((store) => store.targets.list())).toMatchObject([
      { target: "Newsletter" },
      { adAccountId: "111", target: "VIP" },
    ]);
  });

  it("forgets a creation that was begun", async () => {
    expect(await world.run("targets", "forget", "Newsletter", "--json")).toEqual({
      code: 0,
      stdout: '{"did":"forget","target":"Newsletter","ad_account_id":"111"}\n',
      stderr: "",
    });
  });

  it.each([
    [
      ["VIP"],
      'several ad accounts have an audience "VIP": 111, 222 (targets.several)',
      "Say which one is meant: with `--account`, and for `targets release` by its id in place of the name.",
    ],
    [
      ["VIP", "--account", "333"],
      'that ad account has no audience "VIP"; known is the one of 111, 222 (targets.elsewhere)',
      "Say with `--account` which one is meant.",
    ],
    [
      ["Newsleter"],
      'no audience is known by the name "Newsleter" (targets.unknown)',
      'Did you mean "Newsletter"?',
    ],
    [
      ["Win-back 2026"],
      'no audience is known by the name "Win-back 2026" (targets.unknown)',
      "`retl-meta targets list` shows them. One that `targets:` gives by its id is in no list: `sync --full-refresh` sends everything to it again.",
    ],
  ])("changes nothing when it cannot tell which is meant: %j", async (argv, message, remedy) => {
    expect(await world.run("targets", "forget", ...argv)).toEqual({
      code: 2,
      stdout: "",
      stderr: `error: ${message}\n  ${remedy}\n`,
    });
    expect((await world.run("targets", "list")).stdout).toBe(LIST);
  });
});

/** A mirror has two people in VIP. */
async function aMirror(store: Store): Promise<void> {
  const comparison = { audiences: [audience({ target: "VIP", audienceId: "77" })] };
  const people = ["ann", "bob"].map((name) => wants("VIP", name, { keys: name.charAt(0) }));
  await mirrorOnce(store, people, { comparison });
}

describe("targets forget, of a mirror's audience", () => {
  it("says what that means for whoever is there", async () => {
    await world.given(aMirror);
    const { stdout } = await world.run("targets", "forget", "VIP", "--account", "111");
    expect(stdout).toBe(
      '"VIP" of ad account 111 is forgotten: the next run looks the name up, and creates the audience when there is none. 2 rows of people are known to be in it (77): if the same audience is found, everybody is sent to it again; if it is another one, everybody is sent to that, and this one counts as vanished.\n',
    );
  });
});

describe("targets release", () => {
  it.each(["VIP", "77"])("lets another sync take over the audience %s", async (name) => {
    await world.given(aMirror);
    expect(await world.run("targets", "release", name)).toEqual({
      code: 0,
      stdout:
        '"VIP" (77) is not the sync `orders`\'s any more: whichever sync changes it next keeps it, with 2 rows of people known to be there.\n',
      stderr: "",
    });
    expect(await world.found(({ members }) => members.audiences())).toMatchObject([
      { audienceId: "77", owner: undefined, rows: 2 },
    ]);
    expect(await world.run("targets", "release", name)).toMatchObject({ code: 2, stdout: "" });
  });

  it("changes nothing when it cannot tell which is meant, or nobody keeps it", async () => {
    await world.given(aMirror);
    const another = { audiences: [audience({ target: "VIP", audienceId: "99" })] };
    await world.given((store) => mirrorOnce(store, [], { comparison: another }));
    expect((await world.run("targets", "release", "VIP")).stderr).toBe(
      'error: several audiences that syncs keep are called "VIP": 77, 99 (targets.several)\n  Say which one is meant: with `--account`, and for `targets release` by its id in place of the name.\n',
    );
    expect((await world.run("targets", "release", "VIPs")).stderr).toBe(
      'error: no sync keeps an audience "VIPs" (targets.not_owned)\n  Did you mean "VIP"?\n',
    );
    const json = await world.run("targets", "release", "99", "--json");
    expect(JSON.parse(json.stdout)).toEqual({
      did: "release",
      ...{ target: "VIP", audience_id: "99", owner: "orders", rows: 0 },
    });
  });
});

describe("targets distrust", () => {
  it("lets nothing count that was acknowledged until now", async () => {
    expect(await world.run("targets", "distrust", "VIP", "--account", "111")).toEqual({
      code: 0,
      stdout:
        '"VIP" of ad account 111 is not trusted: nothing acknowledged until now counts, and the next run sends everything to it again.\n',
      stderr: "",
    });
    expect(await world.found((store) => store.targets.find("111", "VIP"))).toMatchObject({
      trustedSince: NOW,
    });
    expect(await world.found((store) => store.targets.find("222", "VIP"))).toMatchObject({
      trustedSince: T0,
    });
  });
});
