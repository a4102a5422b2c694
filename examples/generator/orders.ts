import { visit } from "./browser.js";
import type { Customer } from "./customers.js";
import type { Dice, Weighted } from "./dice.js";
import { padded } from "./digits.js";
import { appendedDigest, messyEmail, messyId, messyPhone } from "./mess.js";
import { noTime, oldTime, recentTime } from "./paid-at.js";

/** The columns of `orders.csv`. */
export const ORDER_COLUMNS = [
  "order_id",
  "event_name",
  "paid_at",
  "customer_id",
  "email",
  "billing_email",
  "phone",
  "total",
  "currency",
  "items",
  "coupon",
  "url",
  "ip_address",
  "user_agent",
  "fbp",
  "fbc",
  "sales_channel",
] as const;

/** One line of `orders.csv`. */
export type OrderRow = Readonly<Record<(typeof ORDER_COLUMNS)[number], string>>;

type Fault = "none" | "unrouted" | "unreachable" | "no_time" | "old";

const FAULTS: readonly [Weighted<Fault>, ...Weighted<Fault>[]] = [
  [90.5, "none"],
  [4, "unrouted"],
  [1.5, "unreachable"],
  [1, "no_time"],
  [3, "old"],
];

const EVENTS: readonly [Weighted<string>, ...Weighted<string>[]] = [
  [46, "Purchase"],
  [32, "AddToCart"],
  [12, "Lead"],
  [10, "Subscribe"],
];

/** Line `number` of the export. It has one fault at most, so its rejection is never a matter of order. */
export function orderRow(number: number, customer: Customer, dice: Dice): OrderRow {
  const fault = dice.weighted(FAULTS);
  const event = fault === "unrouted" ? "ViewContent" : dice.weighted(EVENTS);
  return {
    order_id: `A-${String(200_000 + number)}`,
    event_name: event,
    paid_at: paidAt(fault, dice),
    ...contact(customer, fault, dice),
    ...basket(event, dice),
    url: `https://shop.example.test/${event.toLowerCase()}/${String(1000 + dice.below(900))}`,
    ...visit(dice),
    sales_channel: dice.pick(["web", "web", "app", "Web"]),
  };
}

function paidAt(fault: Fault, dice: Dice): string {
  if (fault === "no_time") return noTime(dice);
  return fault === "old" ? oldTime(dice) : recentTime(dice);
}

type Contact = Pick<OrderRow, "customer_id" | "email" | "billing_email" | "phone">;

/** Guests have no customer number; lines with another fault keep theirs, so that they can be reached. */
function contact(customer: Customer, fault: Fault, dice: Dice): Contact {
  if (fault === "unreachable")
    return {
      customer_id: dice.pick(["", " "]),
      email: dice.pick(["", "\u00a0"]),
      billing_email: "",
      phone: "",
    };
  const guest = fault === "none" && dice.chance(30);
  return {
    customer_id: guest ? "" : fault === "none" ? messyId(customer.id, dice) : customer.id,
    email: email(customer, dice),
    billing_email: dice.chance(18) ? billingEmail(customer, dice) : "",
    phone: dice.chance(45) ? messyPhone(customer.phone, dice) : "",
  };
}

function email(customer: Customer, dice: Dice): string {
  return dice.chance(0.5) ? appendedDigest(customer.email, dice) : messyEmail(customer.email, dice);
}

/** Often the same address again, which counts once per event. */
function billingEmail(customer: Customer, dice: Dice): string {
  return messyEmail(dice.chance(50) ? customer.email : customer.workEmail, dice);
}

type Basket = Pick<OrderRow, "total" | "currency" | "items" | "coupon">;

function basket(event: string, dice: Dice): Basket {
  if (event === "Lead") return { total: "", currency: "", items: "", coupon: "" };
  return {
    total:
      event === "Subscribe" ? "9.90" : `${String(dice.below(400))}.${padded(dice.below(100), 2)}`,
    currency: dice.pick(["EUR", "EUR", "EUR", "GBP", "USD"]),
    items: event === "Subscribe" ? "" : String(1 + dice.below(6)),
    coupon: dice.weighted([
      [85, ""],
      [5, " "],
      [6, "SPRING-10"],
      [4, 'SAY "HELLO", SAVE 5'],
    ]),
  };
}
