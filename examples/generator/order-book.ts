import type { Customer } from "./customers.js";
import type { Dice } from "./dice.js";
import { orderRow, type OrderRow } from "./orders.js";
import { laterTime } from "./paid-at.js";

/** `count` orders, a few of which the export repeats some lines further down, as it was or corrected. */
export function orderBook(customers: readonly Customer[], count: number, dice: Dice): OrderRow[] {
  const book: OrderRow[] = [];
  for (let number = 1; number <= count; number += 1) {
    const customer = customers[dice.below(customers.length)];
    if (customer !== undefined) book.push(orderRow(number, customer, dice));
    const earlier = dice.chance(1.5) ? book[book.length - 1 - dice.below(40)] : undefined;
    if (earlier !== undefined) book.push(dice.chance(10) ? corrected(earlier) : earlier);
  }
  return book;
}

/** The same order with another total at a later time: Meta keeps the first. */
function corrected(order: OrderRow): OrderRow {
  const later = laterTime(order.paid_at);
  if (order.total === "" || later === undefined) return order;
  return { ...order, total: "1.00", paid_at: later };
}
