import { describe, expect, it } from "vitest";
import {
  foundAudience,
  ownerOf,
  vanishedAudiences,
  type FoundAudience,
} from "../../src/reconcile/compared-audiences.js";
import type { HeldAudience } from "../../src/store/members.js";

const HELD: readonly HeldAudience[] = [
  { target: "VIP", audienceId: "1", owner: "ours", rows: 5 },
  { target: "News", audienceId: "2", owner: "theirs", rows: 5 },
];

function found(target: string, id: string | undefined): FoundAudience {
  const resolution =
    id === undefined
      ? ({ kind: "open", status: "would_create" } as const)
      : ({ kind: "resolved", id, status: "registry" } as const);
  return foundAudience({ target, resolution }, "ours", HELD);
}

const vanished = (of: readonly FoundAudience[]) => vanishedAudiences(HELD, "ours", of);

describe("an audience", () => {
  it("is compared when it is the sync's own, or nobody's", () => {
    expect(found("VIP", "1")).toEqual({ kind: "compared", target: "VIP", audienceId: "1" });
    expect(found("New", "9")).toMatchObject({ kind: "compared", audienceId: "9" });
    expect(found("Other", undefined)).toMatchObject({ kind: "compared", audienceId: undefined });
  });

  it("is refused by the name of the sync that keeps it", () => {
    expect(found("News", "2")).toMatchObject({
      kind: "refused",
      failure: {
        stops: "target",
        code: "target.owned",
        message: expect.stringContaining("`theirs`"),
      },
    });
  });

  it("has vanished when the sync keeps it and wants nobody in it", () => {
    expect(vanished([found("VIP", "1")])).toEqual([]);
    expect(vanished([])).toEqual([{ target: "VIP", audienceId: "1" }]);
  });

  it("goes by its id beside its name when the name is another audience by now", () => {
    expect(vanished([found("VIP", "7")])).toEqual([{ target: "VIP (1)", audienceId: "1" }]);
  });

  it("is free for others once nobody is held in it", () => {
    const held = [{ target: "News", audienceId: "2", owner: "theirs", rows: 0 }];
    expect([ownerOf("2", held), ownerOf("2", HELD), ownerOf("3", HELD)]).toEqual([
      undefined,
      "theirs",
      undefined,
    ]);
  });
});
