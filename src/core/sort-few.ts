/** Few items are sorted by insertion, which takes a fraction of what the general way does. */
const FEW = 32;

/**
 * Sorts a list in place; says whether the order changed.
 *
 * @param isAfter whether one belongs behind another
 */
export function sortFew<T>(items: T[], isAfter: (one: T, other: T) => boolean): boolean {
  let changed = false;
  for (let index = 1; index < items.length; index += 1) {
    const [before, item] = [items[index - 1], items[index]];
    if (before === undefined || item === undefined || !isAfter(before, item)) continue;
    if (items.length > FEW) {
      items.sort((one, other) => (isAfter(one, other) ? 1 : -1));
      return true;
    }
    changed = true;
    insert(items, item, index, isAfter);
  }
  return changed;
}

/** Moves an item forward to its place among those before it. */
function insert<T>(
  items: T[],
  item: T,
  index: number,
  isAfter: (one: T, other: T) => boolean,
): void {
  let place = index;
  for (; place > 0; place -= 1) {
    const before = items[place - 1];
    if (before === undefined || !isAfter(before, item)) break;
    items[place] = before;
  }
  items[place] = item;
}
