/** The people of a benchmark: as a source wants them, and as SQL that a store can be filled with. */
import { hash } from "node:crypto";
import type { WantedMember } from "../src/store/members.js";

export const TARGET = "vip";

/** Which of so many people have another e-mail address than they had: every so many-th. */
export interface Changed {
  readonly every: number;
}

/** People of a range, the changed ones with their new address. */
export function people(
  { from, to }: { readonly from: number; readonly to: number },
  { every }: Changed,
): readonly WantedMember[] {
  return Array.from({ length: to - from }, (_, at) => {
    const number = from + at;
    return person(String(number), number % every === 0 ? `new ${String(number)}` : String(number));
  });
}

function person(who: string, email: string): WantedMember {
  const row = {
    rowId: digest(`row ${who} ${email}`),
    itemId: digest(`item ${who} ${email}`),
    contentDigest: digest(`content ${who} ${email}`),
    keys: [digest(`email ${email}`), digest(`phone ${who}`)],
    cells: `["${sha256(email)}","${sha256(who)}"]`,
    attributes: "[]",
    attributesDigest: ATTRIBUTES,
  };
  return { target: TARGET, member: digest(`member ${who}`), identity: `id=${who}`, rows: [row] };
}

function digest(text: string): string {
  return hash("md5", text);
}

function sha256(text: string): string {
  return hash("sha256", text);
}

const ATTRIBUTES = digest("attributes");

/** The rows of all people before anybody changed, in the columns of the table `members`. */
export const HELD_ROWS = `
  SELECT 1, md5('row ' || who || ' ' || who)::UUID AS row_id, md5('member ' || who)::UUID,
    md5('item ' || who || ' ' || who)::UUID, md5('content ' || who || ' ' || who)::UUID,
    md5('attributes')::UUID, [md5('email ' || who)::UUID, md5('phone ' || who)::UUID], 2,
    '["' || sha256(who) || '","' || sha256(who) || '"]', 'id=' || who, 1
  FROM (SELECT CAST(range AS VARCHAR) AS who FROM range($count)) people
  ORDER BY row_id`;
