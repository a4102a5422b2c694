import type { Dice } from "./dice.js";
import { padded } from "./digits.js";

/** A number as people write it, and the international form that it stands for. */
export interface Phone {
  readonly e164: string;
  readonly national: readonly [string, ...string[]];
}

// Every number lies in a range that its regulator keeps free for fiction: Bundesnetzagentur
// (030 23125 xxx), Ofcom (07700 900xxx), NANPA (555-01xx), Arcep (06 39 98 xx xx).
const MAKERS: readonly [(dice: Dice) => Phone, ...((dice: Dice) => Phone)[]] = [
  german,
  german,
  british,
  american,
  french,
];

/** A phone number that belongs to nobody. */
export function phone(dice: Dice): Phone {
  return dice.pick(MAKERS)(dice);
}

function german(dice: Dice): Phone {
  const last = padded(dice.below(1000), 3);
  return {
    e164: `+493023125${last}`,
    national: [
      `030 23125${last}`,
      `(030) 23125-${last}`,
      `0049 30 23125${last}`,
      `030/23125${last}`,
    ],
  };
}

function british(dice: Dice): Phone {
  const last = padded(dice.below(1000), 3);
  return {
    e164: `+447700900${last}`,
    national: [`07700 900${last}`, `+44 (0) 7700 900${last}`, `07700900${last}`],
  };
}

function american(dice: Dice): Phone {
  const area = dice.pick(["212", "312", "415", "617", "702"]);
  const last = padded(dice.below(100), 2);
  return {
    e164: `+1${area}55501${last}`,
    national: [`(${area}) 555-01${last}`, `${area}-555-01${last}`, `1.${area}.555.01${last}`],
  };
}

function french(dice: Dice): Phone {
  const [first, last] = [padded(dice.below(100), 2), padded(dice.below(100), 2)];
  return {
    e164: `+3363998${first}${last}`,
    national: [`06 39 98 ${first} ${last}`, `06.39.98.${first}.${last}`, `0639 98${first}${last}`],
  };
}
