import type { Dice, Weighted } from "./dice.js";
import { padded } from "./digits.js";
import { privateEmail, workEmail } from "./email.js";
import { messyAdvertisingId, messyEmail, messyPhone } from "./mess.js";
import { phone, type Phone } from "./phone.js";

/** The columns of `customers.csv`. */
export const CUSTOMER_COLUMNS = [
  "customer_id",
  "audience",
  "email",
  "work_email",
  "phone",
  "advertising_id",
  "country",
  "signed_up_on",
  "lifetime_value",
] as const;

/** One line of `customers.csv`. */
export type CustomerRow = Readonly<Record<(typeof CUSTOMER_COLUMNS)[number], string>>;

/** A made-up customer as they really are, before an export spoils it. */
export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly workEmail: string;
  readonly phone: Phone;
}

const AUDIENCES: readonly [Weighted<string>, ...Weighted<string>[]] = [
  [45, "VIP customers"],
  [35, "Newsletter readers"],
  [18, "Win-back 2026"],
  [0.5, " VIP customers "],
  [0.5, "Win-back 2026\u00a0"],
];

/** `count` customers; now and then two of them share a household's e-mail address. */
export function customers(dice: Dice, count: number): Customer[] {
  const made: Customer[] = [];
  for (let number = 1; number <= count; number += 1) {
    const sharing = dice.chance(5) ? made[dice.below(made.length)] : undefined;
    made.push({
      id: `C${padded(number, 6)}`,
      email: sharing?.email ?? privateEmail(dice, number),
      workEmail: workEmail(dice, number),
      phone: phone(dice),
    });
  }
  return made;
}

/** A customer's line in the export. A line has one fault at most, so its rejection is never a matter of order. */
export function customerRow(customer: Customer, dice: Dice): CustomerRow {
  const fault = dice.weighted([
    [97.3, "none"],
    [1.2, "unreachable"],
    [1.5, "no_audience"],
  ]);
  return {
    customer_id: customer.id,
    audience: fault === "no_audience" ? dice.pick(["", "", "  "]) : dice.weighted(AUDIENCES),
    ...contact(customer, fault, dice),
    country: dice.pick(["DE", "DE", "de", "GB", "US", "FR", ""]),
    signed_up_on: `20${padded(18 + dice.below(8), 2)}-${padded(1 + dice.below(12), 2)}-${padded(1 + dice.below(28), 2)}`,
    lifetime_value: `${String(dice.below(4000))}.${padded(dice.below(100), 2)}`,
  };
}

type Contact = Pick<CustomerRow, "email" | "work_email" | "phone" | "advertising_id">;

function contact(customer: Customer, fault: string, dice: Dice): Contact {
  if (fault === "unreachable")
    return {
      email: dice.pick(["", " ", "\u00a0"]),
      work_email: "",
      phone: dice.pick(["", "\t"]),
      advertising_id: "",
    };
  return {
    email: fault === "no_audience" ? customer.email : messyEmail(customer.email, dice),
    work_email: dice.chance(25) ? secondEmail(customer, dice) : "",
    phone: dice.chance(70) ? messyPhone(customer.phone, dice) : "",
    advertising_id: dice.chance(20) ? messyAdvertisingId(advertisingId(dice), dice) : "",
  };
}

/** Some people give the same address twice. */
function secondEmail(customer: Customer, dice: Dice): string {
  return messyEmail(dice.chance(12) ? customer.email : customer.workEmail, dice);
}

function advertisingId(dice: Dice): string {
  const hex = (length: number): string =>
    Array.from({ length }, () => dice.below(16).toString(16)).join("");
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
