import { PERSON, type Item, type Items } from "../../delivery/items.js";
import { changeEntry } from "../../reconcile/change-entry.js";
import type { RowForms } from "../../reconcile/wanted-member.js";
import type { Change } from "../../store/members.js";
import type { AudienceEntry, Entry } from "../../surfaces/entry.js";

/** The rows that a mirror changes, as entries, and what the store knows each by. */
export class ChangedRows implements Pick<Items, "of"> {
  private readonly items = new WeakMap<Entry, Item>();

  constructor(private readonly forms: RowForms) {}

  entry(change: Change, target: string): AudienceEntry {
    const entry = changeEntry(change, target, this.forms);
    const { itemId, contentDigest, place } = change;
    this.items.set(entry, { itemId, contentDigest, ...PERSON, routeKey: itemId, place });
    return entry;
  }

  of(entry: Entry): Item {
    const item = this.items.get(entry);
    if (item === undefined) throw new RangeError("the entry is no changed row of this run");
    return item;
  }
}
