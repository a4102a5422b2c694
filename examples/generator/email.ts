import type { Dice } from "./dice.js";

const QUALITIES = ["amber", "brisk", "calm", "dusty", "early", "fuzzy", "größte", "hazel"] as const;
const THINGS = ["otter", "birch", "käfer", "delta", "ember", "fjord", "šíp", "harbour"] as const;
const DOMAINS = ["example.test", "example.com", "mail.example.test", "post.example.com"] as const;
const WORK_DOMAINS = ["office.example.test", "team.example.com"] as const;

/** A made-up address on a domain that is reserved for examples; `number` keeps it apart from others. */
export function privateEmail(dice: Dice, number: number): string {
  return `${dice.pick(QUALITIES)}.${dice.pick(THINGS)}${String(number)}@${dice.pick(DOMAINS)}`;
}

/** The same for a place of work. */
export function workEmail(dice: Dice, number: number): string {
  return `${dice.pick(THINGS)}-${String(number)}@${dice.pick(WORK_DOMAINS)}`;
}
