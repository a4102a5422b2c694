import { createHash } from "node:crypto";
import type { Dice, Weighted } from "./dice.js";
import type { Phone } from "./phone.js";

type Spoil = (clean: string, dice: Dice) => string;
type Spoils = readonly [Weighted<Spoil>, ...Weighted<Spoil>[]];

const BLANKS = ["", "", "", "", " ", "   ", "\t", "\u00a0"] as const;
/** What surrounds values that went through forms, spreadsheets and web pages. */
const PADDINGS = [" ", "  ", " ", "\t", "\u00a0", " \u00a0", "\u2003", "\u3000"] as const;
/** The ends that Meta's own parameter library puts on digests; they tell letter cases apart. */
const APPENDICES = [".AQQCAQAB", ".Ag", ".BQ"] as const;

const EMAIL_SPOILS: Spoils = [
  [62, (clean) => clean],
  [9, (clean) => clean.toUpperCase()],
  [7, mixedCase],
  [7, padding],
  [6, (_, dice) => dice.pick(BLANKS)],
  [4, digest],
  [3, (clean) => digest(clean).toUpperCase()],
  [1, (clean, dice) => padding(digest(clean), dice)],
  [1, (clean, dice) => padding(clean.toUpperCase(), dice)],
];

const ID_SPOILS: Spoils = [
  [90, (clean) => clean],
  [4, padding],
  [4, (_, dice) => dice.pick(BLANKS)],
  [2, digest],
];

/** An e-mail address as an export may hold it: blank, padded, in any case, or hashed already. */
export function messyEmail(clean: string, dice: Dice): string {
  return dice.weighted(EMAIL_SPOILS)(clean, dice);
}

/** A customer's number as an export may hold it. */
export function messyId(clean: string, dice: Dice): string {
  return dice.weighted(ID_SPOILS)(clean, dice);
}

/** A phone number as an export may hold it: international, national, hashed, or no number at all. */
export function messyPhone(phone: Phone, dice: Dice): string {
  const written = dice.chance(55) ? phone.e164 : dice.pick(phone.national);
  return dice.weighted<Spoil>([
    [78, (clean) => clean],
    [6, padding],
    [12, () => dice.pick(BLANKS)],
    [2, () => digest(phone.e164)],
    [1, () => digest(phone.e164).toUpperCase()],
    [1, () => dice.pick(["unknown", "-", "n/a"])],
  ])(written, dice);
}

/** A mobile advertising id; platforms write it in either case. */
export function messyAdvertisingId(clean: string, dice: Dice): string {
  const written = dice.chance(40) ? clean.toUpperCase() : clean;
  return dice.chance(6) ? padding(written, dice) : written;
}

/** A digest with the appendix of Meta's parameter library, its hex in upper case now and then. */
export function appendedDigest(clean: string, dice: Dice): string {
  const hex = digest(clean);
  return (dice.chance(50) ? hex : hex.toUpperCase()) + dice.pick(APPENDICES);
}

function digest(clean: string): string {
  return createHash("sha256").update(clean, "utf8").digest("hex");
}

function mixedCase(clean: string, dice: Dice): string {
  return Array.from(clean, (letter) => (dice.chance(30) ? letter.toUpperCase() : letter)).join("");
}

function padding(clean: string, dice: Dice): string {
  const [before, after] = [dice.pick(PADDINGS), dice.pick(PADDINGS)];
  return dice.pick([before + clean, clean + after, before + clean + after]);
}
